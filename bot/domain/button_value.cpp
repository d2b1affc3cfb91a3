#include "bot/domain/button_value.hpp"

#include <charconv>

namespace muster {
namespace {

template <class Number>
std::optional<Number> number_at_end(std::string_view& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto digits = text.substr(colon + 1);
    Number number{};
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number);
    if (error != std::errc{} || end != digits.end()) return std::nullopt;
    text = text.substr(0, colon);
    return number;
}

}  // namespace

std::string button_value(const Button& button) {
    return std::string{name(button.verb)} + ":" + std::to_string(button.subject) + ":" +
           std::to_string(button.extra) + ":" + std::to_string(button.revision);
}

std::optional<Pressed> pressed_in(std::string_view value) {
    auto rest = value;
    const auto revision = number_at_end<int>(rest);
    const auto extra = revision ? number_at_end<std::int64_t>(rest) : std::nullopt;
    const auto subject = extra ? number_at_end<std::int64_t>(rest) : std::nullopt;
    const auto verb = subject ? verb_from(rest) : std::nullopt;
    if (!verb) return std::nullopt;
    const Button pressed{
        .verb = *verb,
        .subject = *subject,
        .extra = *extra,
        .revision = *revision,
        .label = {},
        .spoken = {},
    };
    // Each button has one value: "+1" and "01" are nobody's.
    if (button_value(pressed) != value) return std::nullopt;
    return Pressed{.verb = *verb, .subject = *subject, .extra = *extra, .message = ""};
}

}  // namespace muster
