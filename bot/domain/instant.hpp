#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace muster {

using namespace std::chrono_literals;
using std::chrono::minutes;
using std::chrono::milliseconds;

// A moment in UTC, to the millisecond. The store keeps it as int64 milliseconds since 1970.
using Instant = std::chrono::sys_time<milliseconds>;

// A moment of the steady clock: for transport deadlines only, never stored.
using SteadyInstant = std::chrono::time_point<std::chrono::steady_clock, milliseconds>;

// A date on somebody's wall calendar. The store keeps it as "2026-11-24".
using LocalDate = std::chrono::year_month_day;

// A wall-clock time of day as minutes since midnight, 0..1439 (an end of working hours may be 1440).
using TimeOfDay = minutes;

std::string to_text(Instant);                                // "2026-11-24T09:30:00.000Z"; kept to years 0-9999
std::string to_text(LocalDate);                              // "2026-11-24"
std::optional<Instant> instant_from(std::string_view text);  // the form above only
std::optional<LocalDate> date_from(std::string_view text);   // the form above, and a day that exists
std::optional<TimeOfDay> time_of_day_from(std::string_view text);  // "09:30", "9:30", up to "24:00"
std::string to_text(TimeOfDay);                              // "09:30"

LocalDate add_days(LocalDate, int days);
int days_between(LocalDate from, LocalDate to);              // to - from
std::chrono::weekday weekday_of(LocalDate);

}  // namespace muster
