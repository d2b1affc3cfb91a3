#include "adapters/msteams/card_data.hpp"

#include <algorithm>

#include "bot/domain/button_value.hpp"

namespace muster::msteams {
namespace {

// The members of the data. What was entered stands beside them, under the ids of the inputs.
constexpr const char* press = "muster.press";
constexpr const char* form = "muster.form";
constexpr const char* dismissal = "muster.dismiss";

constexpr std::string_view of_text = "f.";
constexpr std::string_view of_several = "s.";  // joined by commas
constexpr std::string_view of_tick = "t.";     // what is not ticked may come as anything

constexpr const char* ticked = "yes";
constexpr std::size_t most_inputs = 64;

// "mon,tue" -> "mon tue".
std::string with_spaces(std::string values) {
    std::ranges::replace(values, ',', ' ');
    return values;
}

std::optional<std::pair<std::string, std::string>> entry_in(const json::Member& member) {
    std::string_view id{member.key};
    const auto* value = member.value.text();
    if (!value) return std::nullopt;
    if (id.starts_with(of_text)) return std::pair{std::string{id.substr(of_text.size())}, *value};
    if (id.starts_with(of_several))
        return std::pair{std::string{id.substr(of_several.size())}, with_spaces(*value)};
    if (id.starts_with(of_tick))
        return std::pair{
            std::string{id.substr(of_tick.size())}, std::string{*value == ticked ? ticked : ""}};
    return std::nullopt;
}

FormValues entries_in(const json::Value& data) {
    FormValues values;
    for (const auto& member : *data.object())
        if (auto entry = entry_in(member); entry && values.size() < most_inputs)
            values.push_back(std::move(*entry));
    return values;
}

}  // namespace

json::Object data_of(const Button& button) {
    return {{press, button_value(button)}};
}

json::Object data_of(const FormContext& context) {
    return {{form, to_text(context)}};
}

json::Object data_to_dismiss(const FormContext& context) {
    return {{dismissal, to_text(context)}};
}

std::string input_id(const Field& field) {
    using Kind = Field::Kind;
    auto kind = field.kind == Kind::several || field.kind == Kind::people ? of_several
                : field.kind == Kind::tick                                ? of_tick
                                                                          : of_text;
    return std::string{kind} + field.key;
}

std::optional<std::variant<Pressed, Submitted, Dismissed>> done_in(const json::Value& data) {
    if (!data.object()) return std::nullopt;
    if (auto pressed = pressed_in(data.text_of(press))) return *std::move(pressed);
    if (auto sent = form_context_from(data.text_of(form)))
        return Submitted{*std::move(sent), entries_in(data)};
    if (auto dismissed = form_context_from(data.text_of(dismissal)))
        return Dismissed{*std::move(dismissed)};
    return std::nullopt;
}

}  // namespace muster::msteams
