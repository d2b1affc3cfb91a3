#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/rendered.hpp"

// Slack takes every form. Input: a field a line, "kind|label|hint|initial|choice|choice...", where
// the kind is a digit; with a capital letter before it, the field must be filled in. The first line
// is the title, the word of the button that sends it, and small print.
namespace muster::slack {
namespace {

using fuzz::promise;

constexpr std::size_t most_fields = 12;

std::string next_of(std::string_view& line) {
    return fuzz::with_line_breaks(fuzz::take_until('|', line));
}

Field field_in(std::string_view line, std::size_t number) {
    Field field;
    field.key = "field" + std::to_string(number);
    auto kind = next_of(line);
    field.required = !kind.empty() && kind.front() >= 'A' && kind.front() <= 'Z';
    if (!kind.empty() && kind.back() >= '0' && kind.back() <= '8')
        field.kind = static_cast<Field::Kind>(kind.back() - '0');
    field.label = verbatim(next_of(line));
    if (auto hint = next_of(line); !hint.empty()) field.hint = verbatim(std::move(hint));
    field.initial = clipped(next_of(line), field.longest);
    while (!line.empty()) {
        auto words = next_of(line);
        bool is_long = field.choices.size() % 2 == 1;
        auto value = is_long ? words : "c" + std::to_string(field.choices.size());
        field.choices.push_back({std::move(value), verbatim(words)});
    }
    return field;
}

Form form_in(std::string_view input) {
    Form form;
    form.context = {FormKind::answer, 50, 1};
    auto head = fuzz::take_until('\n', input);
    form.title = verbatim(next_of(head));
    form.submit = verbatim(next_of(head));
    if (!head.empty()) form.who_sees = verbatim(next_of(head));
    for (auto line : fuzz::pieces_of(input, '\n'))
        if (form.fields.size() < most_fields)
            form.fields.push_back(field_in(line, form.fields.size()));
    return form;
}

void expect_errors_taken(const Form& form) {
    FormErrors errors;
    for (const auto& field : form.fields)
        errors.errors.emplace_back(field.key, typed("Enter " + field.initial));
    auto answer = render(errors, real_texts());
    promise(answer.text_of("response_action") == "errors", "errors stand below their fields");
    const auto* shown = answer.find("errors");
    promise(shown && shown->object(), "each with its words");
    promise(shown->object()->size() == errors.errors.size(), "all of them");
    for (const auto& [key, words] : *shown->object())
        promise(words.text() && !words.text()->empty(), "no error is without words");
}

}  // namespace
}  // namespace muster::slack

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace muster::slack;
    auto input = muster::fuzz::text_of(bytes, size);
    if (!muster::fuzz::is_utf8(input)) return 0;  // adapters/json lets in nothing else
    auto form = form_in(input);
    auto view = render(form, real_texts());
    expect_taken(view);
    auto context = muster::form_context_from(view.text_of("private_metadata"));
    muster::fuzz::promise(context == form.context, "a form says what it belongs to");
    expect_errors_taken(form);
    return 0;
}
