#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace muster::msteams {

// The bytes of base64url without padding (RFC 7515 2, RFC 4648 5); nothing for any other text.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace muster::msteams
