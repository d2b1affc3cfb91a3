#include "bot/domain/settings.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "bot/domain/settings_parts.hpp"

namespace muster::settings {
namespace {

// Does the file own the covers of the organisation?
bool speaks_of_organisation(const Wanted& wanted) {
    auto of_organisation = [](const WantedCover& cover) { return cover.team.empty(); };
    return !wanted.organisation_roles.empty() ||
           std::ranges::any_of(wanted.covers, of_organisation);
}

// ---- the differences

class Comparison {
public:
    Comparison(
        const Document& now_set, const Wanted& wanted, std::optional<PersonId> actor, IdSource& ids
    )
        : now_(now_set), wanted_(wanted), actor_(actor), ids_(ids) {}

    Changed take(bool prune) {
        find_ids();
        compare_calendars();
        for (const auto& person : wanted_.people)
            compare(person);
        for (const auto& team : wanted_.teams)
            compare(team);
        for (const auto& [role, keys] : wanted_.organisation_roles)
            compare_organisation(role, keys);
        compare_covers();
        if (prune) archive_others();
        changed_.teams.assign(touched_.begin(), touched_.end());
        return std::move(changed_);
    }

    Changed take_out(TeamId id) {
        if (const auto* team = team_by_id(now_, id); team && !team->archived) archive(*team);
        changed_.teams.assign(touched_.begin(), touched_.end());
        return std::move(changed_);
    }

private:
    void find_ids();
    void compare_calendars();
    void compare(const WantedPerson&);
    AccountId compare_accounts(const WantedPerson&, PersonId);
    void compare(const WantedTeam&);
    void compare_members(const WantedTeam&, TeamId);
    void compare_roles(const WantedTeam&, TeamId);
    void compare_channels(const WantedTeam&, TeamId);
    void compare_ceremonies(const WantedTeam&, TeamId);
    void compare_organisation(Role, const std::vector<std::string>& keys);
    void compare_holders(
        std::optional<TeamId>, const std::string& of, Role, const std::vector<RoleHolder>& wanted
    );
    void compare_covers();
    void archive_others();
    void end_duties_of_others();
    void archive(Team);
    void archive(Ceremony, const std::string& what);

    std::string platform_of(ConnectionId id) const {
        const auto* connection = connection_by_id(now_, id);
        return connection ? connection->platform : "";
    }

    std::string key_of(PersonId id) const {
        const auto* person = person_by_id(now_, id);
        return person ? person->key : "";
    }

    std::string home_platform(const Person& person) const {
        const auto* home = first_of(now_.accounts, [&](const Account& account) {
            return account.id == person.home;
        });
        return home ? platform_of(home->connection) : "";
    }

    void note(
        Difference::Kind kind,
        const std::string& noun,
        std::int64_t subject,
        std::string what,
        std::string field = "",
        std::string before = "",
        std::string after = ""
    ) {
        const char* verb = kind == Difference::Kind::added     ? "_added"
                           : kind == Difference::Kind::changed ? "_changed"
                                                               : "_removed";
        Event event{"settings." + noun + verb, subject, actor_, {{"what", what}}};
        if (!field.empty()) event.facts.emplace_back("field", field);
        if (!before.empty() || !after.empty()) {
            event.facts.emplace_back("before", before);
            event.facts.emplace_back("after", after);
        }
        changed_.decision.events.push_back(std::move(event));
        changed_.differences.push_back(
            {kind, std::move(what), std::move(field), std::move(before), std::move(after)}
        );
    }

    // What was not there (or archived) is one difference; otherwise each field is.
    void note_fields(
        const std::string& noun,
        std::int64_t subject,
        const std::string& what,
        const std::optional<Fields>& before,
        const Fields& after
    ) {
        if (!before) return note(Difference::Kind::added, noun, subject, what);
        for (std::size_t i = 0; i < after.size(); ++i) {
            const auto& [field, text] = after[i];
            if ((*before)[i].second == text) continue;
            note(Difference::Kind::changed, noun, subject, what, field, (*before)[i].second, text);
        }
    }

