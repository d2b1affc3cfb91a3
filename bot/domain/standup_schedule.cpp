#include <algorithm>
#include <tuple>

#include "bot/domain/standup.hpp"

namespace muster::standup {
namespace {

// Openings of one occurrence spread over the zones of the world: UTC+14 to UTC-12, and a day's
// working hours.
constexpr int spread_days = 3;
constexpr int most_dates_looked_at = 400;

struct Openings {
    Instant first;
    Instant last;
};

// When the first and the last member's window opens; the team's own when nobody has one.
Openings openings_of(
    const Ceremony& ceremony, const Slot& slot, LocalDate held_on, const Roster& roster
) {
    std::optional<Openings> openings;
    for (const auto& member : roster.members) {
        if (member.standing != Standing::participant) continue;
        auto window = window_for(ceremony, slot, held_on, roster.team, member, *roster.calendars);
        const auto* open = std::get_if<Window>(&window);
        if (!open) continue;
        if (!openings) openings = Openings{open->opens_at, open->opens_at};
        openings->first = std::min(openings->first, open->opens_at);
        openings->last = std::max(openings->last, open->opens_at);
    }
    if (openings) return *openings;
    auto start = team_window(ceremony, slot, held_on, roster.team, *roster.calendars).opens_at;
    return {start, start};
}

bool is_moved(OnHoliday rule) {
    return rule == OnHoliday::before || rule == OnHoliday::after;
}

// Where a rule date's occurrence would go, before asking whether that day is taken.
std::optional<LocalDate> wanted_day(
    const Ceremony& ceremony, LocalDate rule_date, const WorkPattern& team, bool is_holiday
) {
    if (!is_holiday) return rule_date;
    switch (ceremony.on_holiday) {
        case OnHoliday::skip: return std::nullopt;
        case OnHoliday::hold: return rule_date;
        case OnHoliday::before: return previous_working_day(team, rule_date);
        case OnHoliday::after: return next_working_day(team, rule_date);
    }
    return std::nullopt;
}

bool is_team_holiday(const Team& team, LocalDate date, const CalendarBook& calendars) {
    auto calendar = calendars.find(team.calendar);
    return calendar != calendars.end() && calendar->second.is_holiday(date);
}

// The day already has an occurrence: its own, or one moved there from an earlier rule date.
bool is_taken(
    const Ceremony& ceremony,
    LocalDate day,
    LocalDate mover,
    const Team& team,
    const CalendarBook& calendars
) {
    if (takes_place_on(ceremony.recurrence, day) && !is_team_holiday(team, day, calendars))
        return true;
    auto pattern = work_pattern(team, calendars);
    constexpr int longest_holiday = 14;
    for (auto earlier = add_days(mover, -longest_holiday); earlier < mover;
         earlier = add_days(earlier, 1)) {
        if (!takes_place_on(ceremony.recurrence, earlier)) continue;
        if (!is_team_holiday(team, earlier, calendars)) continue;
        if (wanted_day(ceremony, earlier, pattern, true) == day) return true;
    }
    return false;
}

bool was_opened(
    const std::vector<OccurrenceName>& opened, LocalDate date, const std::string& slot
) {
    return std::ranges::find(opened, OccurrenceName{date, slot}) != opened.end();
}

}  // namespace

std::optional<LocalDate> held_on(
    const Ceremony& ceremony, LocalDate rule_date, const Team& team, const CalendarBook& calendars
) {
    auto holiday = is_team_holiday(team, rule_date, calendars);
    auto day = wanted_day(ceremony, rule_date, work_pattern(team, calendars), holiday);
    if (!day || !holiday || !is_moved(ceremony.on_holiday)) return day;
    if (is_taken(ceremony, *day, rule_date, team, calendars)) return std::nullopt;
    return day;
}

std::optional<PlannedRun> next_planned(
    const Ceremony& ceremony,
    const Roster& roster,
    Instant after,
    const std::vector<OccurrenceName>& opened
) {
    if (ceremony.paused || ceremony.archived || roster.team.archived) return std::nullopt;
    std::optional<PlannedRun> best;
    auto from = add_days(local_date("Etc/UTC", after), -spread_days);
    for (int looked = 0; looked < most_dates_looked_at; ++looked) {
        auto rule_date = next_date(ceremony.recurrence, from);
        if (!rule_date) break;
        if (best && *rule_date > add_days(best->date, spread_days)) break;
        from = add_days(*rule_date, 1);
        auto day = held_on(ceremony, *rule_date, roster.team, *roster.calendars);
        if (!day) continue;
        for (const auto& slot : ceremony.slots) {
            if (was_opened(opened, *rule_date, slot.key)) continue;
            auto openings = openings_of(ceremony, slot, *day, roster);
            if (openings.last < after) continue;
            // Two times may open together: both are held, one after the other, and none again.
            auto name = OccurrenceName{*rule_date, slot.key};
            if (openings.last == after && !opened.empty() && name < opened.back()) continue;
            auto planned = PlannedRun{ceremony.id, *rule_date, *day, slot.key, openings.first};
            auto comes_first = [&](const PlannedRun& other) {
                return std::tie(planned.opens_at, planned.date, planned.slot) <
                       std::tie(other.opens_at, other.date, other.slot);
            };
            if (!best || comes_first(*best)) best = planned;
        }
    }
    return best;
}

std::optional<Instant> next_window(
    const Roster& roster, const Ceremony& ceremony, const Person& person, Instant after
) {
    const auto* member = roster.member(person.id);
    if (!member || member->standing != Standing::participant) return std::nullopt;
    if (ceremony.paused || ceremony.archived || roster.team.archived) return std::nullopt;
    std::optional<Instant> next;
    LocalDate last_date_to_look_at{};
    auto from = add_days(local_date("Etc/UTC", after), -spread_days);
    for (int looked = 0; looked < most_dates_looked_at; ++looked) {
        auto rule_date = next_date(ceremony.recurrence, from);
        if (!rule_date || (next && *rule_date > last_date_to_look_at)) break;
        from = add_days(*rule_date, 1);
        auto day = held_on(ceremony, *rule_date, roster.team, *roster.calendars);
        if (!day) continue;
        for (const auto& slot : ceremony.slots) {
            auto window = window_for(ceremony, slot, *day, roster.team, *member, *roster.calendars);
            const auto* open = std::get_if<Window>(&window);
            if (!open || open->opens_at <= after || (next && *next <= open->opens_at)) continue;
            if (!next) last_date_to_look_at = add_days(*rule_date, spread_days);
            next = open->opens_at;
        }
    }
    return next;
}

Decision plan(CeremonyId ceremony, const std::optional<PlannedRun>& planned) {
    Decision decision;
    if (planned) {
        decision.changes = {*planned};
        decision.timers = {SetTimer{TimerKind::open_run, ceremony.value, planned->opens_at}};
    } else {
        decision.changes = {PlanEnds{ceremony}};
        decision.timers = {CancelTimer{TimerKind::open_run, ceremony.value}};
    }
    return decision;
}

}  // namespace muster::standup
