#pragma once

#include "bot/domain/zone.hpp"

#include <array>
#include <map>
#include <set>
#include <vector>

namespace muster {

// Half-open times of one day, [from, to): 09:00-12:30.
struct Hours {
    TimeOfDay from;
    TimeOfDay to;  // up to 24:00

    bool operator==(const Hours&) const = default;
};

// The working hours of one week: index 0 = Monday. A day without hours is a day off. Sorted, not overlapping.
struct WorkingWeek {
    std::array<std::vector<Hours>, 7> days;

    bool operator==(const WorkingWeek&) const = default;
};

// One week for ever, or week A and week B in turn.
struct WorkingHours {
    WorkingWeek week;                  // week A when there are two
    std::optional<WorkingWeek> week_b;
    std::optional<LocalDate> week_a;   // a Monday of some week A; set exactly when week_b is

    bool operator==(const WorkingHours&) const = default;
    const std::vector<Hours>& on(LocalDate) const;
};

WorkingHours office_hours();  // Monday to Friday, 09:00-17:30: the default

// "mon-thu" / "sat" / "mon-wed,fri" -> days; "09:00-12:30,13:30-17:30" -> hours. Empty = not understood.
std::vector<std::chrono::weekday> days_from(std::string_view text);
std::optional<std::vector<Hours>> hours_from(std::string_view text);  // sorted, not overlapping; "" = a day off
std::string to_text(const std::vector<Hours>&);

// Days when nobody of this calendar works.
struct Calendar {
    std::string key;                        // "england-and-wales"
    std::map<LocalDate, std::string> days;  // date -> title
    std::optional<LocalDate> data_ends;     // the last date that the data speaks of
    // The key of a calendar whose days are among these; "" = none. That one builds on no other.
    std::string builds_on{};

    bool operator==(const Calendar&) const = default;
    bool is_holiday(LocalDate date) const { return days.contains(date); }
};

// A calendar that builds on another is written down by its own days alone, and kept with all of them, so that whoever
// asks for a holiday asks one calendar.
Calendar with_days_of(Calendar own, const Calendar& base);
Calendar own_days_of(Calendar whole, const Calendar& base);

enum class DayPart { whole, morning, afternoon };  // morning = before 13:00 local, afternoon = from 13:00

// The days on which one person does not work, from one source: leave, sickness ... the reason is never kept.
// A half day counts only on a single-day absence or on the first (afternoon) or last (morning) day.
struct DaysAway {
    LocalDate from;
    LocalDate to;  // included
    DayPart first_day = DayPart::whole;  // whole or afternoon
    DayPart last_day = DayPart::whole;   // whole or morning

    bool operator==(const DaysAway&) const = default;
};

// Everything that says when one person (or team) works. Copied out of the store for one decision.
struct WorkPattern {
    ZoneName zone = "Europe/London";
    WorkingHours hours = office_hours();
    std::vector<const Calendar*> calendars;  // none, or those whose holidays apply
    std::vector<DaysAway> away;
};

enum class DayKind { working, not_a_working_day, holiday, away };

// Why this person does or does not work on that date (away wins over holiday, holiday over the week's pattern).
// A half day away is `working`, unless nothing of the day's hours is left.
DayKind day_kind(const WorkPattern&, LocalDate);

// The working stretches of that local date as instants, in order, half days taken out. Ends in an overlap are the
// last instant, starts the first (spec/reliability.md). Empty when the day is not worked or was skipped by the zone.
struct Stretch {
    Instant from;
    Instant to;

    bool operator==(const Stretch&) const = default;
};
std::vector<Stretch> working_stretches(const WorkPattern&, LocalDate);

bool is_working(const WorkPattern&, Instant);

// The first working instant at or after `earliest`; none within 400 days = nobody works any more.
std::optional<Instant> next_working_instant(const WorkPattern&, Instant earliest);

// A length of working time; not the same as minutes.
struct WorkingMinutes {
    minutes length;

    auto operator<=>(const WorkingMinutes&) const = default;
};

// Working time between two instants (0 when to <= from), in whole minutes of the clock, so that it is
// additive: between(a,b) + between(b,c) = between(a,c).
// Neutral to DST: 09:00-17:30 measures 510 minutes on every date on which the clocks do not change between the two.
WorkingMinutes working_time_between(const WorkPattern&, Instant from, Instant to);

// The instant at which that much working time has passed since `from`, to the millisecond; the earliest such instant.
// None when it does not come within 1,000 days.
std::optional<Instant> add_working_time(const WorkPattern&, Instant from, WorkingMinutes);

// The next (or previous) date after `date` with working hours left by holidays and absences; none within 400 days =
// nobody works any more.
std::optional<LocalDate> next_working_day(const WorkPattern&, LocalDate date);
std::optional<LocalDate> previous_working_day(const WorkPattern&, LocalDate date);

}  // namespace muster
