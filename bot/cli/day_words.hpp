#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/domain/person.hpp"

// Days, clocks and zones as an operator reads them in a terminal.
namespace muster::cli {

std::string day_text(LocalDate);                    // "Monday 22 March 2027"
std::string city_of(const ZoneName&);               // "New York"
std::string offset_text(const ZoneName&, Instant);  // "UTC-4", "UTC+5:30"

// "09:30"; with the days that its date is away from `day`: "23:30 -1d".
std::string clock_on(Instant, const ZoneName&, LocalDate day);

// A sentence for each zone whose clocks change on that date.
std::vector<std::string> clock_changes(const std::set<ZoneName>&, LocalDate);

std::optional<std::string> holiday_title(
    const CalendarBook&, const std::string& calendar, LocalDate
);

}  // namespace muster::cli
