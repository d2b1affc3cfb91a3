#pragma once

#include "adapters/http/message.hpp"

namespace muster::http {

// A fixed body that gives no reason.
Response refusal(int status);

// Throws std::logic_error for a field that would break a line or speak for the server.
void check_fields(const Response& response);

// Status line and fields up to and with the empty line: the server's own fields, those of the
// response, and the length unless the body is an event stream.
std::string head_of(const Response& response, bool keep_alive);

// May a response of this status have one?
bool has_body(int status);

}  // namespace muster::http
