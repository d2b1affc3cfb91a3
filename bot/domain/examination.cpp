#include "bot/domain/examination.hpp"

#include <algorithm>
#include <set>

#include "bot/domain/standup.hpp"

namespace muster::examination {
namespace {

using Kind = Finding::Kind;

constexpr int calendar_days_ahead = 183;

bool is_asked(const Member& member) {
    return member.standing == Standing::participant;
}

// Of one kind of question can a typed line be the answer.
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

class Examiner {
public:
    Examiner(const Ground& ground, Instant now) : ground_(ground), now_(now) {}

    void look_at(const Person&);
    void look_at(const Roster&);
    void look_at_calendars();

    void find(Finding finding) { findings_.push_back(std::move(finding)); }

    std::vector<Finding> findings() && { return std::move(findings_); }

private:
    void look_at_channels(const Roster&);
    void look_at(const Roster&, const Ceremony&);
    void look_at(
        const Roster&,
        const Ceremony&,
        const Slot&,
        const Member&,
        const std::vector<LocalDate>& dates
    );
    bool is_configured(ConnectionId) const;
    std::string name_of(ConnectionId) const;

    const Ground& ground_;
    Instant now_;
    std::set<std::string> used_calendars_;
    std::vector<Finding> findings_;
};

void Examiner::look_at(const Person& person) {
    if (!person.calendar.empty()) used_calendars_.insert(person.calendar);
    if (!is_zone(person.zone)) find({.kind = Kind::zone_unknown, .person = person});
    auto home = ground_.homes.find(person.home);
    if (home == ground_.homes.end()) return find({.kind = Kind::no_account, .person = person});
    const auto connection = home->second.connection;
    if (!is_configured(connection))
        find(
            {.kind = Kind::home_not_configured, .person = person, .connection = name_of(connection)}
        );
}

void Examiner::look_at(const Roster& roster) {
    const auto& team = roster.team;
    if (!team.calendar.empty()) used_calendars_.insert(team.calendar);
    if (holders(roster, Role::delivery_manager, now_).empty())
        find({.kind = Kind::no_delivery_manager, .team = team});
    if (std::ranges::none_of(roster.members, is_asked))
        find({.kind = Kind::no_members, .team = team});
    if (!is_zone(team.zone)) return find({.kind = Kind::zone_unknown, .team = team});
    look_at_channels(roster);
    if (roster.ceremonies.empty()) find({.kind = Kind::no_ceremony, .team = team});
    for (const auto& ceremony : roster.ceremonies)
        look_at(roster, ceremony);
}

void Examiner::look_at_channels(const Roster& roster) {
    if (roster.channels.empty()) find({.kind = Kind::no_channel, .team = roster.team});
    for (const auto& channel : roster.channels)
        if (!is_configured(channel.connection))
            find(
                {.kind = Kind::channel_not_configured,
                 .team = roster.team,
                 .connection = name_of(channel.connection)}
            );
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

bool Examiner::is_configured(ConnectionId connection) const {
    const auto& missing = ground_.not_configured;
    return std::ranges::find(missing, connection) == missing.end();
}

std::string Examiner::name_of(ConnectionId id) const {
    auto found = std::ranges::find(ground_.connections, id, &Connection::id);
    return found == ground_.connections.end() ? "?" : found->key;
}

}  // namespace

std::vector<Finding> of_all(
    const std::vector<Person>& people,
    const std::vector<Roster>& rosters,
    const Ground& ground,
    Instant now
) {
    Examiner examiner{ground, now};
    for (const auto& person : people)
        examiner.look_at(person);
    for (const auto& roster : rosters)
        examiner.look_at(roster);
    if (rosters.empty()) examiner.find({.kind = Kind::no_team});
    examiner.look_at_calendars();
    return std::move(examiner).findings();
}

}  // namespace muster::examination
