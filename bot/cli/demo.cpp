#include "bot/cli/commands.hpp"
#include "bot/cli/listening.hpp"
#include "bot/cli/program.hpp"
#include "bot/cli/refusal.hpp"
#include "config/peers.hpp"
#include "config/samples.hpp"
#include "config/settings_file.hpp"

namespace muster::cli {
namespace {

config::Listener listener_of(const std::string& option, const std::string& typed) {
    auto listener = config::listener_from(typed);
    if (!listener || !config::is_loopback(*listener))
        throw Refusal(
            exit_code::usage,
            "muster: " + option +
                " takes an address of this machine such as 127.0.0.1:8080, not \"" + typed +
                "\". Anybody on the page may be anybody on the team, so it stays on this machine."
        );
    return *listener;
}

}  // namespace

int run(const Demo& command) {
    ProgramOptions options;
    options.is_demo = true;
    options.configuration = demo_configuration(command.data);
    auto& server = options.configuration.server;
    server.listen = listener_of("--listen", command.listen);
    if (command.admin_listen)
        server.admin_listen = listener_of("--admin-listen", *command.admin_listen);
    else if (!is_free(server.admin_listen))
        server.admin_listen.port = 0;

    auto sample = config::settings_from(config::demo_settings(), "demo.jsonc");
    if (!sample) refuse(sample.error());
    options.first_settings = std::move(sample->wanted);
    return run_program(std::move(options));
}

}  // namespace muster::cli
