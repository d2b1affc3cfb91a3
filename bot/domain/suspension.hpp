#pragma once

#include "bot/domain/decision.hpp"

namespace muster {

inline constexpr const char* suspended_event = "connection.suspended";

// A platform refuses Muster as a whole: its token was revoked, its workspace closed. Deliveries
// over the connection wait, and expire in their time.
Decision suspended(Connection, const std::string& reason, Instant now);

// It serves Muster again.
Decision resumed(Connection, Instant now);

}  // namespace muster
