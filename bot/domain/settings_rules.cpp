#include <set>

#include "bot/domain/settings_parts.hpp"

// What a settings file may not say: whatever is set now, and beside what is set now.
namespace muster::settings {
namespace {

class Rules {
public:
    explicit Rules(const Wanted& wanted) : wanted_(wanted) {}

    std::vector<Problem> take() {
        look_at_people();
        look_at_teams();
        look_at_organisation();
        return std::move(problems_);
    }

private:
    using Names = std::set<std::string>;

    void look_at_people();
    void look_at_home(const WantedPerson&, const std::string& where);
    void look_at_teams();
    void look_at_members(const WantedTeam&, const std::string& where);
    void look_at_channels(const WantedTeam&, const std::string& where);
    void look_at_ceremony(const Ceremony&, const std::string& where);
    void look_at_slots(const Ceremony&, const std::string& where);
    void look_at_questions(const Ceremony&, const std::string& where);
    void look_at_choices(const Question&, const std::string& where);
    void look_at_organisation();

    void expect(bool holds, std::string where, std::string expected) {
        if (!holds) problems_.push_back({std::move(where), std::move(expected)});
    }

    void expect_key(const std::string& key, Names& taken, const std::string& where) {
        auto is_plain = [](char letter) {
            return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                   (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' ||
                   letter == '.';
        };
        bool fits = !key.empty() && key.size() <= longest_key && std::ranges::all_of(key, is_plain);
        expect(fits, where, "a key of 1 to 64 letters, digits, dots, hyphens or underscores");
        expect(
            taken.insert(key).second, where, "a key that stands only once, unlike \"" + key + "\""
        );
    }

    void expect_words(const std::string& words, std::size_t longest, const std::string& where) {
        bool blank = words.find_first_not_of(" \t\r\n") == std::string::npos;
        expect(
            !blank && words.size() <= longest,
            where,
            "1 to " + std::to_string(longest) + " bytes of text"
        );
    }

    void expect_zone(const ZoneName& zone, const std::string& where) {
        expect(is_zone(zone), where, "an IANA time zone such as \"Europe/London\"");
    }

    const Wanted& wanted_;
    std::vector<Problem> problems_;
};

std::string at(const std::string& where, std::size_t index) {
    return where + "/" + std::to_string(index);
}

void Rules::look_at_people() {
    Names keys;
    std::set<std::pair<std::string, std::string>> accounts;
    for (std::size_t i = 0; i < wanted_.people.size(); ++i) {
        const auto& person = wanted_.people[i];
        auto where = at("people", i);
        expect_key(person.key, keys, where + "/key");
        expect_words(person.name, longest_name, where + "/name");
        expect_zone(person.zone, where + "/timezone");
        for (const auto& account : person.accounts) {
            bool is_new = accounts.insert({account.connection, account.external_id}).second;
            expect(
                is_new,
                where + "/accounts/" + account.platform,
                "an account that nobody else here has"
            );
        }
        look_at_home(person, where);
    }
}

void Rules::look_at_home(const WantedPerson& person, const std::string& where) {
    auto count = person.accounts.size();
    expect(
        count > 0, where + "/accounts", "at least one account, so that Muster can reach this person"
    );
    if (person.home.empty()) {
        expect(count <= 1, where, "home: one of the accounts, as there are several");
        return;
    }
    auto is_home = [&](const WantedAccount& account) { return account.platform == person.home; };
    expect(
        std::ranges::any_of(person.accounts, is_home),
        where + "/home",
        "one of this person's accounts"
    );
}

void Rules::look_at_teams() {
    Names keys;
    for (std::size_t i = 0; i < wanted_.teams.size(); ++i) {
        const auto& team = wanted_.teams[i];
        auto where = at("teams", i);
        expect_key(team.key, keys, where + "/key");
        expect_words(team.name, longest_name, where + "/name");
        expect_zone(team.zone, where + "/timezone");
        look_at_members(team, where);
        look_at_channels(team, where);
        expect(
            team.ceremonies.size() <= most_ceremonies,
            where + "/ceremonies",
            "at most 50 ceremonies"
        );
        Names ceremonies;
        for (std::size_t j = 0; j < team.ceremonies.size(); ++j) {
            auto inside = at(where + "/ceremonies", j);
            expect_key(team.ceremonies[j].key, ceremonies, inside + "/key");
            look_at_ceremony(team.ceremonies[j], inside);
        }
    }
}

void Rules::look_at_members(const WantedTeam& team, const std::string& where) {
    auto count = team.members.size() + team.observers.size();
    expect(count <= most_members, where + "/members", "at most 500 members and observers");
    Names named;
    for (std::size_t i = 0; i < team.members.size(); ++i)
        expect(named.insert(team.members[i]).second, at(where + "/members", i), "each person once");
    for (std::size_t i = 0; i < team.observers.size(); ++i)
        expect(
            named.insert(team.observers[i]).second,
            at(where + "/observers", i),
            "each person once, as member or as observer"
        );
    for (const auto& [role, holders] : team.roles) {
        auto inside = where + "/roles/" + name(role);
        expect(role < Role::administrator, inside, "a role of a team");
        Names persons;
        for (std::size_t i = 0; i < holders.size(); ++i)
            expect(persons.insert(holders[i].first).second, at(inside, i), "each person once");
    }
}

void Rules::look_at_channels(const WantedTeam& team, const std::string& where) {
    Names connections;
    for (const auto& channel : team.channels) {
        bool is_new = connections.insert(channel.connection).second;
        expect(is_new, where + "/channels/" + channel.platform, "one channel per connection");
    }
}

void Rules::look_at_ceremony(const Ceremony& ceremony, const std::string& where) {
    expect(
        ceremony.kind == "stand-up",
        where + "/kind",
        "\"stand-up\": other kinds of ceremony do not exist yet"
    );
    expect_words(ceremony.name, longest_name, where + "/name");
    bool window_fits = ceremony.window >= shortest_window && ceremony.window <= longest_window;
    expect(window_fits, where + "/window", "30m to 24h");
    bool reminder_fits =
        !ceremony.reminder.before_close || *ceremony.reminder.before_close < ceremony.window;
    expect(reminder_fits, where + "/reminder", "less than the window");
    look_at_slots(ceremony, where);
    look_at_questions(ceremony, where);
}

void Rules::look_at_slots(const Ceremony& ceremony, const std::string& where) {
    const auto& slots = ceremony.slots;
    expect(!slots.empty(), where, "time or times: when it takes place");
    Names keys;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        expect_key(slots[i].key, keys, at(where + "/times", i) + "/key");
        expect(
            slots[i].at >= 0min && slots[i].at < 24h,
            at(where + "/times", i) + "/at",
            "00:00 to 23:59"
        );
        auto is_near = [&](const Slot& other) {
            return std::chrono::abs(other.at - slots[i].at) < closest_slots;
        };
        bool near =
            std::any_of(slots.begin(), slots.begin() + static_cast<std::ptrdiff_t>(i), is_near);
        expect(!near, at(where + "/times", i) + "/at", "at least 15 minutes between two times");
    }
}

void Rules::look_at_questions(const Ceremony& ceremony, const std::string& where) {
    const auto& questions = ceremony.questions;
    bool count_fits = !questions.empty() && questions.size() <= most_questions;
    expect(count_fits, where + "/questions", "1 to 20 questions");
    Names keys;
    Names letters;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const auto& question = questions[i];
        auto inside = at(where + "/questions", i);
        expect_key(question.key, keys, inside + "/key");
        expect_words(question.text, longest_question, inside + "/text");
        look_at_choices(question, inside);
        if (question.letter.empty()) continue;
        bool is_letter =
            question.letter.size() == 1 && question.letter[0] >= 'a' && question.letter[0] <= 'z';
        expect(is_letter, inside + "/letter", "one letter from a to z");
        expect(
            letters.insert(question.letter).second,
            inside + "/letter",
            "a letter that no other question has"
        );
    }
}

void Rules::look_at_choices(const Question& question, const std::string& where) {
    auto count = question.choices.size();
    for (std::size_t i = 0; i < count; ++i)
        expect_words(question.choices[i], longest_name, at(where + "/choices", i));
    Names different(question.choices.begin(), question.choices.end());
    expect(different.size() == count, where + "/choices", "choices that all differ");
    switch (question.kind) {
        case Question::Kind::choice:
            expect(count >= 2 && count <= 10, where + "/choices", "2 to 10 choices");
            return;
        case Question::Kind::scale:
            expect(
                count == 0 || (count >= 2 && count <= 10),
                where + "/choices",
                "2 to 10 labels from low to high, or none for 1 to 5"
            );
            return;
        case Question::Kind::text:
        case Question::Kind::yes_no:
        case Question::Kind::blocker:
            expect(count == 0, where + "/choices", "choices only with kind choice or scale");
            return;
    }
}

void Rules::look_at_organisation() {
    for (const auto& [role, holders] : wanted_.organisation_roles) {
        auto inside = std::string("organisation/") + name(role);
        expect(role >= Role::administrator, inside, "a role of the organisation");
        Names persons;
        for (std::size_t i = 0; i < holders.size(); ++i)
            expect(persons.insert(holders[i]).second, at(inside, i), "each person once");
    }
    for (std::size_t i = 0; i < wanted_.covers.size(); ++i) {
        const auto& cover = wanted_.covers[i];
        auto inside = at("organisation/covers", i);
        expect(cover.from <= cover.to, inside + "/to", "a date that is not before from");
        bool of_team = cover.role < Role::administrator;
        expect(
            of_team != cover.team.empty(),
            inside + "/role",
            "a role of a team with team, of the organisation without"
        );
        auto is_same = [&](const WantedCover& other) { return other == cover; };
        bool repeated = std::any_of(
            wanted_.covers.begin(), wanted_.covers.begin() + static_cast<std::ptrdiff_t>(i), is_same
        );
        expect(!repeated, inside, "each cover once");
    }
    Names calendars;
    for (const auto& calendar : wanted_.calendars)
        expect_key(calendar.key, calendars, "calendars/" + calendar.key);
}

// ---- what does not fit to what is set now

class References {
public:
    References(const Document& now_set, const Wanted& wanted, bool prune)
        : now_(now_set), wanted_(wanted), prune_(prune) {}

