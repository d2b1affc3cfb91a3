#include <cstdio>

#include <fmt/format.h>

#include "bot/cli/commands.hpp"
#include "bot/cli/exit_code.hpp"

namespace muster::cli {

int run(const Tell& command) {
    fmt::print("{}", command.words);
    return exit_code::ok;
}

}  // namespace muster::cli
