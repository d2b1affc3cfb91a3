#pragma once

#include <string>

#include "bot/domain/instant.hpp"
#include "bot/domain/result.hpp"
#include "bot/ports/task.hpp"

namespace muster::http {

struct Answer {
    int status = 0;
    std::string body;
};

// One plain GET to a listener on this machine, for `muster healthcheck`. `host` is a loopback
// address or "localhost". Errors: bad_input (not a loopback host, or the peer does not speak HTTP),
// unreachable (nobody listens), too_late (no answer within `time`).
Task<Result<Answer>> get(
    std::string host, std::uint16_t port, std::string target, milliseconds time
);

}  // namespace muster::http
