#include "bot/cli/commands.hpp"
#include "bot/cli/program.hpp"

namespace muster::cli {

int run(const Serve& command) {
    ProgramOptions options;
    options.configuration = configuration_of(command.place);
    return run_program(std::move(options));
}

}  // namespace muster::cli
