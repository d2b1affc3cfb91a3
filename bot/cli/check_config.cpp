#include <cstdio>

#include <fmt/format.h>

#include "bot/cli/commands.hpp"
#include "bot/cli/exit_code.hpp"

namespace muster::cli {

int run(const CheckConfig& command) {
    auto checked = config::read_configuration(command.file);
    if (!checked) refuse(checked.error());
    fmt::print("{}: no problems found.\n", command.file.string());
    for (const auto& [name, platform] : config::connections_of(*checked))
        fmt::print("  connection {} ({})\n", name, platform);
    fmt::print("  database {}\n", checked->storage.sqlite.string());
    return exit_code::ok;
}

}  // namespace muster::cli
