#pragma once

#include "bot/domain/messages.hpp"
#include "storage/store.hpp"

// People's own pages (bot/domain/home): loaded here, worded there.
namespace muster {

Composed compose_home(View&, const Delivery&, Instant now);

// The pages of people this decision is about, whose owner may be looking: to be shown anew. To be
// applied in the decision's own transaction.
Decision homes_after(View&, const Decision& done, Instant now);

}  // namespace muster
