#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bot/domain/inbound.hpp"

// Slack's JSON and forms end here: what a verified request says, in neutral words. Pure.
// (protocols/slack.md 2 and 3.)
namespace muster::slack {

// Who we are in one workspace: auth.test says it.
struct Identity {
    std::string team;        // "T..."; "" where the app is installed for a whole organisation
    std::string enterprise;  // "E..."; "" = none
    std::string bot_user;    // "U..."
    std::string bot;         // "B..."
};

// Where an installation is: what a payload is routed by.
struct Workspace {
    std::string team;
    std::string enterprise;
};

bool is_of(const Workspace&, const Identity&);

// How an answer reaches the person. Empty = not in this way.
struct Way {
    std::string trigger;       // opens a form within 3 s, once
    std::string response_url;  // checked against the allow-list before it is used
    std::string channel;       // where it was said or pressed: "D...", "C..."
    std::string thread;        // ts of the thread there
    std::string message;       // ts of the message whose button was pressed
    std::string view;          // id of the form that was sent
};

// url_verification: to be echoed as text/plain.
struct Challenge {
    std::string text;
};

// Understood, and nothing for the bot. Answered 200, and counted by `why`, which is one of few.
struct Nothing {
    std::string_view why;
};

// Not what Slack sends: 400, and Slack is told not to try again.
struct Malformed {};

enum class Origin { event, button, form, command };  // how the request is answered

struct Told {
    Origin origin = Origin::event;
    std::vector<Workspace> workspaces;  // one that is ours will do
    std::string account;
    std::vector<std::string> keys;  // design.md, "An answer arrives"
    Instant sent_at{};
    InboundEvent event;
    Way way;
};

using Heard = std::variant<Told, Challenge, Nothing, Malformed>;

// The three routes. `ours` are the installations whose secret signed the request: what one of them
// posted itself is recognised by them.
Heard read_event(std::string_view json, const std::vector<Identity>& ours);
Heard read_interaction(std::string_view form_body, const std::vector<Identity>& ours);
Heard read_command(std::string_view form_body, const std::vector<Identity>& ours);

}  // namespace muster::slack
