#pragma once

#include "bot/ports/metrics.hpp"
#include "storage/store.hpp"

namespace muster {

// What can be counted begins at nought: the first of each is then seen as a rise.
void begin_tally(Metrics&);

// Counts what a commit held: the log knows each act exactly once, whichever way it came about.
void tally(Metrics&, const Moved&);

}  // namespace muster
