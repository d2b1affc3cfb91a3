#pragma once

#include "storage/store.hpp"

namespace muster {

// What a due timer means: loads the state it speaks of and lets the domain decide. A timer whose
// subject is gone decides nothing.
Decision on_timer(View&, const Timer&, Instant now, IdSource&);

// Plans the next occurrence of every ceremony of these teams anew, after their settings changed.
Decision plan_again(View&, const std::vector<TeamId>&, Instant now);

// The same, for the teams whose ceremonies or days a decision has changed. To be asked for when it
// is applied.
Decision plan_again_after(View&, const Decision& done, Instant now);

// Plans an earlier occurrence where what `by` did makes one: they are back from days away, or
// somebody came to a team. To be asked for once `done` is stored.
Decision plan_earlier_after(View&, const Decision& done, const Inbound& by, Instant now);

// The program did not run from `from` to `to`: recorded, and told to the delivery managers if it
// mattered.
Decision was_down(View&, Instant from, Instant to, IdSource&);

// What was typed in that time was read where it was typed, as far as the row says.
Decision was_read_back(View&, const Downtime&, Instant now, IdSource&);

}  // namespace muster
