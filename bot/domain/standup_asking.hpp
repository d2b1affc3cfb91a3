#pragma once

#include "bot/domain/standup.hpp"

// What the decisions about asking share. For the standup*.cpp files only.
namespace muster::standup {

// Nobody is asked any more in this round.
Decision end_unasked(const Turn&, NotAsked reason, Instant now, IdSource&);

// When a round closes that is asked at `now`; none: there is no time left.
std::optional<Instant> close_for(const Turn&, Instant now);

// Sets the close of the round, and of the run when that is now the last one.
void move_close(Decision&, Run, const Round&);

}  // namespace muster::standup
