#include "bot/domain/button_value.hpp"

#include "bot/domain/text_parts.hpp"

namespace muster {

std::string button_value(const Button& button) {
    return std::string{name(button.verb)} + ":" + std::to_string(button.subject) + ":" +
           std::to_string(button.extra) + ":" + std::to_string(button.revision);
}

std::optional<Pressed> pressed_in(std::string_view value) {
    auto rest = value;
    const auto verb = verb_from(take_part(rest));
    const auto subject = whole_number<std::int64_t>(take_part(rest));
    const auto extra = whole_number<std::int64_t>(take_part(rest));
    const auto revision = whole_number<int>(rest);
    if (!verb || !subject || !extra || !revision) return std::nullopt;
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
