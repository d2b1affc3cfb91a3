#pragma once

#include "bot/domain/messages.hpp"
#include "storage/store.hpp"

namespace muster {

// The text of a delivery as it must be now: loads the state its purpose speaks of and lets the
// domain word it. Called in the transaction that claims it.
Composed compose(View&, const Delivery&, Instant now);

}  // namespace muster
