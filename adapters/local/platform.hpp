#pragma once

#include "adapters/local/workspace.hpp"
#include "bot/ports/chat_platform.hpp"
#include "bot/ports/clock.hpp"

namespace muster {

// The local workspace as a chat platform. Nothing is ever ambiguous here: a message is named after
// its delivery, so a repeated deliver() writes over the first, and find() is exact.
class LocalPlatform : public ChatPlatform {
public:
    // Both must outlive the platform.
    LocalPlatform(LocalWorkspace& workspace, Clock& clock) : workspace_(workspace), clock_(clock) {}

    Task<Outcome> deliver(DeliveryId delivery, Destination to, Message message) override;
    Task<Outcome> update(
        DeliveryId delivery, Destination to, std::string provider_id, Message message
    ) override;
    Task<Outcome> remove(DeliveryId delivery, Destination to, std::string provider_id) override;
    Task<Found> find(DeliveryId delivery, Destination to, Instant since) override;

    Pace pace(Call) const override { return Pace{}; }

private:
    Task<Outcome> store(RememberedMessage message);

    LocalWorkspace& workspace_;
    Clock& clock_;
};

}  // namespace muster
