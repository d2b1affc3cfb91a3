#pragma once

#include "bot/cli/commands.hpp"

namespace muster::cli {

// What was typed, understood. Throws a Refusal that names the nearest word when it is not.
Asked read_command_line(int count, const char* const* words);

}  // namespace muster::cli
