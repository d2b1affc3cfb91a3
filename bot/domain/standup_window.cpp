#include <algorithm>

#include "bot/domain/standup.hpp"

namespace muster::standup {
namespace {

// The instant at which the ceremony's time comes for this member: on their own date, or the team's
// time for all.
std::optional<Instant> start_for(
    const Ceremony& ceremony,
    const Slot& slot,
    LocalDate held_on,
    const Team& team,
    const ZoneName& own_zone
) {
    return instant_at(ceremony.zone == ZoneRule::member ? own_zone : team.zone, held_on, slot.at);
}

// What is left of the day's working stretches from `start` on, as a window; none when it is too
// short to ask.
std::optional<Window> fit(const std::vector<Stretch>& stretches, Instant start, minutes length) {
    for (const auto& stretch : stretches) {
        if (stretch.to <= start) continue;
        auto opens_at = std::max(start, stretch.from);
        auto closes_at = std::min<Instant>(opens_at + length, stretches.back().to);
        if (closes_at - opens_at < shortest_window) return std::nullopt;
        return Window{opens_at, closes_at};
    }
    return std::nullopt;
}

}  // namespace

WindowOrWhy window_for(
    const Ceremony& ceremony,
    const Slot& slot,
    LocalDate held_on,
    const Team& team,
    const Member& member,
    const CalendarBook& calendars
) {
    auto start = start_for(ceremony, slot, held_on, team, member.person.zone);
    if (!start) return NoWindow{Phase::not_expected};

    auto pattern = work_pattern(member.person, member.absences, calendars);
    auto date = local_date(pattern.zone, *start);
    switch (day_kind(pattern, date)) {
        case DayKind::working: break;
        case DayKind::away: return NoWindow{Phase::away};
        case DayKind::holiday:
        case DayKind::not_a_working_day: return NoWindow{Phase::not_expected};
    }

    auto length = member.person.longer ? 2 * ceremony.window : ceremony.window;
    if (auto window = fit(working_stretches(pattern, date), *start, length)) return *window;

    // Half a day away may be what leaves no room; otherwise the working hours are.
    auto without_absences = pattern;
    without_absences.away.clear();
    if (fit(working_stretches(without_absences, date), *start, length))
        return NoWindow{Phase::away};
    return NoWindow{Phase::not_asked, NotAsked::outside_hours};
}

Window team_window(
    const Ceremony& ceremony,
    const Slot& slot,
    LocalDate held_on,
    const Team& team,
    const CalendarBook& calendars
) {
    auto start = instant_at(team.zone, held_on, slot.at);
    if (!start) start = instant_at(team.zone, add_days(held_on, 1), TimeOfDay{0});
    auto pattern = work_pattern(team, calendars);
    auto window = fit(working_stretches(pattern, held_on), *start, ceremony.window);
    return window.value_or(Window{*start, *start + ceremony.window});
}

}  // namespace muster::standup
