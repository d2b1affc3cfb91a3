#include "config/calendars.hpp"

#include <algorithm>
#include <stdexcept>

#include "adapters/json/strict.hpp"
#include "embedded_calendars.hpp"

namespace muster::config {
namespace {

[[noreturn]] void refuse(std::string_view file, int line, const std::string& reason) {
    throw std::runtime_error(std::string(file) + ":" + std::to_string(line) + ": " + reason);
}

Calendar calendar_from(std::string_view file, const std::string& key, const json::Value& division) {
    const auto* events = division.find("events");
    if (!events || !events->array() || events->array()->empty())
        refuse(file, division.line, "expected a list of events");
    Calendar calendar;
    calendar.key = key;
    for (const auto& event : *events->array()) {
        auto date = date_from(event.text_of("date"));
        if (!date || event.text_of("title").empty())
            refuse(file, event.line, "expected a title and a date");
        calendar.days[*date] = event.text_of("title");
    }
    calendar.data_ends = calendar.days.rbegin()->first;
    return calendar;
}

}  // namespace

std::vector<Calendar> builtin_calendars() {
    std::vector<Calendar> calendars;
    for (const auto& file : embedded::embedded_calendars()) {
        for (auto& calendar : calendars_from(file.name, file.content))
            calendars.push_back(std::move(calendar));
    }
    std::ranges::sort(calendars, {}, &Calendar::key);
    return calendars;
}

std::vector<Calendar> calendars_from(std::string_view name, std::string_view json_text) {
    auto parsed = json::parse(json_text);
    if (!parsed) refuse(name, parsed.error().line, parsed.error().words);
    if (!parsed->object()) refuse(name, 1, "expected an object of calendars");
    std::vector<Calendar> calendars;
    for (const auto& [key, division] : *parsed->object())
        calendars.push_back(calendar_from(name, key, division));
    return calendars;
}

}  // namespace muster::config
