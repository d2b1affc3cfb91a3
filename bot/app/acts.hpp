#pragma once

#include "bot/domain/decision.hpp"
#include "bot/domain/inbound.hpp"
#include "storage/store.hpp"

namespace muster {

// Besides its request's own keys: says that this line was taken.
std::string key_of_line(const std::string& message);

// What an inbound event means: loads the state it speaks of and lets the domain decide. Runs inside
// the write transaction; changes nothing itself.
Decision act(View&, const Inbound&, Instant now);

}  // namespace muster
