#include <charconv>

#include "adapters/slack/blocks.hpp"
#include "adapters/slack/lengths.hpp"

namespace muster::slack {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::size_t longest_label = 75;  // also of the spoken one

Value button_element(const Button& button, std::size_t place, const Phrasing& phrasing) {
    Object element{
        {"type", "button"},
        {"action_id", std::string{name(button.verb)} + ":" + std::to_string(place)},
        {"text", plain_text(phrasing.words(button.label), longest_label)},
        {"value", button_value(button)},
    };
    if (button.primary) element.push_back({"style", "primary"});
    if (auto spoken = phrasing.words(button.spoken); !spoken.empty())
        element.push_back({"accessibility_label", shortened(spoken, longest_label)});
    return element;
}

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

Value row_of(const Buttons& row, const Phrasing& phrasing) {
    Array elements;
    for (const auto& button : row.buttons)
        elements.push_back(button_element(button, elements.size(), phrasing));
    return Object{{"type", "actions"}, {"elements", std::move(elements)}};
}

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

}  // namespace muster::slack
