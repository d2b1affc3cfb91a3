#include <algorithm>

#include "adapters/msteams/card_data.hpp"
#include "adapters/msteams/elements.hpp"
#include "adapters/msteams/render.hpp"
#include "adapters/words/lengths.hpp"

namespace muster::msteams {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr const char* with_labels = "1.3";
constexpr const char* with_an_answer = "1.4";  // Action.Execute

constexpr std::size_t longest_title = 60;
constexpr std::size_t most_read_at_a_glance = 5;  // more are behind a menu
constexpr std::size_t most_boxes = 10;

// Of an answer that is longer than a form holds: enough to know which it is. All of it stands in
// the message that the form is opened from.
constexpr std::size_t longest_excerpt = 300;

// People of the tenant, found by their names as they are typed.
constexpr const char* people_of_the_tenant = "graph.microsoft.com/users";

std::int64_t longest_of(const Field& field) {
    return static_cast<std::int64_t>(std::min(field.longest, longest_entry));
}

// A hint is read with its label: nothing else is read where somebody goes from input to input.
std::string label_of(const Field& field, const Phrasing& phrasing) {
    auto label = phrasing.words(field.label);
    if (!field.hint) return label;
    auto ends_a_sentence =
        !label.empty() && std::string_view{".?!:"}.find(label.back()) != std::string_view::npos;
    return label + (ends_a_sentence ? " " : ". ") + phrasing.words(*field.hint);
}

const char* what_is_wrong(const Field& field) {
    switch (field.kind) {
        case Field::Kind::choice:
        case Field::Kind::several:
        case Field::Kind::scale:
        case Field::Kind::yes_no:
        case Field::Kind::person:
        case Field::Kind::people: return "form.error_choice";
        case Field::Kind::date: return "form.error_date";
        case Field::Kind::line:
        case Field::Kind::paragraph:
        case Field::Kind::time:
        case Field::Kind::tick:
        case Field::Kind::shown:
        case Field::Kind::group: break;
    }
    return "form.error_required";
}

// ---- inputs

Object input(const char* type, const Field& field, const Phrasing& phrasing) {
    Object element{
        {"type", type},
        {"id", input_id(field)},
        {"label", label_of(field, phrasing)},
    };
    if (field.required) {
        element.push_back({"isRequired", true});
        element.push_back({"errorMessage", phrasing.words(text(what_is_wrong(field)))});
    }
    return element;
}

void add_value(Object& element, std::string value) {
    if (!value.empty()) element.push_back({"value", std::move(value)});
}

Object text_input(const Field& field, const Phrasing& phrasing) {
    auto element = input("Input.Text", field, phrasing);
    if (field.kind == Field::Kind::paragraph) element.push_back({"isMultiline", true});
    element.push_back({"maxLength", longest_of(field)});
    add_value(element, field.initial);
    return element;
}

Array choices_of(const Field& field, const Phrasing& phrasing) {
    Array choices;
    for (const auto& choice : field.choices)
        choices.push_back(Object{{"title", phrasing.words(choice.label)}, {"value", choice.value}});
    return choices;
}

std::string with_commas(std::string values) {
    std::ranges::replace(values, ' ', ',');
    return values;
}

Object choice_input(const Field& field, std::size_t most_at_once, const Phrasing& phrasing) {
    if (field.choices.empty()) return text_input(field, phrasing);
    auto element = input("Input.ChoiceSet", field, phrasing);
    auto is_several = field.kind == Field::Kind::several;
    auto is_open = field.choices.size() <= most_at_once;
    element.push_back({"choices", choices_of(field, phrasing)});
    element.push_back({"style", is_open ? "expanded" : "compact"});
    element.push_back({"wrap", true});
    if (is_several) element.push_back({"isMultiSelect", true});
    add_value(element, is_several ? with_commas(field.initial) : field.initial);
    return element;
}

// Whom Muster knows is in the list, and everybody in the tenant behind it.
Object people_input(const Field& field, const Phrasing& phrasing) {
    auto element = input("Input.ChoiceSet", field, phrasing);
    element.push_back({"choices", choices_of(field, phrasing)});
    element.push_back(
        {"choices.data", Object{{"type", "Data.Query"}, {"dataset", people_of_the_tenant}}}
    );
    element.push_back({"isMultiSelect", true});
    add_value(element, with_commas(field.initial));
    return element;
}

Object tick_box(const Field& field, const Phrasing& phrasing) {
    return {
        {"type", "Input.Toggle"},
        {"id", input_id(field)},
        {"title", label_of(field, phrasing)},
        {"valueOn", "yes"},
        {"valueOff", "no"},
        {"value", field.initial.empty() ? "no" : "yes"},
        {"wrap", true},
    };
}

Object element_of(const Field& field, const Phrasing& phrasing) {
    switch (field.kind) {
        case Field::Kind::choice:
        case Field::Kind::yes_no: return choice_input(field, most_read_at_a_glance, phrasing);
        case Field::Kind::scale:
        case Field::Kind::person: return choice_input(field, 0, phrasing);
        case Field::Kind::several: return choice_input(field, most_boxes, phrasing);
        case Field::Kind::people: return people_input(field, phrasing);
        case Field::Kind::tick: return tick_box(field, phrasing);
        case Field::Kind::date: {
            auto element = input("Input.Date", field, phrasing);
            add_value(element, field.initial);
            return element;
        }
        case Field::Kind::time: {
            auto element = input("Input.Time", field, phrasing);
            add_value(element, field.initial);
            return element;
        }
        case Field::Kind::line:
        case Field::Kind::paragraph:
        case Field::Kind::shown:
        case Field::Kind::group: break;
    }
    return text_input(field, phrasing);
}

// ---- what is read only

void add_lines(Array& body, const Runs& runs, Size size, Gap gap) {
    for (const auto& line : lines_of(runs))
        body.push_back(paragraph(line, size, std::exchange(gap, Gap::none)));
}

void add_shown(
    Array& body, const Field& field, const Text& how_to_change, const Phrasing& phrasing
) {
    add_lines(body, phrasing.runs(field.label, true), Size::usual, Gap::wide);
    auto excerpt = shortened(field.initial, longest_excerpt);
    add_lines(body, phrasing.runs(verbatim(std::move(excerpt))), Size::usual, Gap::none);
    add_lines(body, phrasing.runs(how_to_change), Size::small, Gap::none);
}

// Characters that are two units each may be more than a host lets in, although they are no more
// than the field does. Cut, they would be lost when the form is sent.
bool is_too_long(const Field& field) {
    auto is_typed = field.kind == Field::Kind::line || field.kind == Field::Kind::paragraph;
    return is_typed &&
           length_of(field.initial, units) > static_cast<std::size_t>(longest_of(field));
}

void add_field(Array& body, const Field& field, const Phrasing& phrasing) {
    if (field.kind == Field::Kind::shown) {
        add_shown(body, field, field.hint.value_or(Text{verbatim("")}), phrasing);
    } else if (is_too_long(field)) {
        add_shown(body, field, text("form.change_by_editing"), phrasing);
    } else {
        auto element = element_of(field, phrasing);
        element.push_back({"spacing", "Large"});
        body.push_back(std::move(element));
    }
}

std::vector<Text> errors_of(const Field& field, const FormErrors* errors) {
    std::vector<Text> found;
    if (!errors) return found;
    for (const auto& [key, what_to_do] : errors->errors)
        if (key == field.key) found.push_back(what_to_do);
    return found;
}

void add_error(Array& body, const Text& what_to_do, const Phrasing& phrasing) {
    auto words = text("form.error", {{"error", TextList{what_to_do}}});
    add_lines(body, phrasing.runs(words, true), Size::usual, Gap::wide);
}

// Each error stands above what it is about, and the first above everything: the form may be longer
// than the dialog.
Array body_of(const Form& form, const FormErrors* errors, const Phrasing& phrasing) {
    Array body;
    if (errors) add_lines(body, phrasing.runs(text("form.problem"), true), Size::large, Gap::usual);
    for (const auto& field : form.fields) {
        for (const auto& error : errors_of(field, errors))
            add_error(body, error, phrasing);
        add_field(body, field, phrasing);
    }
    if (form.who_sees) add_lines(body, phrasing.runs(*form.who_sees), Size::small, Gap::wide);
    return body;
}

// What is asked, for a host that cannot show it.
std::string words_of(const Form& form, const Phrasing& phrasing) {
    auto words = phrasing.words(form.title);
    auto number = 0;
    for (const auto& field : form.fields)
        words += "\n" + std::to_string(++number) + ". " + phrasing.words(field.label);
    return words + "\n" + phrasing.words(text("form.answer_by_typing"));
}

// Teams has no groups of people to choose from.
Form as_shown_here(Form form) {
    std::erase_if(form.fields, [](const Field& field) { return field.kind == Field::Kind::group; });
    return form;
}

Dialog dialog_of(const Form& form, const FormErrors* errors, const Catalogue& catalogue) {
    const Phrasing phrasing{catalogue, form.reader};
    Array actions;
    actions.push_back(submit_action(form, false, phrasing));
    if (form.dismiss) actions.push_back(dismiss_action(form, phrasing));
    Dialog dialog;
    dialog.title = shortened(phrasing.words(form.title), longest_title);
    dialog.card = card_of(
        body_of(form, errors, phrasing), std::move(actions), with_labels, words_of(form, phrasing)
    );
    return dialog;
}

}  // namespace

Dialog render(const Form& form, const Catalogue& catalogue) {
    return dialog_of(as_shown_here(form), nullptr, catalogue);
}

Dialog render(
    Form form, const FormErrors& errors, const FormValues& entered, const Catalogue& catalogue
) {
    for (auto& field : form.fields)
        for (const auto& [key, value] : entered)
            if (key == field.key && field.kind != Field::Kind::shown) field.initial = value;
    return dialog_of(as_shown_here(std::move(form)), &errors, catalogue);
}

Object render_as_card(const Form& whole, const Catalogue& catalogue) {
    auto form = as_shown_here(whole);
    const Phrasing phrasing{catalogue, form.reader};
    auto body = body_of(form, nullptr, phrasing);
    auto title = phrasing.words(form.title);
    body.insert(
        body.begin(),
        mean_themselves(title) ? heading(title)
                               : paragraph(phrasing.runs(form.title, true), Size::large)
    );
    Array actions;
    actions.push_back(submit_action(form, true, phrasing));
    if (form.dismiss) actions.push_back(dismiss_action(form, phrasing));
    return card_of(std::move(body), std::move(actions), with_an_answer, words_of(form, phrasing));
}

}  // namespace muster::msteams
