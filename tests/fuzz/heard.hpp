#pragma once

#include "adapters/slack/inbound.hpp"

// What the three readers of adapters/slack promise of whatever they are given.
namespace muster::slack {

// Muster in the workspace T1.
const std::vector<Identity>& ours();

// Ends the program where what was heard does not hold together.
void expect_whole(const Heard& heard);

}  // namespace muster::slack
