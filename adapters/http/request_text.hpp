#pragma once

#include "adapters/http/target.hpp"
#include "bot/ports/http_client.hpp"

namespace muster::http {

// All bytes of a request: the caller's headers between our own. bad_input for a method or header
// that would break a line or speak for us (Host, Connection, lengths, codings).
Result<std::string> request_text(const HttpCall& call, const Target& target);

// Asks a proxy for a connection to the target.
std::string connect_text(const Target& target);

}  // namespace muster::http
