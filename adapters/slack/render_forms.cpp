#include <algorithm>

#include "adapters/slack/blocks.hpp"
#include "adapters/slack/typed_words.hpp"
#include "adapters/words/lengths.hpp"

namespace muster::slack {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::size_t longest_title = 24;  // also of what the form's buttons say
constexpr std::size_t longest_label = 2'000;
constexpr std::size_t longest_input = 3'000;
constexpr std::size_t longest_option = 75;  // of its words, its description and its value
constexpr std::size_t most_options = 100;

// More, the steps of a scale and people are behind a menu.
constexpr std::size_t most_read_at_a_glance = 5;

// Of an answer that is longer than a form holds: enough to know which it is. All of it stands in
// the message that the form is opened from.
constexpr std::size_t longest_excerpt = 300;

std::int64_t longest_of(const Field& field) {
    return static_cast<std::int64_t>(std::min(field.longest, longest_input));
}

// ---- choices

// What has no room in the first line goes on in a second.
Value option(std::string value, std::string_view words) {
    const auto first = shortened(words, longest_option);
    Object option{{"text", plain_text(first, longest_option)}, {"value", std::move(value)}};
    if (first != words) {
        constexpr std::string_view dots = "…";
        const auto shown = first.size() - dots.size();
        const auto rest = std::string{dots} + std::string{words.substr(shown)};
        option.push_back({"description", plain_text(rest, longest_option)});
    }
    return option;
}

// An answer that is too long to come back goes as its number, which it may be answered with too.
std::string value_of(const Field& field, std::size_t place) {
    const auto& value = field.choices[place].value;
    const bool fits = !value.empty() && length_of(value, units) <= longest_option;
    return fits ? value : std::to_string(place + 1);
}

Array options_of(const Field& field, const Phrasing& phrasing) {
    Array options;
    for (const auto& choice : field.choices)
        options.push_back(option(value_of(field, options.size()), phrasing.words(choice.label)));
    return options;
}

// "Ana Silva – Kit Brown": where one list does not hold them all.
Array groups_of(const Field& field, const Array& options, const Phrasing& phrasing) {
    Array groups;
    for (std::size_t first = 0; first < options.size(); first += most_options) {
        const auto end = std::min(first + most_options, options.size());
        const auto label = phrasing.words(field.choices[first].label) + " – " +
                           phrasing.words(field.choices[end - 1].label);
        const auto begin = options.begin();
        Array group(
            begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(end)
        );
        groups.push_back(Object{
            {"label", plain_text(label, longest_option)}, {"options", std::move(group)}});
    }
    return groups;
}

Object with_initial(Object element, const Field& field, const Array& options) {
    const auto chosen = std::ranges::find(field.choices, field.initial, &Choice::value);
    if (chosen != field.choices.end())
        element.push_back(
            {"initial_option", options[static_cast<std::size_t>(chosen - field.choices.begin())]}
        );
    return element;
}

Object menu(const Field& field, const Phrasing& phrasing) {
    const auto options = options_of(field, phrasing);
    Object element{{"type", "static_select"}, {"action_id", entry_action}};
    if (options.size() <= most_options) {
        element.push_back({"options", options});
    } else {
        element.push_back({"option_groups", groups_of(field, options, phrasing)});
    }
    return with_initial(std::move(element), field, options);
}

Object radio_buttons(const Field& field, const Phrasing& phrasing) {
    const auto options = options_of(field, phrasing);
    Object element{{"type", "radio_buttons"}, {"action_id", entry_action}, {"options", options}};
    return with_initial(std::move(element), field, options);
}

// ---- inputs

Object text_input(const Field& field, bool multiline) {
    Object element{
        {"type", "plain_text_input"},
        {"action_id", entry_action},
        {"multiline", multiline},
        {"max_length", longest_of(field)},
    };
    if (!field.initial.empty()) element.push_back({"initial_value", field.initial});
    return element;
}

Object time_picker(const Field& field) {
    Object element{{"type", "timepicker"}, {"action_id", entry_action}};
    if (time_of_day_from(field.initial)) element.push_back({"initial_time", field.initial});
    return element;
}

Object date_picker(const Field& field) {
    Object element{{"type", "datepicker"}, {"action_id", entry_action}};
    if (date_from(field.initial)) element.push_back({"initial_date", field.initial});
    return element;
}

// Slack's own picker finds everybody in the workspace by name; bots too.
Object people_picker(const Field& field) {
    Object element{{"type", "multi_users_select"}, {"action_id", entry_action}};
    Array initial;
    std::string_view rest{field.initial};
    while (!rest.empty()) {
        const auto end = std::min(rest.find(' '), rest.size());
        if (end > 0) initial.emplace_back(std::string{rest.substr(0, end)});
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (!initial.empty()) element.push_back({"initial_users", std::move(initial)});
    return element;
}

// The field's label stands above it, so that the box itself says yes.
Object tick_box(const Field& field, const Phrasing& phrasing) {
    Array options{option(std::string{ticked}, phrasing.words(text("choice.yes")))};
    Object element{{"type", "checkboxes"}, {"action_id", entry_action}, {"options", options}};
    if (!field.initial.empty()) element.push_back({"initial_options", std::move(options)});
    return element;
}

Object choice_input(const Field& field, const Phrasing& phrasing, std::size_t most_at_once) {
    const auto count = field.choices.size();
    if (count == 0) return text_input(field, false);  // Slack takes no empty menu
    return count <= most_at_once ? radio_buttons(field, phrasing) : menu(field, phrasing);
}

bool is_among(std::string_view words, const std::string& value) {
    const auto spaced = " " + std::string{words} + " ";
    return spaced.find(" " + value + " ") != std::string::npos;
}

// Ten boxes stand below each other; more are behind a menu.
Object several_of(const Field& field, const Phrasing& phrasing) {
    constexpr std::size_t most_boxes = 10;
    if (field.choices.empty()) return text_input(field, false);  // Slack takes no empty menu
    const auto options = options_of(field, phrasing);
    const auto* type = options.size() <= most_boxes ? "checkboxes" : "multi_static_select";
    Object element{{"type", type}, {"action_id", entry_action}};
    if (options.size() <= most_options) {
        element.push_back({"options", options});
    } else {
        element.push_back({"option_groups", groups_of(field, options, phrasing)});
    }
    Array chosen;
    for (std::size_t place = 0; place < options.size(); ++place)
        if (is_among(field.initial, field.choices[place].value)) chosen.push_back(options[place]);
    if (!chosen.empty()) element.push_back({"initial_options", std::move(chosen)});
    return element;
}

Object element_of(const Field& field, const Phrasing& phrasing) {
    switch (field.kind) {
        case Field::Kind::line:
        case Field::Kind::group: return text_input(field, false);  // Slack has no menu of groups
        case Field::Kind::shown:
        case Field::Kind::paragraph: return text_input(field, true);
        case Field::Kind::choice:
        case Field::Kind::yes_no: return choice_input(field, phrasing, most_read_at_a_glance);
        case Field::Kind::scale:
        case Field::Kind::person: return choice_input(field, phrasing, 0);
        case Field::Kind::people: return people_picker(field);
        case Field::Kind::several: return several_of(field, phrasing);
        case Field::Kind::date: return date_picker(field);
        case Field::Kind::time: return time_picker(field);
        case Field::Kind::tick: return tick_box(field, phrasing);
    }
    return {};
}

Value input(const Field& field, const Phrasing& phrasing) {
    Object block{
        {"type", "input"},
        {"block_id", field.key},
        {"label", plain_text(phrasing.words(field.label), longest_label)},
        {"element", element_of(field, phrasing)},
        {"optional", !field.required},
    };
    if (field.hint)
        block.push_back({"hint", plain_text(phrasing.words(*field.hint), longest_label)});
    return block;
}

// ---- what is read only

void add_shown(
    Array& blocks, const Field& field, const Text& how_to_change, const Phrasing& phrasing
) {
    auto leaves = phrasing.leaves(field.label, true);
    append_words(leaves, "\n");
    append_typed(leaves, shortened(field.initial, longest_excerpt));
    for (auto& [block, words] : paragraph(leaves))
        blocks.push_back(std::move(block));
    for (auto& [block, words] : small_print(phrasing.words(how_to_change)))
        blocks.push_back(std::move(block));
}

// Characters that are two units each may be more than Slack lets in, although they are no more than
// the field does. Cut, they would be lost when the form is sent.
bool is_too_long(const Field& field) {
    using Kind = Field::Kind;
    auto is_typed =
        field.kind == Kind::line || field.kind == Kind::paragraph || field.kind == Kind::group;
    return is_typed &&
           length_of(field.initial, units) > static_cast<std::size_t>(longest_of(field));
}

void add_field(Array& blocks, const Field& field, const Phrasing& phrasing) {
    if (field.kind == Field::Kind::shown) {
        add_shown(blocks, field, field.hint.value_or(Text{verbatim("")}), phrasing);
    } else if (is_too_long(field)) {
        add_shown(blocks, field, text("form.change_by_editing"), phrasing);
    } else {
        blocks.push_back(input(field, phrasing));
    }
}

Array blocks_of(const Form& form, const Phrasing& phrasing) {
    Array blocks;
    for (const auto& field : form.fields)
        add_field(blocks, field, phrasing);
    if (form.who_sees)
        for (auto& [block, words] : small_print(phrasing.words(*form.who_sees)))
            blocks.push_back(std::move(block));
    return blocks;
}

}  // namespace

Value render(const Form& form, const Catalogue& catalogue) {
    const Phrasing phrasing(catalogue, form.reader, Readers::one);
    Object view{
        {"type", "modal"},
        {"callback_id", to_text(form.context)},
        {"private_metadata", to_text(form.context)},
        {"notify_on_close", true},
        {"title", plain_text(phrasing.words(form.title), longest_title)},
        {"submit", plain_text(phrasing.words(form.submit), longest_title)},
    };
    if (form.dismiss)
        view.push_back({"close", plain_text(phrasing.words(*form.dismiss), longest_title)});
    view.push_back({"blocks", blocks_of(form, phrasing)});
    return view;
}

Value render(const FormErrors& refused, const Catalogue& catalogue) {
    const Phrasing phrasing(catalogue, refused.reader, Readers::one);
    Object errors;
    for (const auto& [key, what_to_do] : refused.errors) {
        auto words = phrasing.words(what_to_do);
        const auto known = std::ranges::find(errors, key, &json::Member::key);
        if (known == errors.end()) {
            errors.push_back({key, std::move(words)});
        } else {
            known->value = *known->value.text() + " " + words;
        }
    }
    return Object{{"response_action", "errors"}, {"errors", std::move(errors)}};
}

}  // namespace muster::slack
