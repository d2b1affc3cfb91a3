#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/json/strict.hpp"
#include "adapters/slack/identity.hpp"
#include "bot/domain/inbound.hpp"

// Slack's JSON and forms end here: what a verified request says, in neutral words. Pure, and never
// throws: what Slack adds is not looked at, what it leaves out is done without.
// (protocols/slack.md 2 and 3.)
namespace muster::slack {

// Where an installation is: what a payload is routed by. Never both empty.
struct Workspace {
    std::string team;
    std::string enterprise;

    bool operator==(const Workspace&) const = default;
};

// An installation for a whole organisation is in every workspace of it.
bool is_of(const Workspace&, const Identity&);

// How an answer reaches the person. Empty = not in this way.
struct Way {
    std::string trigger;       // opens a form within 3 s, once
    std::string response_url;  // checked against the allow-list before it is used
    std::string channel;       // where it was said or pressed: "D...", "C..."
    std::string thread;        // ts of the thread there
    std::string message;       // ts of the message whose button was pressed
    std::string view;          // id of the form that was sent
    bool home = false;         // on the person's own page: nothing stands in a conversation
};

// url_verification: to be echoed as text/plain.
struct Challenge {
    std::string text;
};

inline constexpr std::size_t longest_challenge = 1024;

// Why there is nothing in it for the bot.
namespace why {
inline constexpr std::string_view unknown_event = "unknown_event";  // a type that we do not know
inline constexpr std::string_view not_for_us = "not_for_us";        // people talk to each other
inline constexpr std::string_view from_a_bot = "from_a_bot";        // another than ours
inline constexpr std::string_view from_us = "from_us";              // proves no arrival
inline constexpr std::string_view no_line = "no_line";              // somebody joined, a new topic
inline constexpr std::string_view other_tab = "other_tab";          // of the app's own pages
inline constexpr std::string_view no_change = "no_change";    // of the words: a link's preview
inline constexpr std::string_view unreadable = "unreadable";  // not as Slack writes it
inline constexpr std::string_view unknown_button = "unknown_button";  // a link, or no button
inline constexpr std::string_view unknown_form = "unknown_form";
inline constexpr std::string_view shortcut = "shortcut";      // none of ours
inline constexpr std::string_view suggestion = "suggestion";  // options of a list, while typing
inline constexpr std::string_view ssl_check = "ssl_check";    // comes unsigned
inline constexpr std::string_view rate_limited = "app_rate_limited";
inline constexpr std::string_view tokens_revoked = "tokens_revoked";  // of others
}  // namespace why

// Understood, and nothing for the bot. Answered 200, and counted by `why`, which is one of those.
struct Nothing {
    std::string_view why;
};

// Not what Slack sends: 400, and Slack is told not to try again. Whoever waits for an answer sees
// that it failed, and a form stays open.
struct Malformed {
    bool is_too_large = false;  // JSON of more values, or of a longer text, than anybody sends: 413
};

enum class Origin { event, button, form, command };  // how the request is answered

struct Told {
    Origin origin = Origin::event;
    std::vector<Workspace> workspaces;  // one that is ours will do; none: nobody's
    std::string account;                // "" of what nobody did
    std::vector<std::string> keys;      // design.md, "An answer arrives"
    Instant sent_at{};                  // 1970 where Slack does not tell it: forms, commands
    InboundEvent event;
    Way way;
};

using Heard = std::variant<Told, Challenge, Nothing, Malformed>;

// The three routes. `ours` are the installations whose secret signed the request: what one of them
// posted itself is recognised by them.
Heard read_event(std::string_view json_body, const std::vector<Identity>& ours);
Heard read_interaction(std::string_view form_body, const std::vector<Identity>& ours);
Heard read_command(std::string_view form_body, const std::vector<Identity>& ours);

// What the three carry, and an envelope of Socket Mode bears as it is.
Heard heard_in_event(const json::Value& payload, const std::vector<Identity>& ours);
Heard heard_in_interaction(const json::Value& payload);
Heard heard_in_command(const json::Value& payload);

}  // namespace muster::slack
