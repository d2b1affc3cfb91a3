#include "adapters/json/strict.hpp"
#include "adapters/slack/render.hpp"
#include "tests/fuzz/form.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/heard.hpp"

// Presses, forms sent and forms put away. Input: JSON, which comes as Slack sends it, "payload="
// and escapes; or such a form's bytes.
namespace muster::slack {
namespace {

using fuzz::promise;

void expect_answerable(const Told& told) {
    promise(
        told.origin == Origin::button || told.origin == Origin::form, "a person waits for an answer"
    );
    bool is_of_a_form = told.origin == Origin::form;
    promise(!is_of_a_form || !told.way.view.empty(), "the form that is answered has an id");
    promise(!is_of_a_form || told.keys.size() == 1, "a form that comes again is known again");
}

void expect_readable(std::string_view form_body) {
    auto heard = read_interaction(form_body, ours());
    expect_whole(heard);
    if (const auto* told = std::get_if<Told>(&heard)) expect_answerable(*told);
}

// A button of ours says just one thing, in just one way.
void expect_one_value_a_button(std::string_view value) {
    auto pressed = pressed_in(value);
    if (!pressed) return;
    Button button{.verb = pressed->verb, .label = {}, .spoken = {}};
    button.subject = pressed->subject;
    button.extra = pressed->extra;
    auto without_revision = [](std::string_view whole) {
        return whole.substr(0, whole.rfind(':'));
    };
    promise(
        without_revision(button_value(button)) == without_revision(value),
        "each button has one value"
    );
}

}  // namespace
}  // namespace muster::slack

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto input = muster::fuzz::text_of(bytes, size);
    muster::slack::expect_readable("payload=" + muster::fuzz::escaped_for_a_form(input));
    muster::slack::expect_readable(input);
    muster::slack::expect_one_value_a_button(input);
    return 0;
}
