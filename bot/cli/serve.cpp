#include "bot/cli/serve.hpp"

#include "bot/cli/commands.hpp"
#include "bot/cli/program.hpp"
#include "bot/cli/refusal.hpp"

namespace muster::cli {

int run(const Serve& command) {
    ProgramOptions options;
    options.configuration = configuration_of(command.place);
    if (auto missing = config::missing_adapter(options.configuration, built_platforms))
        throw Refusal(exit_code::usage, *missing);
    return run_program(std::move(options));
}

}  // namespace muster::cli
