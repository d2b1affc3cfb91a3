#pragma once

#include "tests/sim/people.hpp"

namespace muster::sim {

// What one seed came to.

struct Report {
    std::uint64_t seed = 0;
    std::vector<std::string> violations;
    std::vector<std::string> events;
    std::uint64_t hash = 0;
    milliseconds simulated{0};
    int teams_set_up = 0;  // in chat
    int prompts = 0;
    int answers = 0;
    int inputs = 0;
    int deaths = 0;
    int mishaps = 0;          // of spec/reliability.md F26 to F33
    int read_back = 0;        // lines typed while nobody listened, in time
    int healed = 0;           // duplicates that the bot found and removed
    int possible_copies = 0;  // sent again where nobody could tell
};

// What is at the other end of the bot.
enum class Platform { model, slack };

// Lives through `length` of a seed's world, with the faults that the seed switches on; then two
// days without any, after which everything must have settled.
Report simulate(std::uint64_t seed, std::chrono::days length, Platform platform);

}  // namespace muster::sim
