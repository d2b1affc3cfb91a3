#include "adapters/msteams/card_data.hpp"

#include <algorithm>

#include "bot/domain/button_value.hpp"
#include "bot/domain/text_parts.hpp"

namespace muster::msteams {
namespace {

// The members of the data. What was entered stands beside them, under the ids of the inputs.
constexpr const char* press = "muster.press";
constexpr const char* form = "muster.form";
constexpr const char* dismissal = "muster.dismiss";
constexpr const char* arrived = "muster.delivery";
constexpr const char* shown = "muster.inputs";  // their ids, with spaces between them

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
    auto add = [&](const json::Member& member) {
        auto entry = entry_in(member);
        if (!entry || values.size() == most_inputs) return;
        auto is_known = [&](const auto& one) { return one.first == entry->first; };
        if (std::ranges::none_of(values, is_known)) values.push_back(std::move(*entry));
    };
    for (const auto& member : *data.object())
        add(member);
    auto ids = data.text_of(shown);
    for (std::string_view rest{ids}; !rest.empty();) {
        auto end = std::min(rest.find(' '), rest.size());
        add({std::string{rest.substr(0, end)}, ""});
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return values;
}

std::optional<DeliveryId> delivery_in(const json::Value& data) {
    auto id = whole_number<std::int64_t>(data.text_of(arrived));
    if (!id || *id <= 0) return std::nullopt;
    return DeliveryId{*id};
}

}  // namespace

json::Object data_of(const Button& button, std::optional<DeliveryId> delivery) {
    json::Object data{{press, button_value(button)}};
    if (delivery) data.push_back({arrived, std::to_string(delivery->value)});
    return data;
}

json::Object data_of(const Form& sent) {
    std::string inputs;
    for (const auto& field : sent.fields)
        if (field.kind != Field::Kind::shown)
            inputs += (inputs.empty() ? "" : " ") + input_id(field);
    return {{form, to_text(sent.context)}, {shown, inputs}};
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
    if (auto pressed = pressed_in(data.text_of(press))) {
        pressed->delivery = delivery_in(data);
        return *std::move(pressed);
    }
    if (auto sent = form_context_from(data.text_of(form)))
        return Submitted{*std::move(sent), entries_in(data)};
    if (auto dismissed = form_context_from(data.text_of(dismissal)))
        return Dismissed{*std::move(dismissed)};
    return std::nullopt;
}

}  // namespace muster::msteams
