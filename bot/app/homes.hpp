#pragma once

#include "bot/domain/messages.hpp"
#include "storage/store.hpp"

// People's own pages (bot/domain/home): loaded here, worded there.
namespace muster {

Composed compose_home(View&, const Delivery&, Instant now);

// With the pages of people it is about, whose owner may be looking: they are shown anew.
void apply_with_homes(Transaction&, const Decision&, Instant now);

// These pages alone, after a decision that is applied. To be applied in its own transaction.
Decision homes_after(View&, const Decision& done, Instant now);

}  // namespace muster
