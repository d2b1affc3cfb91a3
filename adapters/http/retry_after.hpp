#pragma once

#include <string_view>

#include "bot/domain/instant.hpp"

namespace muster::http {

// Retry-After: seconds or an HTTP date (RFC 9110 10.2.3); nothing readable = 30 s, never negative,
// and never more than a year.
milliseconds pause_in(std::string_view retry_after, Instant now);

}  // namespace muster::http
