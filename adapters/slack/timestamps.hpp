#pragma once

#include <string_view>

#include "bot/domain/instant.hpp"

// The times that Slack writes as text. Pure.
namespace muster::slack {

// "1531420618", of a request's stamp: at most twelve digits, no sign, no leading zero, no space.
std::optional<Instant> instant_of_seconds(std::string_view stamp);

// "1531420618.000200", of a message or an act: to the millisecond. Such a ts names its message too:
// its text is the name, and is kept as it came.
std::optional<Instant> instant_of(std::string_view ts);

}  // namespace muster::slack
