#pragma once

#include <optional>
#include <variant>

#include "adapters/json/strict.hpp"
#include "adapters/msteams/token.hpp"
#include "bot/domain/inbound.hpp"

// What Microsoft tells ends here: activities (protocols/teams.md 1) become neutral words. Pure.
namespace muster::msteams {

enum class PlaceKind { personal, channel, group };

// Where an activity came from, and so where it is answered.
struct Where {
    PlaceKind kind = PlaceKind::personal;
    std::string conversation;
    std::string service_url;
    std::string bot;     // how we are called there: "28:..."
    std::string person;  // how they are called there: "29:..."; other than their account
    std::string card;    // the activity whose card was used; "" = none
};

enum class Answered { by_a_call, in_the_response, by_nothing };

// Why there is nothing in it for the bot.
namespace why {
inline constexpr std::string_view unknown_kind = "unknown_kind";
inline constexpr std::string_view unknown_event = "unknown_event";
inline constexpr std::string_view unreadable = "unreadable";  // not as Microsoft writes it
inline constexpr std::string_view no_line = "no_line";        // nothing was typed
inline constexpr std::string_view unknown_button = "unknown_button";
}  // namespace why

struct Nothing {
    std::string_view why;
};

struct Told {
    Answered answered = Answered::by_a_call;
    std::string account;            // the Entra object id; "" of what nobody did
    std::vector<std::string> keys;  // design.md, "An answer arrives"
    Instant sent_at{};
    InboundEvent event;
    Where where;
    ZoneName zone;  // of the device that it came from; "" = not told
};

using Heard = std::variant<Told, Nothing>;

Heard read_activity(const json::Value& activity);

// What a body says of itself, for the gate: also of one that is nothing for the bot.
Origin origin_of(const json::Value& activity);

}  // namespace muster::msteams
