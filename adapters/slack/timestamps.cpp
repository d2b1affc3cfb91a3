#include "adapters/slack/timestamps.hpp"

#include <charconv>

namespace muster::slack {
namespace {

// So many digits of seconds fit an Instant; they reach the year 33658.
constexpr std::size_t most_digits = 12;

std::optional<std::int64_t> number_in(std::string_view digits) {
    if (digits.empty() || digits.size() > most_digits) return std::nullopt;
    if (digits.find_first_not_of("0123456789") != digits.npos) return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

}  // namespace

std::optional<Instant> instant_of_seconds(std::string_view stamp) {
    auto seconds = number_in(stamp);
    if (!seconds || stamp.starts_with('0')) return std::nullopt;
    return Instant{std::chrono::seconds{*seconds}};
}

std::optional<Instant> instant_of(std::string_view ts) {
    auto point = ts.find('.');
    if (point == ts.npos) return std::nullopt;
    auto seconds = instant_of_seconds(ts.substr(0, point));
    auto fraction = ts.substr(point + 1);
    if (!seconds || !number_in(fraction)) return std::nullopt;

    std::string thousandths{fraction.substr(0, 3)};
    thousandths.resize(3, '0');
    return *seconds + milliseconds{*number_in(thousandths)};
}

}  // namespace muster::slack
