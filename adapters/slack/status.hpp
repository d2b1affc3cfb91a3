#pragma once

#include "adapters/json/strict.hpp"
#include "bot/domain/person.hpp"

// What Slack's profile of a user says of their days. Whether they are ill or on leave ends here.
// Pure.
namespace muster::slack {

// None where the profile has no status.
std::optional<AwayHint> away_hint_in(const json::Value& profile);

// Slack counts in seconds, and writes 0 or 1 where there is no time.
std::optional<Instant> instant_in(const json::Value& seconds);

}  // namespace muster::slack
