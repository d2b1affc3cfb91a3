#include "bot/domain/instant.hpp"

#include <algorithm>
#include <cstdio>

namespace muster {

using namespace std::chrono;

namespace {

constexpr Instant earliest_written = sys_days{year{0} / January / 1};
constexpr Instant latest_written = sys_days{year{10000} / January / 1} - 1ms;

std::optional<int> number(std::string_view digits) {
    auto value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') return std::nullopt;
        value = value * 10 + (digit - '0');
    }
    return value;
}

// A 0 of `form` stands for any digit; every other character must be the same.
bool has_form(std::string_view text, std::string_view form) {
    return std::ranges::equal(text, form, [](char found, char wanted) {
        return wanted == '0' ? found >= '0' && found <= '9' : found == wanted;
    });
}

template <class... Numbers>
std::string written(const char* format, Numbers... numbers) {
    char buffer[96];
    const auto length = std::snprintf(buffer, sizeof buffer, format, numbers...);
    return {buffer, static_cast<std::size_t>(length)};
}

}  // namespace

std::string to_text(Instant instant) {
    instant = std::clamp(instant, earliest_written, latest_written);
    const auto day = floor<days>(instant);
    const hh_mm_ss time{instant - day};
    return to_text(LocalDate{day}) + written(
                                         "T%02d:%02d:%02d.%03dZ",
                                         static_cast<int>(time.hours().count()),
                                         static_cast<int>(time.minutes().count()),
                                         static_cast<int>(time.seconds().count()),
                                         static_cast<int>(time.subseconds().count())
                                     );
}

std::string to_text(LocalDate date) {
    return written(
        "%04d-%02u-%02u",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

std::optional<Instant> instant_from(std::string_view text) {
    if (!has_form(text, "0000-00-00T00:00:00.000Z")) return std::nullopt;
    const auto date = date_from(text.substr(0, 10));
    const auto hour = *number(text.substr(11, 2));
    const auto minute = *number(text.substr(14, 2));
    const auto second = *number(text.substr(17, 2));
    if (!date || hour > 23 || minute > 59 || second > 59) return std::nullopt;

    return sys_days{*date} + hours{hour} + minutes{minute} + seconds{second} +
           milliseconds{*number(text.substr(20, 3))};
}

std::optional<LocalDate> date_from(std::string_view text) {
    if (!has_form(text, "0000-00-00")) return std::nullopt;
    const LocalDate date{
        year{*number(text.substr(0, 4))},
        month{static_cast<unsigned>(*number(text.substr(5, 2)))},
        day{static_cast<unsigned>(*number(text.substr(8, 2)))}};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::optional<TimeOfDay> time_of_day_from(std::string_view text) {
    if (!has_form(text, "00:00") && !has_form(text, "0:00")) return std::nullopt;
    const auto colon = text.find(':');
    const auto hour = *number(text.substr(0, colon));
    const auto minute = *number(text.substr(colon + 1));
    const auto time = hours{hour} + minutes{minute};
    if (minute > 59 || time > 24h) return std::nullopt;
    return time;
}

std::string to_text(TimeOfDay time) {
    const auto total = static_cast<int>(time.count());
    return written("%02d:%02d", total / 60, total % 60);
}

LocalDate add_days(LocalDate date, int count) {
    return sys_days{date} + days{count};
}

int days_between(LocalDate from, LocalDate to) {
    return static_cast<int>((sys_days{to} - sys_days{from}).count());
}

weekday weekday_of(LocalDate date) {
    return weekday{sys_days{date}};
}

}  // namespace muster
