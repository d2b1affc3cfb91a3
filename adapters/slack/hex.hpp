#pragma once

#include <span>
#include <string>

namespace muster::slack {

// "0f": two small digits for each byte.
std::string hex_of(std::span<const unsigned char> bytes);

}  // namespace muster::slack