    std::vector<Problem> take() {
        for (std::size_t i = 0; i < wanted_.people.size(); ++i)
            look_at(wanted_.people[i], "people/" + std::to_string(i));
        for (std::size_t i = 0; i < wanted_.teams.size(); ++i)
            look_at(wanted_.teams[i], "teams/" + std::to_string(i));
        for (const auto& [role, holders] : wanted_.organisation_roles)
            expect_people(holders, std::string("organisation/") + name(role));
        for (std::size_t i = 0; i < wanted_.covers.size(); ++i)
            look_at(wanted_.covers[i], "organisation/covers/" + std::to_string(i));
        for (const auto& calendar : wanted_.calendars)
            look_at(calendar, "calendars/" + calendar.key + "/builds_on");
        return std::move(problems_);
    }

private:
    void look_at(const WantedPerson& person, const std::string& where) {
        expect_calendar(person.calendar, where + "/calendar");
        for (const auto& account : person.accounts) {
            auto inside = where + "/accounts/" + account.platform;
            const auto* connection =
                expect_connection(account.connection, account.platform, inside);
            if (connection) expect_free(*connection, account, person.key, inside);
        }
    }

    void look_at(const WantedTeam& team, const std::string& where) {
        expect_calendar(team.calendar, where + "/calendar");
        expect_people(team.members, where + "/members");
        expect_people(team.observers, where + "/observers");
        for (const auto& [role, holders] : team.roles) {
            std::vector<std::string> keys;
            for (const auto& holder : holders)
                keys.push_back(holder.first);
            expect_people(keys, where + "/roles/" + name(role));
        }
        for (const auto& channel : team.channels)
            expect_connection(
                channel.connection, channel.platform, where + "/channels/" + channel.platform
            );
    }

