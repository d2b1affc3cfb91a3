#pragma once

#include "bot/domain/inbound.hpp"
#include "bot/domain/result.hpp"

// What the page sends, as a neutral event: its JSON ends here. Pure.
namespace muster::local {

enum class Act { say, press, submit, dismiss, command, edit, remove };

inline constexpr std::size_t longest_line = 40'000;  // bytes a person may send at once
inline constexpr std::size_t most_values = 50;       // of one form

// One act of the page. `request` names it: the page repeats it with the same one until it is
// answered.
struct Sent {
    std::string request;
    std::string account;  // external id of who the page is
    std::string place;    // say, command: where it was typed; "" otherwise
    InboundEvent event;   // the line of a Said is named line_id(request)
};

// Errc::bad_input when anything is missing, too long or not of its kind.
Result<Sent> read(Act act, std::string_view body);

enum class Jump { next_event, one_hour, tomorrow };

struct Jumping {
    Jump to;
    std::string account;
};

Result<Jumping> read_jump(std::string_view body);

// As the bot takes it in. Its key is the request's id, for this account alone.
Inbound inbound_of(const Sent& sent, ConnectionId connection, Instant at, Seed seed);

std::string line_id(std::string_view request);     // of what the person typed
std::string whisper_id(std::string_view request);  // of the private reply to it

}  // namespace muster::local
