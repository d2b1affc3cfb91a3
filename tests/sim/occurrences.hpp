#pragma once

#include "storage/store.hpp"

namespace muster::sim {

// I4: every date of the rule on which somebody works has one run of each slot, and no other has.
// One sentence for each breach, of the dates that lie a day and more inside the run of the
// simulation. An oracle of its own: simple and slow, for daily and weekly rules.
std::vector<std::string> missed_occurrences(View&, Instant start, Instant latest);

std::vector<Run> all_runs(View&);
std::vector<View::LoggedEvent> all_events(View&);

}  // namespace muster::sim
