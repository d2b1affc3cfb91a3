#pragma once

#include "bot/domain/delivery.hpp"
#include "bot/domain/messages.hpp"

namespace muster {

// Post it, or edit what is posted.
struct ToShow {
    Message message;
    std::int64_t shown = 0;  // its digest()
};

struct ToTakeAway {};

// Nothing is called for: the row as it is then.
struct NoCall {
    Delivery delivery;
};

using DeliveryStep = std::variant<ToShow, ToTakeAway, NoCall>;

// What is to be done for a delivery in its turn, by what its text would be now.
DeliveryStep next_step(const Delivery&, Composed);

}  // namespace muster
