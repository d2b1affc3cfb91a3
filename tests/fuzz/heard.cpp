#include "tests/fuzz/heard.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "adapters/json/strict.hpp"
#include "adapters/slack/names.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace muster::slack {
namespace {

using fuzz::is_utf8;
using fuzz::promise;

constexpr std::size_t most_keys = 3;

void expect_words(std::string_view words, std::size_t most = json::longest_string * 2) {
    promise(is_utf8(words), "what was heard is UTF-8");
    promise(words.find('\0') == words.npos, "what was heard has no NUL");
    promise(words.size() <= most, "what was heard is no longer than a text of JSON");
}

void expect_name_of_a_message(std::string_view message) {
    promise(named(message).has_value(), "a message has a name that is understood");
    expect_words(message, json::longest_string * 3);
}

struct ExpectWhole {
    void operator()(const Said& said) const {
        expect_words(said.text);
        expect_name_of_a_message(said.message);
        if (said.thread) expect_name_of_a_message(*said.thread);
    }

    void operator()(const Edited& edited) const {
        expect_words(edited.text);
        expect_name_of_a_message(edited.message);
        if (edited.thread) expect_name_of_a_message(*edited.thread);
    }

    void operator()(const Deleted& deleted) const { expect_name_of_a_message(deleted.message); }

    void operator()(const Pressed& pressed) const {
        promise(verb_from(name(pressed.verb)) == pressed.verb, "a verb that has a name");
        if (!pressed.message.empty()) expect_name_of_a_message(pressed.message);
    }

    void operator()(const Submitted& submitted) const {
        promise(
            form_context_from(to_text(submitted.form)) == submitted.form, "a form that has a name"
        );
        std::set<std::string> keys;
        for (const auto& [key, value] : submitted.values) {
            expect_words(key);
            expect_words(value);
            promise(keys.insert(key).second, "a field of a form is there once");
        }
    }

    void operator()(const Dismissed& form) const {
        promise(form_context_from(to_text(form.form)) == form.form, "a form that has a name");
    }

    void operator()(const Commanded& commanded) const { expect_words(commanded.text); }

    void operator()(const HomeOpened&) const {}

    void operator()(const BlockerWanted& wanted) const { expect_words(wanted.words); }

    void operator()(const ConnectionLost& lost) const {
        promise(!lost.reason.empty(), "a reason for the log");
    }

    void operator()(const PersonChanged& changed) const {
        promise(!changed.person.empty(), "somebody");
    }

    void operator()(const Left& left) const { promise(!left.place.empty(), "some place"); }

    void operator()(const Reopened& reopened) const {
        promise(!reopened.place.empty(), "some place");
    }

    void operator()(const PlaceMoved& moved) const {
        promise(!moved.from.empty() && !moved.to.empty(), "from some place to another");
    }

    void operator()(const QuietWanted& wanted) const {
        promise(!wanted.person.empty(), "some account");
    }

    void operator()(const Introduced&) const { promise(false, "what no payload tells"); }

    void operator()(const MemberJoined& joined) const {
        promise(!joined.place.empty() && !joined.person.empty(), "some place and account");
    }

    void operator()(const GroupChanged& changed) const {
        promise(!changed.group.empty(), "some group");
        promise(!changed.came.empty() || !changed.left.empty(), "that changed");
    }

    void operator()(const Joined& joined) const { promise(!joined.place.empty(), "some place"); }

    void operator()(const LookedUp&) const { promise(false, "only we look anything up"); }

    void operator()(const Seen& seen) const {
        promise(static_cast<bool>(seen.delivery), "what was seen is a delivery");
        expect_name_of_a_message(seen.message);
    }
};

void expect_whole(const Told& told) {
    std::visit(ExpectWhole{}, told.event);
    promise(
        told.account.empty() == std::holds_alternative<Seen>(told.event),
        "somebody did it, unless it is a message of ours that came back"
    );
    expect_words(told.account);
    promise(told.keys.size() <= most_keys, "a few keys");
    for (const auto& key : told.keys) {
        promise(key.size() > 2 && key[1] == ':', "a key says of what it is");
        expect_words(key, json::longest_string * 4);
    }
    for (const auto& workspace : told.workspaces)
        promise(!workspace.team.empty() || !workspace.enterprise.empty(), "a workspace has an id");
    const auto& way = told.way;
    for (const auto* word :
         {&way.trigger, &way.response_url, &way.channel, &way.thread, &way.message, &way.view})
        expect_words(*word);
}

void expect_whole(const Nothing& nothing) {
    constexpr std::array all{
        why::unknown_event,
        why::not_for_us,
        why::from_a_bot,
        why::from_us,
        why::no_line,
        why::no_change,
        why::unreadable,
        why::unknown_button,
        why::unknown_form,
        why::shortcut,
        why::suggestion,
        why::ssl_check,
        why::rate_limited,
        why::tokens_revoked,
    };
    promise(std::ranges::find(all, nothing.why) != all.end(), "a reason that is counted");
}

}  // namespace

const std::vector<Identity>& ours() {
    static const std::vector<Identity> identities{{"T1", "E1", "UMUSTER", "BMUSTER"}};
    return identities;
}

void expect_whole(const Heard& heard) {
    if (const auto* told = std::get_if<Told>(&heard)) expect_whole(*told);
    if (const auto* nothing = std::get_if<Nothing>(&heard)) expect_whole(*nothing);
    if (const auto* challenge = std::get_if<Challenge>(&heard)) {
        promise(!challenge->text.empty(), "a challenge says something");
        expect_words(challenge->text, longest_challenge);
    }
}

}  // namespace muster::slack