    // What people and teams have in common.
    template <class Row, class WantedRow>
    Row with_wanted(Row row, const WantedRow& wanted) const {
        row.organisation = now_.organisation.id;
        row.key = wanted.key;
        row.name = wanted.name;
        row.zone = wanted.zone;
        row.calendar = wanted.calendar;
        row.hours = wanted.hours;
        row.language = wanted.language;
        row.archived = false;
        return row;
    }

    void add(Change change) { changed_.decision.changes.push_back(std::move(change)); }

    void touch(TeamId team) { touched_.insert(team); }

    void touch_teams_of(PersonId person) {
        for (const auto& membership : now_.memberships) {
            const auto* team = team_by_id(now_, membership.team);
            if (membership.person == person && team && !team->archived) touch(membership.team);
        }
    }

    const Document& now_;
    const Wanted& wanted_;
    std::optional<PersonId> actor_;
    IdSource& ids_;
    std::map<std::string, PersonId> people_;
    std::map<std::string, TeamId> teams_;
    std::set<TeamId> touched_;
    Changed changed_;
};

void Comparison::find_ids() {
    for (const auto& person : now_.people)
        people_[person.key] = person.id;
    for (const auto& team : now_.teams)
        teams_[team.key] = team.id;
    for (const auto& person : wanted_.people) {
        if (!people_.contains(person.key)) people_[person.key] = ids_.next<PersonId>();
    }
    for (const auto& team : wanted_.teams) {
        if (!teams_.contains(team.key)) teams_[team.key] = ids_.next<TeamId>();
    }
}

void Comparison::compare_calendars() {
    for (const auto& calendar : calendars_to_be(now_, wanted_)) {
        const auto* set = first_of(now_.calendars, [&](const Calendar& known) {
            return known.key == calendar.key;
        });
        if (set && *set == calendar) continue;
        auto before = set ? std::optional(fields_of(*set)) : std::nullopt;
        note_fields("calendar", 0, "calendar " + calendar.key, before, fields_of(calendar));
        add(CalendarRow{now_.organisation.id, calendar});
        for (const auto& team : now_.teams) {
            if (team.calendar == calendar.key && !team.archived) touch(team.id);
        }
        for (const auto& person : now_.people) {
            if (person.calendar == calendar.key) touch_teams_of(person.id);
        }
    }
}

void Comparison::compare(const WantedPerson& wanted) {
    const auto* set = person_by_key(now_, wanted.key);
    auto next = with_wanted(set ? *set : Person{}, wanted);
    next.id = people_.at(wanted.key);
    next.email = wanted.email;
    if (!set) next.outsider = wanted.is_outsider;

    auto what = "person " + wanted.key;
    auto home = wanted.home.empty() ? wanted.accounts.front().platform : wanted.home;
    std::optional<Fields> before;
    if (set && !set->archived) before = fields_of(*set, home_platform(*set));
    note_fields("person", next.id.value, what, before, fields_of(next, home));

    auto place = changed_.decision.changes.size();
    next.home = compare_accounts(wanted, next.id);
    if (set && *set == next) return;
    changed_.decision.changes.insert(  // before the accounts that point to it
        changed_.decision.changes.begin() + static_cast<std::ptrdiff_t>(place),
        next
    );
    touch_teams_of(next.id);
}

// Returns the account that is the person's home.
AccountId Comparison::compare_accounts(const WantedPerson& wanted, PersonId person) {
    AccountId home;
    std::set<AccountId> kept;
    for (const auto& account : wanted.accounts) {
        auto connection = connection_by_key(now_, account.connection)->id;
        const auto* set = first_of(now_.accounts, [&](const Account& known) {
            return known.connection == connection && known.external_id == account.external_id;
        });
        auto next =
            set ? *set
                : Account{ids_.next<AccountId>(), connection, person, account.external_id, {}};
        if (!set) {
            next.name_taken = account.told_name;
            next.zone_told = account.told_zone;
        }
        if (!set || set->person != person) {
            next.person = person;
            next.verified_at.reset();
            auto what = "person " + wanted.key + ", account " + account.platform;
            note(
                Difference::Kind::added, "account", next.id.value, what, "", "", account.external_id
            );
            add(next);
        }
        kept.insert(next.id);
        if (account.platform == wanted.home || wanted.home.empty()) home = next.id;
    }
    for (const auto& set : now_.accounts) {
        if (set.person != person || kept.contains(set.id)) continue;
        auto what = "person " + wanted.key + ", account " + platform_of(set.connection);
        note(Difference::Kind::removed, "account", set.id.value, what, "", set.external_id);
        bool moves = std::ranges::any_of(wanted_.people, [&](const WantedPerson& other) {
            return std::ranges::any_of(other.accounts, [&](const WantedAccount& account) {
                const auto* connection = connection_by_key(now_, account.connection);
                return connection->id == set.connection && account.external_id == set.external_id;
            });
        });
        if (!moves) add(AccountEnds{set.id});
    }
    return home;
}

void Comparison::compare(const WantedTeam& wanted) {
    const auto* set = team_by_key(now_, wanted.key);
    auto next = with_wanted(set ? *set : Team{}, wanted);
    next.id = teams_.at(wanted.key);

    std::optional<Fields> before;
    if (set && !set->archived) before = fields_of(*set);
    note_fields("team", next.id.value, "team " + wanted.key, before, fields_of(next));
    if (!set || *set != next) {
        add(next);
        touch(next.id);
    }
    compare_members(wanted, next.id);
    compare_roles(wanted, next.id);
    compare_channels(wanted, next.id);
    compare_ceremonies(wanted, next.id);
}

void Comparison::compare_members(const WantedTeam& wanted, TeamId team) {
    std::map<PersonId, std::pair<std::string, Standing>> members;
    std::vector<PersonId> in_order;
    auto name_members = [&](const std::vector<std::string>& keys, Standing standing) {
        for (const auto& key : keys) {
            in_order.push_back(people_.at(key));
            members[people_.at(key)] = {key, standing};
        }
    };
    name_members(wanted.members, Standing::participant);
    name_members(wanted.observers, Standing::observer);

    auto what = [&](const std::string& key) { return "team " + wanted.key + ", member " + key; };
    for (const auto& set : now_.memberships) {
        if (set.team != team || members.contains(set.person)) continue;
        note(Difference::Kind::removed, "member", set.person.value, what(key_of(set.person)));
        add(MembershipEnds{team, set.person});
        touch(team);
    }
    for (auto person : in_order) {
        const auto& [key, standing] = members.at(person);
        const auto* set = first_of(now_.memberships, [&](const Membership& known) {
            return known.team == team && known.person == person;
        });
        if (set && set->standing == standing) continue;
        if (set) {
            note(
                Difference::Kind::changed,
                "member",
                person.value,
                what(key),
                "standing",
                name(set->standing),
                name(standing)
            );
        } else {
            note(
                Difference::Kind::added, "member", person.value, what(key), "", "", name(standing)
            );
        }
        add(Membership{team, person, standing});
        touch(team);
    }
}

void Comparison::compare_roles(const WantedTeam& wanted, TeamId team) {
    for (auto role :
         {Role::delivery_manager,
          Role::deputy,
          Role::lead,
          Role::head,
          Role::product_owner,
          Role::service_manager}) {
        std::vector<RoleHolder> holders;
        if (auto found = wanted.roles.find(role); found != wanted.roles.end()) {
            for (const auto& [key, days] : found->second)
                holders.push_back({team, role, people_.at(key), days});
        }
        compare_holders(team, "team " + wanted.key, role, holders);
    }
}

void Comparison::compare_organisation(Role role, const std::vector<std::string>& keys) {
    std::vector<RoleHolder> holders;
    for (const auto& key : keys)
        holders.push_back({std::nullopt, role, people_.at(key), {}});
    compare_holders(std::nullopt, "organisation", role, holders);
}

void Comparison::compare_holders(
    std::optional<TeamId> team,
    const std::string& of,
    Role role,
    const std::vector<RoleHolder>& wanted
) {
    auto key = [&](PersonId person) {
        auto found = std::ranges::find_if(people_, [&](const auto& known) {
            return known.second == person;
        });
        return found->first;
    };
    auto what = [&](PersonId person) { return of + ", " + name(role) + " " + key(person); };
    auto same_person = [](const std::vector<RoleHolder>& rows, const RoleHolder& holder) {
        return first_of(rows, [&](const RoleHolder& row) {
            return row.team == holder.team && row.role == holder.role &&
                   row.person == holder.person;
        });
    };
    for (const auto& set : now_.roles) {
        if (set.team != team || set.role != role || same_person(wanted, set)) continue;
        note(Difference::Kind::removed, "role", set.person.value, what(set.person));
        add(RoleEnds{team, role, set.person});
    }
    for (const auto& holder : wanted) {
        const auto* set = same_person(now_.roles, holder);
        if (set && *set == holder) continue;
        auto kind = set ? Difference::Kind::changed : Difference::Kind::added;
        auto before = set ? text_of(set->days) : "";
        auto field = set ? "days" : "";
        note(
            kind,
            "role",
            holder.person.value,
            what(holder.person),
            field,
            before,
            text_of(holder.days)
        );
        add(holder);
    }
}

void Comparison::compare_channels(const WantedTeam& wanted, TeamId team) {
    auto what = [&](ConnectionId id) {
        return "team " + wanted.key + ", channel " + platform_of(id);
    };
    for (const auto& set : now_.channels) {
        bool stays = std::ranges::any_of(wanted.channels, [&](const WantedChannel& channel) {
            return connection_by_key(now_, channel.connection)->id == set.connection &&
                   channel.external_id == set.external_id;
        });
        if (set.team != team || stays) continue;
        note(
            Difference::Kind::removed,
            "channel",
            set.id.value,
            what(set.connection),
            "",
            set.external_id
        );
        add(ChannelEnds{set.id});
        touch(team);
    }
    for (const auto& channel : wanted.channels) {
        auto connection = connection_by_key(now_, channel.connection)->id;
        bool is_set = std::ranges::any_of(now_.channels, [&](const Channel& known) {
            return known.team == team && known.connection == connection &&
                   known.external_id == channel.external_id;
        });
        if (is_set) continue;
        Channel next{ids_.next<ChannelId>(), team, connection, channel.external_id};
        note(
            Difference::Kind::added,
            "channel",
            next.id.value,
            what(connection),
            "",
            "",
            next.external_id
        );
        add(next);
        touch(team);
    }
}

void Comparison::compare_ceremonies(const WantedTeam& wanted, TeamId team) {
    auto what = [&](const std::string& key) { return "team " + wanted.key + ", ceremony " + key; };
    for (auto next : wanted.ceremonies) {
        const auto* set = first_of(now_.ceremonies, [&](const Ceremony& known) {
            return known.team == team && known.key == next.key;
        });
        next.id = set ? set->id : ids_.next<CeremonyId>();
        next.team = team;
        next.archived = false;
        if (set && *set == next) continue;
        std::optional<Fields> before;
        if (set && !set->archived) before = fields_of(*set);
        note_fields("ceremony", next.id.value, what(next.key), before, fields_of(next));
        add(next);
        touch(team);
    }
    for (const auto& set : now_.ceremonies) {
        if (set.team == team && !set.archived && !names(wanted.ceremonies, set.key))
            archive(set, what(set.key));
    }
}

void Comparison::archive(Team team) {
    note(Difference::Kind::removed, "team", team.id.value, "team " + team.key);
    for (const auto& ceremony : now_.ceremonies) {
        if (ceremony.team == team.id && !ceremony.archived)
            archive(ceremony, "team " + team.key + ", ceremony " + ceremony.key);
    }
    team.archived = true;
    add(team);
    touch(team.id);
}

void Comparison::archive(Ceremony ceremony, const std::string& what) {
    note(Difference::Kind::removed, "ceremony", ceremony.id.value, what);
    ceremony.archived = true;
    add(ceremony);
    add(PlanEnds{ceremony.id});
    changed_.decision.timers.push_back(CancelTimer{TimerKind::open_run, ceremony.id.value});
    touch(ceremony.team);
}

void Comparison::compare_covers() {
    auto team_of = [&](const WantedCover& cover) {
        return cover.team.empty() ? std::nullopt : std::optional(teams_.at(cover.team));
    };
    auto is_owned = [&](const Cover& cover) {
        if (!cover.team) return speaks_of_organisation(wanted_);
        auto is_its_team = [&](const WantedTeam& team) {
            return teams_.at(team.key) == *cover.team;
        };
        return std::ranges::any_of(wanted_.teams, is_its_team);
    };
    auto is_same = [&](const Cover& set, const WantedCover& cover) {
        return set.team == team_of(cover) && set.role == cover.role &&
               set.person == people_.at(cover.person) && set.from == cover.from &&
               set.to == cover.to;
    };
    auto what = [](Role role, const std::string& person) {
        return std::string("cover ") + name(role) + " " + person;
    };
    auto dates = [](LocalDate from, LocalDate to) { return to_text(from) + " to " + to_text(to); };

    for (const auto& set : now_.covers) {
        bool stays = std::ranges::any_of(wanted_.covers, [&](const WantedCover& cover) {
            return is_same(set, cover);
        });
        if (stays || !is_owned(set)) continue;
        auto title = what(set.role, key_of(set.person));
        note(Difference::Kind::removed, "cover", set.id.value, title, "", dates(set.from, set.to));
        add(CoverEnds{set.id});
    }
    for (const auto& cover : wanted_.covers) {
        if (std::ranges::any_of(now_.covers, [&](const Cover& set) { return is_same(set, cover); }))
            continue;
        Cover next{
            ids_.next<CoverId>(),
            team_of(cover),
            cover.role,
            people_.at(cover.person),
            cover.from,
            cover.to};
        auto title = what(cover.role, cover.person);
        note(
            Difference::Kind::added,
            "cover",
            next.id.value,
            title,
            "",
            "",
            dates(cover.from, cover.to)
        );
        add(next);
    }
}

void Comparison::archive_others() {
    for (auto team : now_.teams) {
        if (!team.archived && !names(wanted_.teams, team.key)) archive(team);
    }
    for (auto person : now_.people) {
        if (person.archived || names(wanted_.people, person.key)) continue;
        note(Difference::Kind::removed, "person", person.id.value, "person " + person.key);
        person.archived = true;
        add(person);
    }
    end_duties_of_others();
}

// Nobody who is archived decides for the organisation.
void Comparison::end_duties_of_others() {
    auto goes = [&](PersonId person) { return !names(wanted_.people, key_of(person)); };
    for (const auto& holder : now_.roles) {
        if (holder.team || !goes(holder.person)) continue;
        if (wanted_.organisation_roles.contains(holder.role)) continue;  // ended with its list
        auto what = std::string("organisation, ") + name(holder.role) + " " + key_of(holder.person);
        note(Difference::Kind::removed, "role", holder.person.value, what);
        add(RoleEnds{holder.team, holder.role, holder.person});
    }
    for (const auto& cover : now_.covers) {
        if (cover.team || !goes(cover.person) || speaks_of_organisation(wanted_)) continue;
        auto what = std::string("cover ") + name(cover.role) + " " + key_of(cover.person);
        note(Difference::Kind::removed, "cover", cover.id.value, what);
        add(CoverEnds{cover.id});
    }
}

}  // namespace

ChangeResult change(
    const Document& now_set,
    const Wanted& wanted,
    bool prune,
    std::optional<PersonId> actor,
    IdSource& ids
) {
    auto problems = problems_in(wanted);
    for (auto& problem : problems_between(now_set, wanted, prune))
        problems.push_back(std::move(problem));
    if (!problems.empty()) return problems;
    return Comparison(now_set, wanted, actor, ids).take(prune);
}

Changed archive(const Document& now_set, TeamId team, std::optional<PersonId> actor) {
    IdSource none{Seed{}};  // nothing new comes to be
    const Wanted nothing;
    return Comparison(now_set, nothing, actor, none).take_out(team);
}

void throw_exception_from_error(const std::vector<Problem>& problems, const boost::source_location&) {
    std::string said = "value() of settings that were refused";
    for (const auto& problem : problems)
        said += "; " + problem.where + ": " + problem.expected;
    throw std::logic_error(said);
}

}  // namespace muster::settings
