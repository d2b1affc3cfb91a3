#include "adapters/http/retry_after.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace muster::http {
namespace {

constexpr auto usual_pause = 30s;
// Seconds beyond it are as absurd as a year, and can be reckoned with.
constexpr auto longest_pause = 8'760h;

template <class Number>
std::optional<Number> number_in(std::string_view digits) {
    Number number{};
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (end != digits.data() + digits.size() || digits.empty()) return std::nullopt;
    if (error == std::errc::result_out_of_range) return std::numeric_limits<Number>::max();
    if (error != std::errc{}) return std::nullopt;
    return number;
}

bool is_digits(std::string_view text) {
    auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

// "Sun, 06 Nov 1994 08:49:37 GMT": the form that servers must send (RFC 9110).
std::optional<Instant> http_date_in(std::string_view text) {
    constexpr std::string_view form = "www, dd mmm yyyy hh:mm:ss GMT";
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != form.size()) return std::nullopt;
    for (auto at : {3U, 4U, 7U, 11U, 16U, 19U, 22U, 25U, 26U, 27U, 28U})
        if (text[at] != form[at]) return std::nullopt;
    auto number = [&](std::size_t at, std::size_t length) {
        auto digits = text.substr(at, length);
        return is_digits(digits) ? number_in<int>(digits).value_or(-1) : -1;
    };
    auto month = months.find(text.substr(8, 3));
    if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
    auto date = std::chrono::year{number(12, 4)} / static_cast<int>(month / 3 + 1) / number(5, 2);
    auto hour = number(17, 2);
    auto minute = number(20, 2);
    auto second = number(23, 2);
    auto is_time = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 &&
                   second <= 60;  // 60: a leap second
    if (!date.ok() || number(12, 4) < 0 || !is_time) return std::nullopt;
    return std::chrono::sys_days{date} + hour * 1h + minute * 1min + second * 1s;
}

}  // namespace

milliseconds pause_in(std::string_view retry_after, Instant now) {
    if (is_digits(retry_after)) {
        auto seconds = number_in<std::int64_t>(retry_after).value_or(0);
        auto longest = std::chrono::duration_cast<std::chrono::seconds>(longest_pause).count();
        return std::chrono::seconds{std::min(seconds, longest)};
    }
    auto date = http_date_in(retry_after);
    if (!date) return usual_pause;
    return std::clamp<milliseconds>(*date - now, 0ms, longest_pause);
}

}  // namespace muster::http
