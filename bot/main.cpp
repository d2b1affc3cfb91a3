#include <cstdio>

#include <fmt/format.h>

#include "bot/cli/command_line.hpp"
#include "bot/cli/refusal.hpp"

// What was typed becomes a command; each has a run() in the file of its name in bot/cli. The parts
// of the bot itself are put together in bot/cli/program.cpp.
int main(int count, char** words) {
    using namespace muster;
    try {
        auto asked = cli::read_command_line(count, words);
        auto carry_out = [](const auto& command) { return cli::run(command); };
        return std::visit(carry_out, asked);
    } catch (const cli::Refusal& refusal) {
        fmt::print(stderr, "{}\n", refusal.what());
        return refusal.code();
    } catch (const std::exception& problem) {
        fmt::print(stderr, "muster: {}\n", problem.what());
        return cli::exit_code::store;
    }
}
