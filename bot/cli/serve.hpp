#pragma once

#include <array>
#include <string_view>

namespace muster::cli {

// The platforms that this program can talk to.
inline constexpr std::array<std::string_view, 2> built_platforms{"local", "slack"};

}  // namespace muster::cli
