#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/instant.hpp"

// Small formats of Microsoft's. Pure.
namespace muster::msteams {

// "2026-11-22T02:48:19.0141234Z": UTC, with up to seven decimals or none.
std::optional<Instant> instant_of(std::string_view timestamp);

// What somebody typed, as they read it: without the mentions of the bot ("<at>Muster</at>"), other
// people as "@Ana", entities of HTML decoded, spaces that cannot break as others.
std::string typed_words(std::string_view text, const std::vector<std::string>& of_the_bot);

// "19:abc@thread.tacv2;messageid=17" -> "19:abc@thread.tacv2": the channel of a thread.
std::string channel_of(std::string_view conversation);

}  // namespace muster::msteams
