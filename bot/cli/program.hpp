#pragma once

#include "bot/domain/settings.hpp"
#include "config/configuration.hpp"

namespace muster::cli {

struct ProgramOptions {
    config::Configuration configuration;
    bool is_demo = false;  // says where to look, and logs only what is not well
    std::optional<settings::Wanted> first_settings;  // become true when the database has no people
};

// The running bot, for `serve` and `demo`. Runs until SIGTERM or SIGINT, then stops cleanly.
// Returns 0, or 70 when the disk failed while it ran. Throws a Refusal: 2 when it cannot listen, 70
// or 75 when the database cannot be had.
int run_program(ProgramOptions options);

}  // namespace muster::cli