    void look_at(const WantedCover& cover, const std::string& where) {
        expect_people({cover.person}, where + "/person", false);
        const auto* set = team_by_key(now_, cover.team);
        bool known = cover.team.empty() || names(wanted_.teams, cover.team) ||
                     (set && !set->archived && !prune_);
        if (!known) problems_.push_back({where + "/team", "the key of a team"});
    }

    void look_at(const Calendar& calendar, const std::string& where) {
        if (calendar.builds_on.empty()) return;
        const auto* base = calendar_by_key(wanted_.calendars, calendar.builds_on);
        if (!base) base = calendar_by_key(now_.calendars, calendar.builds_on);
        if (!base || !base->builds_on.empty())
            problems_.push_back({where, "a key of calendars, of one that builds on no other"});
    }

    void expect_people(
        const std::vector<std::string>& keys, const std::string& where, bool is_list = true
    ) {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto* set = person_by_key(now_, keys[i]);
            if (names(wanted_.people, keys[i]) || (set && !set->archived && !prune_)) continue;
            problems_.push_back(
                {is_list ? where + "/" + std::to_string(i) : where,
                 "the key of a person; nobody has the key \"" + keys[i] + "\""}
            );
        }
    }

    void expect_calendar(const std::string& key, const std::string& where) {
        auto is_it = [&](const Calendar& calendar) { return calendar.key == key; };
        bool known = key.empty() || std::ranges::any_of(wanted_.calendars, is_it) ||
                     std::ranges::any_of(now_.calendars, is_it);
        if (!known) problems_.push_back({where, "a key of calendars; there is no \"" + key + "\""});
    }

    const Connection* expect_connection(
        const std::string& key, const std::string& platform, const std::string& where
    ) {
        const auto* connection = connection_by_key(now_, key);
        if (!connection) {
            problems_.push_back(
                {where + "/connection",
                 "a connection of the configuration; there is no \"" + key + "\""}
            );
        } else if (connection->platform != platform) {
            problems_.push_back(
                {where + "/connection",
                 "a connection of " + platform + "; \"" + key + "\" is one of " +
                     connection->platform}
            );
        }
        return connection;
    }

    void expect_free(
        const Connection& connection,
        const WantedAccount& account,
        const std::string& person,
        const std::string& where
    ) {
        const auto* set = first_of(now_.accounts, [&](const Account& other) {
            return other.connection == connection.id && other.external_id == account.external_id;
        });
        const auto* owner = set ? person_by_id(now_, set->person) : nullptr;
        if (!owner || owner->key == person || owner->archived || prune_) return;
        if (names(wanted_.people, owner->key))
            return;  // moves: problems_in sees whether both want it
        problems_.push_back(
            {where, "an account that is free; this one is of \"" + owner->key + "\""}
        );
    }

    const Document& now_;
    const Wanted& wanted_;
    bool prune_;
    std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> problems_in(const Wanted& wanted) {
    return Rules(wanted).take();
}

std::vector<Problem> problems_between(const Document& now_set, const Wanted& wanted, bool prune) {
    return References(now_set, wanted, prune).take();
}

}  // namespace muster::settings
