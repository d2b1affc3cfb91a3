#pragma once

#include "tests/sim/other_side.hpp"

namespace muster::sim {

// A platform whose messages are looked at on their way, and remembered in neutral words: what a
// delivery was told to say last.
class WatchedPlatform final : public ChatPlatform {
public:
    // All must outlive it.
    WatchedPlatform(
        ChatPlatform& platform, Surroundings& around, std::map<DeliveryId, Message>& words
    )
        : platform_(platform), around_(around), words_(words) {}

    Task<Outcome> deliver(DeliveryId, Destination, Message) override;
    Task<Outcome> update(DeliveryId, Destination, std::string provider_id, Message) override;
    Task<Outcome> remove(DeliveryId, Destination, std::string provider_id) override;
    Task<Found> find(DeliveryId, Destination, Instant since) override;

    Pace pace(Call call) const override { return platform_.pace(call); }

private:
    ChatPlatform& platform_;
    Surroundings& around_;
    std::map<DeliveryId, Message>& words_;
};

}  // namespace muster::sim
