#pragma once

#include <string_view>

namespace muster::config {

// The settings file that `muster demo` starts with.
std::string_view demo_settings();

}  // namespace muster::config
