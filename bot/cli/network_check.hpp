#pragma once

#include "bot/cli/examination.hpp"
#include "bot/cli/office.hpp"

namespace muster::cli {

// Asks the platforms of the configuration what they would refuse: the token, its permissions, each
// channel, each person. Tells on `output` as it goes whom it asks.
Task<std::vector<Ailment>> ask_the_platforms(Office::Parts parts, Output& output);

}  // namespace muster::cli
