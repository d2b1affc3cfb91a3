#include "bot/domain/examination.hpp"

#include <algorithm>
#include <set>

#include "bot/domain/standup.hpp"

namespace muster::examination {
namespace {

using Kind = Finding::Kind;

constexpr int calendar_days_ahead = 183;

class Examiner {
public:
    Examiner(const Ground& ground, Instant now) : ground_(ground), now_(now) {}

    void look_at(const Connection&);
    void look_at(const Person&);
    void look_at(const Roster&);
    void look_at_ceremonies(const Roster&);
    void look_at_calendars();

    void find(Finding finding) { findings_.push_back(std::move(finding)); }

    const Connection* connection(ConnectionId) const;
    const Account* home_of(const Person&) const;

    std::vector<Finding> findings() && { return std::move(findings_); }

private:
    void look_at_people(const Roster&);
    void look_at_roles(const Roster&);
    void look_at_channels(const Roster&);
    void look_at(const Roster&, const Ceremony&);
    void look_at(
        const Roster&,
        const Ceremony&,
        const Slot&,
        const Member&,
        const std::vector<LocalDate>& dates
    );
    bool is_reachable(PersonId) const;
    bool is_configured(ConnectionId) const;
    std::optional<Connection> named(ConnectionId) const;

    const Ground& ground_;
    Instant now_;
    std::set<std::string> used_calendars_;
    std::vector<Finding> findings_;
};

bool is_asked(const Member& member) {
    return member.standing == Standing::participant;
}

// ---- people

void Examiner::look_at(const Connection& connection) {
    if (connection.suspended_since) find({.kind = Kind::suspended, .connection = connection});
    if (!connection.not_granted.empty())
        find({.kind = Kind::not_granted, .connection = connection});
}

void Examiner::look_at(const Person& person) {
    if (!person.calendar.empty()) used_calendars_.insert(person.calendar);
    if (!is_zone(person.zone)) find({.kind = Kind::zone_unknown, .person = person});
    const auto* home = home_of(person);
    if (!home) return find({.kind = Kind::no_account, .person = person});
    if (is_configured(home->connection)) return;
    find(
        {.kind = Kind::home_not_configured, .person = person, .connection = named(home->connection)}
    );
}

// Of the same person only what is first in the way.
void Examiner::look_at_people(const Roster& roster) {
    for (const auto& member : roster.members) {
        const auto& person = member.person;
        const auto* home = home_of(person);
        if (!is_asked(member) || !home) continue;
        auto reason = ground_.unreached.find(person.id);
        if (home->closed_at)
            find({.kind = Kind::account_closed, .team = roster.team, .person = person});
        else if (reason != ground_.unreached.end())
            find(
                {.kind = Kind::not_reached,
                 .team = roster.team,
                 .person = person,
                 .reason = reason->second}
            );
    }
}

// ---- the team

void Examiner::look_at(const Roster& roster) {
    const auto& team = roster.team;
    if (!team.calendar.empty()) used_calendars_.insert(team.calendar);
    look_at_people(roster);
    look_at_roles(roster);
    if (std::ranges::none_of(roster.members, is_asked))
        find({.kind = Kind::no_members, .team = team});
    if (!is_zone(team.zone)) return find({.kind = Kind::zone_unknown, .team = team});
    look_at_channels(roster);
    if (roster.ceremonies.empty()) find({.kind = Kind::no_ceremony, .team = team});
    look_at_ceremonies(roster);
}

void Examiner::look_at_roles(const Roster& roster) {
    auto managers = holders(roster, Role::delivery_manager, now_);
    auto can_hear = [&](PersonId manager) { return is_reachable(manager); };
    if (managers.empty())
        find({.kind = Kind::no_delivery_manager, .team = roster.team});
    else if (std::ranges::none_of(managers, can_hear))
        find({.kind = Kind::delivery_managers_gone, .team = roster.team});
}

void Examiner::look_at_channels(const Roster& roster) {
    if (roster.channels.empty()) find({.kind = Kind::no_channel, .team = roster.team});
    for (const auto& channel : roster.channels) {
        auto find_of_it = [&](Kind kind) {
            find({.kind = kind, .team = roster.team, .connection = named(channel.connection)});
        };
        if (!is_configured(channel.connection)) find_of_it(Kind::channel_not_configured);
        if (channel.refused_since) find_of_it(Kind::channel_refused);
    }
}

// ---- its ceremonies

bool takes_lines(const Ceremony& ceremony) {
    auto is_text = [](const Question& question) { return question.kind == Question::Kind::text; };
    return std::ranges::any_of(ceremony.questions, is_text);
}

std::vector<LocalDate> held_dates(const Roster& roster, const Ceremony& ceremony, Instant now) {
    std::vector<LocalDate> dates;
    auto today = local_date(roster.team.zone, now);
    auto last = add_days(today, days_ahead - 1);
    auto date = next_date(ceremony.recurrence, today);
    for (; date && *date <= last; date = next_date(ceremony.recurrence, add_days(*date, 1)))
        if (auto held = standup::held_on(ceremony, *date, roster.team, *roster.calendars))
            dates.push_back(*held);
    return dates;
}

TimeOfDay time_there(const Team& team, const Person& person, TimeOfDay at, LocalDate date) {
    auto instant = instant_at(team.zone, date, at);
    return instant ? local_time(person.zone, *instant).time : at;
}

void Examiner::look_at_ceremonies(const Roster& roster) {
    for (const auto& ceremony : roster.ceremonies)
        look_at(roster, ceremony);
}

void Examiner::look_at(const Roster& roster, const Ceremony& ceremony) {
    auto find_of_it = [&](Kind kind) {
        find({.kind = kind, .team = roster.team, .ceremony = ceremony});
    };
    if (ceremony.paused) return find_of_it(Kind::paused);
    if (!takes_lines(ceremony)) find_of_it(Kind::no_text_question);
    auto dates = held_dates(roster, ceremony, now_);
    if (dates.empty()) return find_of_it(Kind::not_held);
    for (const auto& slot : ceremony.slots)
        for (const auto& member : roster.members)
            if (is_asked(member) && is_zone(member.person.zone))
                look_at(roster, ceremony, slot, member, dates);
}

// Through the eyes of what opens rounds, so that the two cannot disagree.
void Examiner::look_at(
    const Roster& roster,
    const Ceremony& ceremony,
    const Slot& slot,
    const Member& member,
    const std::vector<LocalDate>& dates
) {
    Finding finding{.kind = Kind::outside_hours, .team = roster.team};
    std::int64_t away = 0;
    for (auto date : dates) {
        auto window =
            standup::window_for(ceremony, slot, date, roster.team, member, *roster.calendars);
        if (std::holds_alternative<standup::Window>(window)) {
            ++finding.asked;
            continue;
        }
        auto why = std::get<standup::NoWindow>(window);
        if (why.phase == Phase::not_asked) ++finding.outside;
        if (why.phase == Phase::away) ++away;
    }
    if (finding.outside == 0 && finding.asked > 0) return;
    if (finding.outside == 0 && away > 0) return;  // away for two weeks is no mistake of anybody
    if (finding.outside == 0) finding.kind = Kind::never_works;
    finding.held = static_cast<std::int64_t>(dates.size());
    finding.person = member.person;
    finding.ceremony = ceremony;
    finding.at = finding.there = slot.at;
    if (ceremony.zone == ZoneRule::team)
        finding.there = time_there(roster.team, member.person, slot.at, dates.front());
    find(std::move(finding));
}

// ---- what they stand on

void Examiner::look_at_calendars() {
    const auto today = local_date("UTC", now_);
    for (const auto& key : used_calendars_) {
        auto calendar = ground_.calendars->find(key);
        if (calendar == ground_.calendars->end()) {
            find({.kind = Kind::calendar_missing, .calendar = key});
            continue;
        }
        const auto& ends = calendar->second.data_ends;
        if (ends && days_between(today, *ends) <= calendar_days_ahead)
            find({.kind = Kind::calendar_ends, .calendar = key, .ends = *ends});
    }
}

bool Examiner::is_reachable(PersonId person) const {
    return std::ranges::any_of(ground_.accounts, [&](const auto& known) {
        return known.second.person == person && !known.second.closed_at;
    });
}

bool Examiner::is_configured(ConnectionId connection) const {
    const auto& missing = ground_.not_configured;
    return std::ranges::find(missing, connection) == missing.end();
}

const Account* Examiner::home_of(const Person& person) const {
    auto home = ground_.accounts.find(person.home);
    return home == ground_.accounts.end() ? nullptr : &home->second;
}

const Connection* Examiner::connection(ConnectionId id) const {
    auto found = std::ranges::find(ground_.connections, id, &Connection::id);
    return found == ground_.connections.end() ? nullptr : &*found;
}

std::optional<Connection> Examiner::named(ConnectionId id) const {
    const auto* known = connection(id);
    return known ? std::optional{*known} : std::nullopt;
}

// Over which its people and its channels are written to.
std::set<ConnectionId> connections_of(const Roster& roster, const Examiner& examiner) {
    std::set<ConnectionId> used;
    for (const auto& channel : roster.channels)
        used.insert(channel.connection);
    for (const auto& member : roster.members)
        if (const auto* home = is_asked(member) ? examiner.home_of(member.person) : nullptr)
            used.insert(home->connection);
    return used;
}

}  // namespace

std::vector<Finding> of_all(
    const std::vector<Person>& people,
    const std::vector<Roster>& rosters,
    const Ground& ground,
    Instant now
) {
    Examiner examiner{ground, now};
    for (const auto& connection : ground.connections)
        examiner.look_at(connection);
    for (const auto& person : people)
        examiner.look_at(person);
    for (const auto& roster : rosters)
        examiner.look_at(roster);
    if (rosters.empty()) examiner.find({.kind = Kind::no_team});
    examiner.look_at_calendars();
    return std::move(examiner).findings();
}

std::vector<Finding> of_team(const Roster& roster, const Ground& ground, Instant now) {
    Examiner examiner{ground, now};
    for (auto id : connections_of(roster, examiner))
        if (const auto* connection = examiner.connection(id)) examiner.look_at(*connection);
    for (const auto& member : roster.members)
        if (is_asked(member)) examiner.look_at(member.person);
    examiner.look_at(roster);
    examiner.look_at_calendars();
    return std::move(examiner).findings();
}

std::vector<Finding> of_schedule(const Roster& roster, Instant now) {
    const Ground none;
    Examiner examiner{none, now};
    examiner.look_at_ceremonies(roster);
    return std::move(examiner).findings();
}

std::vector<Finding> of_organisation(
    const std::vector<Team>& teams,
    const std::vector<RoleHolder>& roles,
    const std::vector<Connection>& connections
) {
    const Ground none;
    Examiner examiner{none, Instant{}};
    for (const auto& connection : connections)
        examiner.look_at(connection);
    for (const auto& team : teams) {
        auto looks_after_it = [&](const RoleHolder& holder) {
            return holder.team == team.id && holder.role == Role::delivery_manager;
        };
        if (!team.archived && std::ranges::none_of(roles, looks_after_it))
            examiner.find({.kind = Kind::no_delivery_manager, .team = team});
    }
    return std::move(examiner).findings();
}

std::map<PersonId, std::string> unreached_in(const std::vector<Round>& rounds) {
    std::map<PersonId, std::string> unreached;
    std::set<PersonId> known;
    for (const auto& round : rounds) {
        const bool was_written_to = round.asked_at || round.phase == Phase::unreachable;
        if (!was_written_to || !known.insert(round.person).second) continue;
        if (round.phase == Phase::unreachable) unreached.emplace(round.person, round.reason);
    }
    return unreached;
}

}  // namespace muster::examination
