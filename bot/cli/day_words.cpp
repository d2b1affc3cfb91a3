#include "bot/cli/day_words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace muster::cli {
namespace {

constexpr std::array weekdays{
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array months{
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"};

minutes offset_at(const ZoneName& zone, Instant instant) {
    auto [date, time] = local_time(zone, instant);
    auto shown = std::chrono::sys_days{date} + time;
    return std::chrono::floor<minutes>(shown - std::chrono::floor<minutes>(instant));
}

std::string hours_and_minutes(minutes length) {
    auto whole = length.count() / 60;
    auto rest = length.count() % 60;
    return rest == 0 ? std::to_string(whole) : fmt::format("{}:{:02}", whole, rest);
}

std::string offset_text(minutes offset) {
    if (offset == 0min) return "UTC";
    return (offset < 0min ? "UTC-" : "UTC+") + hours_and_minutes(std::chrono::abs(offset));
}

}  // namespace

std::string day_text(LocalDate date) {
    auto month = static_cast<unsigned>(date.month());
    return fmt::format(
        "{} {} {} {}",
        weekdays[weekday_of(date).c_encoding()],
        static_cast<unsigned>(date.day()),
        months[month - 1],
        static_cast<int>(date.year())
    );
}

std::string city_of(const ZoneName& zone) {
    auto city = zone.substr(zone.find_last_of('/') + 1);
    std::ranges::replace(city, '_', ' ');
    return city;
}

std::string offset_text(const ZoneName& zone, Instant instant) {
    return offset_text(offset_at(zone, instant));
}

std::string clock_on(Instant instant, const ZoneName& zone, LocalDate day) {
    auto [date, time] = local_time(zone, instant);
    auto apart = days_between(day, date);
    return to_text(time) + (apart == 0 ? "" : fmt::format(" {:+}d", apart));
}

std::vector<std::string> clock_changes(const std::set<ZoneName>& zones, LocalDate date) {
    std::vector<std::string> changes;
    for (const auto& zone : zones) {
        auto begins = instant_at(zone, date, 0min);
        auto ends = instant_at(zone, add_days(date, 1), 0min);
        if (!begins || !ends) continue;
        auto before = offset_at(zone, *begins);
        auto after = offset_at(zone, *ends);
        if (before == after) continue;
        changes.push_back(fmt::format(
            "In {} the clocks go {} today, from {} to {}.",
            city_of(zone),
            after > before ? "forward" : "back",
            offset_text(before),
            offset_text(after)
        ));
    }
    return changes;
}

std::optional<std::string> holiday_title(
    const CalendarBook& calendars, const std::string& key, LocalDate date
) {
    auto calendar = calendars.find(key);
    if (calendar == calendars.end() || !calendar->second.is_holiday(date)) return std::nullopt;
    return calendar->second.days.at(date);
}

}  // namespace muster::cli
