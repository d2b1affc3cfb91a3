#pragma once

#include "bot/domain/calendar.hpp"

namespace muster::config {

// The calendars that are compiled into the program, by key: "england-and-wales",
// "northern-ireland", "scotland". Throws std::runtime_error when the data is not what it should be:
// a mistake of the build.
std::vector<Calendar> builtin_calendars();

// GOV.UK's format: { division: { "events": [ { "title", "date" } ] } }. `name` is for what is
// thrown.
std::vector<Calendar> calendars_from(std::string_view name, std::string_view json_text);

}  // namespace muster::config
