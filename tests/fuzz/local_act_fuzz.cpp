#include "adapters/local/inbound.hpp"
#include "tests/fuzz/fuzz.hpp"

// What the page sends is taken within its bounds, or not at all. Input: the body, JSON.
namespace muster::local {
namespace {

using fuzz::promise;

constexpr std::size_t longest_id = 200;

void expect_line(std::string_view text) {
    promise(text.size() <= longest_line && fuzz::is_utf8(text), "a line that is not too long");
}

struct ExpectWithinBounds {
    const Sent& sent;

    void operator()(const Said& said) const {
        expect_line(said.text);
        promise(!said.text.empty(), "a line says something");
        promise(said.message == line_id(sent.request), "a line is named after its request");
        promise(!said.thread || said.thread->size() <= longest_id, "a name that is not too long");
    }

    void operator()(const Edited& edited) const {
        expect_line(edited.text);
        promise(!edited.text.empty(), "a line says something");
        promise(edited.message.size() <= longest_id, "a name that is not too long");
    }

    void operator()(const Deleted& deleted) const {
        promise(deleted.message.size() <= longest_id, "a name that is not too long");
    }

    void operator()(const Pressed& pressed) const {
        promise(pressed.subject >= 0 && pressed.extra >= 0, "ids are not negative");
        promise(!pressed.delivery, "the page does not say what was delivered");
        promise(pressed.message.size() <= longest_id, "a name that is not too long");
    }

    void operator()(const Submitted& submitted) const {
        promise(submitted.values.size() <= most_values, "a form has few entries");
        for (const auto& [key, value] : submitted.values) {
            promise(key.size() <= longest_id, "a name that is not too long");
            expect_line(value);
        }
    }

    void operator()(const Dismissed& form) const {
        promise(form_context_from(to_text(form.form)) == form.form, "a form that has a name");
    }

    void operator()(const Commanded& commanded) const { expect_line(commanded.text); }

    void operator()(const HomeOpened&) const { promise(false, "the local page has no such place"); }

    void operator()(const Seen&) const { promise(false, "the page proves no arrival"); }

    template <class News>
    void operator()(const News&) const {
        promise(false, "the page tells only what people do");
    }
};

void expect_within_bounds(Act act, std::string_view body) {
    auto sent = read(act, body);
    if (!sent) {
        promise(sent.error() == Errc::bad_input, "what is not taken is bad input");
        return;
    }
    promise(sent->request.size() >= 16 && sent->request.size() <= 64, "a request has a name");
    promise(!sent->account.empty() && sent->account.size() <= longest_id, "somebody sent it");
    std::visit(ExpectWithinBounds{*sent}, sent->event);
    auto inbound = inbound_of(*sent, ConnectionId{1}, Instant{}, Seed{});
    promise(inbound.keys.size() == 1 && !inbound.keys.front().empty(), "it is known again");
}

}  // namespace
}  // namespace muster::local

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using muster::local::Act;
    auto body = muster::fuzz::text_of(bytes, size);
    for (auto act :
         {Act::say, Act::press, Act::submit, Act::dismiss, Act::command, Act::edit, Act::remove})
        muster::local::expect_within_bounds(act, body);
    if (auto jump = muster::local::read_jump(body))
        muster::fuzz::promise(muster::fuzz::is_utf8(jump->account), "who jumped");
    return 0;
}
