#pragma once

#include <string>
#include <string_view>

namespace muster {

// The text without what looks like a secret: tokens, bearer credentials, signed tokens, and of web
// addresses everything but scheme and host. A last net: nothing of that kind should come here.
std::string redacted(std::string_view text);

}  // namespace muster
