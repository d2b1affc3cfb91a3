#pragma once

#include <optional>
#include <variant>

#include "adapters/msteams/activity_parts.hpp"
#include "adapters/msteams/token.hpp"
#include "bot/domain/inbound.hpp"

// What Microsoft tells ends here: activities (protocols/teams.md 1) become neutral words. Pure.
namespace muster::msteams {

// Where an activity came from, and so where it is answered.
struct Where {
    PlaceKind kind = PlaceKind::personal;
    std::string conversation;
    std::string service_url;
    std::string bot;     // how we are called there: "28:..."
    std::string person;  // how they are called there: "29:..."; other than their account
    std::string card;    // the activity whose card was used; "" = none
};

enum class Answered {
    by_a_call,      // after the request
    on_the_card,    // in the response: an invoke "adaptiveCard/action"
    by_a_dialog,    // in the response, which opens one: "task/fetch"
    in_the_dialog,  // in the response, while it is open: "task/submit"
    by_nothing,
};

// Why there is nothing in it for the bot.
namespace why {
inline constexpr std::string_view unknown_kind = "unknown_kind";
inline constexpr std::string_view unknown_event = "unknown_event";
inline constexpr std::string_view unreadable = "unreadable";  // not as Microsoft writes it
inline constexpr std::string_view no_line = "no_line";        // nothing was typed
inline constexpr std::string_view unknown_button = "unknown_button";
}  // namespace why

struct Told {
    Answered answered = Answered::by_a_call;
    std::string account;            // the Entra object id; "" of what nobody did
    std::vector<std::string> keys;  // design.md, "An answer arrives"
    Instant sent_at{};
    InboundEvent event;
    Where where;
    ZoneName zone;  // of the device that it came from; "" = not told
};

struct Nothing {
    std::string_view why;
    // Somebody used a button or a form that says nothing to us; `event` says nothing either.
    std::optional<Told> used = std::nullopt;
};

using Heard = std::variant<Told, Nothing>;

Heard read_activity(const json::Value& activity);

// What a body says of itself, for the gate: also of one that is nothing for the bot.
Origin origin_of(const json::Value& activity);

}  // namespace muster::msteams
