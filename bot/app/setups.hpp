#pragma once

#include "bot/domain/messages.hpp"
#include "storage/store.hpp"

// Teams that are set up in chat (bot/domain/onboarding): loaded here, worded there.
namespace muster {

Composed compose_setup(View&, const Delivery&, Instant now);
Composed compose_announcement(View&, const Delivery&, Instant now);
Composed compose_newcomer(View&, const Delivery&, Instant now);
Composed compose_welcome(View&, const Delivery&, Instant now);

}  // namespace muster
