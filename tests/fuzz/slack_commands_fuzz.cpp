#include <algorithm>
#include <set>

#include "adapters/http/form_body.hpp"
#include "tests/fuzz/form.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/heard.hpp"

// Input: the body that Slack posts to /slack/commands, a form.
namespace muster::slack {
namespace {

using fuzz::promise;

std::string value_of(const fuzz::Pairs& pairs, std::string_view name) {
    auto found = std::ranges::find(pairs, name, &fuzz::Pairs::value_type::first);
    return found == pairs.end() ? "" : found->second;
}

// What is taken, an independent reader understands in the same way.
void expect_the_same_form(std::string_view body) {
    auto form = http::form_in(body);
    if (!form) return;
    auto pairs = fuzz::pairs_of_a_form(body);
    promise(pairs && pairs->size() == form->size(), "two readers see as many entries");
    promise(form->size() <= http::most_entries, "a form has few entries");
    std::set<std::string> names;
    for (std::size_t at = 0; at < form->size(); ++at) {
        const auto& [name, value] = (*form)[at];
        promise(name == (*pairs)[at].first, "two readers see the same name");
        promise(value == (*pairs)[at].second, "two readers see the same value");
        promise(names.insert(name).second, "no name comes twice");
        promise((name + value).find('\0') == std::string::npos, "no NUL");
    }
}

void expect_readable(std::string_view body) {
    auto heard = read_command(body, ours());
    expect_whole(heard);
    const auto* told = std::get_if<Told>(&heard);
    if (!told) return;
    auto pairs = fuzz::pairs_of_a_form(body).value_or(fuzz::Pairs{});
    promise(told->origin == Origin::command, "a command is answered as one");
    promise(told->account == value_of(pairs, "user_id"), "the person who typed it");
    promise(told->way.response_url == value_of(pairs, "response_url"), "where it is answered");
}

}  // namespace
}  // namespace muster::slack

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto body = muster::fuzz::text_of(bytes, size);
    muster::slack::expect_the_same_form(body);
    muster::slack::expect_readable(body);
    return 0;
}
