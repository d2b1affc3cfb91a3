#include <fmt/format.h>

#include "adapters/slack/manifest.hpp"
#include "adapters/slack/scopes.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/exit_code.hpp"

namespace muster::cli {

int run(const SlackManifest& command) {
    fmt::print("{}", slack::manifest(command.public_url, command.is_over_socket));
    return exit_code::ok;
}

int run(const SlackPermissions&) {
    fmt::print("With each permission of its app in Slack, Muster\n\n");
    for (const auto& scope : slack::scopes())
        fmt::print("  {:<18} {}\n", scope.name, scope.why);
    fmt::print("\nIt cannot do without");
    auto separator = " ";
    for (const auto& scope : slack::scopes())
        if (scope.needed) fmt::print("{}{}", std::exchange(separator, ", "), scope.name);
    fmt::print(".\nIt asks for nothing that reads what people say to each other in channels.\n");
    return exit_code::ok;
}

}  // namespace muster::cli
