#pragma once

#include <map>

#include "adapters/slack/names.hpp"
#include "bot/domain/instant.hpp"

namespace muster::slack {

// Messages in parts that were begun and not finished, as this process knows them: where nobody may
// read what stands, nobody else knows. Forgotten when it ends; what can be looked for is then.
class UnfinishedMessages {
public:
    struct Message {
        Named standing;
        int unheard = 0;  // posts of its next part that nobody heard back of
        SteadyInstant unheard_at{};
    };

    // Null: nothing of it stands unfinished.
    const Message* find(DeliveryId delivery) const;
    // Null, too, when it is another copy of it.
    const Message* find(DeliveryId delivery, const Named& message) const;

    // So much of it stands. A part that nobody heard of is heard of when more stands than before.
    const Message& keep(DeliveryId delivery, const Named& standing);
    void heard_nothing(DeliveryId delivery, const Named& standing, SteadyInstant now);
    void forget(DeliveryId delivery);

private:
    std::map<DeliveryId, Message> messages_;
};

}  // namespace muster::slack
