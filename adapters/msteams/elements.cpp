#include "adapters/msteams/elements.hpp"

#include <algorithm>

#include "adapters/msteams/card_data.hpp"
#include "adapters/words/lengths.hpp"

namespace muster::msteams {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::size_t longest_fallback = 4'000;  // in UTF-16 units
constexpr const char* verb_of_ours = "muster";

Value run_of(const Run& run, Size size) {
    Object element{{"type", "TextRun"}, {"text", run.words}};
    if (size == Size::small) element.push_back({"size", "Small"});
    if (size == Size::large) element.push_back({"size", "Medium"});
    if (run.is_bold) element.push_back({"weight", "Bolder"});
    if (run.is_address) {
        element.push_back({"underline", true});
        element.push_back({"selectAction", Object{{"type", "Action.OpenUrl"}, {"url", run.words}}});
    }
    return element;
}

void add_gap(Object& element, Gap gap) {
    if (gap == Gap::none) element.push_back({"spacing", "None"});
    if (gap == Gap::small) element.push_back({"spacing", "Small"});
    if (gap == Gap::wide) element.push_back({"spacing", "Large"});
}

Value submit(std::string title, Object data) {
    return Object{
        {"type", "Action.Submit"}, {"title", std::move(title)}, {"data", std::move(data)}};
}

// Older hosts know no other action than Submit.
Value execute(std::string title, Object data) {
    Object action{
        {"type", "Action.Execute"},
        {"verb", verb_of_ours},
        {"title", title},
        {"data", data},
        {"fallback", submit(std::move(title), std::move(data))},
    };
    return action;
}

Object& object_in(Value& value) {
    return std::get<Object>(value.content);
}

Value action_of(
    const Button& button, std::optional<DeliveryId> delivery, const Phrasing& phrasing
) {
    auto label = phrasing.words(button.label);
    auto data = data_of(button, delivery);
    Value action;
    if (opens_form(button.verb)) {
        data.push_back({"msteams", Object{{"type", "task/fetch"}}});
        action = submit(label, std::move(data));
    } else {
        action = execute(label, std::move(data));
    }
    if (auto spoken = phrasing.words(button.spoken); !spoken.empty() && spoken != label)
        object_in(action).push_back({"tooltip", std::move(spoken)});
    if (button.primary) object_in(action).push_back({"style", "positive"});
    return action;
}

}  // namespace

Value paragraph(const Runs& runs, Size size, Gap gap) {
    Array inlines;
    for (const auto& run : runs)
        inlines.push_back(run_of(run, size));
    Object element{{"type", "RichTextBlock"}, {"inlines", std::move(inlines)}};
    add_gap(element, gap);
    return element;
}

Value heading(std::string words, Gap gap) {
    Object element{
        {"type", "TextBlock"},
        {"text", std::move(words)},
        {"style", "heading"},
        {"size", "Medium"},
        {"weight", "Bolder"},
        {"wrap", true},
    };
    add_gap(element, gap);
    return element;
}

bool mean_themselves(std::string_view words) {
    constexpr std::string_view marks = "\\`*_[]<>#~|&{}\n!";
    if (words.find_first_of(marks) != std::string_view::npos) return false;
    auto digits = words.substr(0, words.find_first_not_of("0123456789"));
    auto begins_a_list = words.starts_with('-') || words.starts_with('+') ||
                         (!digits.empty() && words.substr(digits.size()).starts_with('.'));
    return !begins_a_list && words.find("http") == std::string_view::npos;
}

Value row_of(const Buttons& row, std::optional<DeliveryId> delivery, const Phrasing& phrasing) {
    Array actions;
    for (const auto& button : row.buttons)
        actions.push_back(action_of(button, delivery, phrasing));
    return Object{{"type", "ActionSet"}, {"actions", std::move(actions)}};
}

Object card_of(Array body, Array actions, const char* version, std::string words) {
    Object card{
        {"type", "AdaptiveCard"},
        {"version", version},
        {"fallbackText", shortened(words, longest_fallback)},
        {"body", std::move(body)},
    };
    if (!actions.empty()) card.push_back({"actions", std::move(actions)});
    return card;
}

Value submit_action(const Form& form, bool is_on_a_card, const Phrasing& phrasing) {
    auto title = phrasing.words(form.submit);
    auto action = is_on_a_card ? execute(std::move(title), data_of(form))
                               : submit(std::move(title), data_of(form));
    object_in(action).push_back({"style", "positive"});
    return action;
}

Value dismiss_action(const Form& form, const Phrasing& phrasing) {
    auto action = submit(phrasing.words(*form.dismiss), data_to_dismiss(form.context));
    object_in(action).push_back({"associatedInputs", "None"});
    return action;
}

std::size_t room_of(const Value& value) {
    return length_of(json::dump(value), units);
}

}  // namespace muster::msteams
