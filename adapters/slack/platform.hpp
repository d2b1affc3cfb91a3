#pragma once

#include "adapters/slack/web_api.hpp"
#include "bot/domain/texts.hpp"

namespace muster::slack {

// One Slack workspace as a ChatPlatform (protocols/slack.md 5). Everything must outlive it.
class Platform final : public ChatPlatform {
public:
    Platform(WebApi& api, const Catalogue& catalogue);

    Task<Outcome> deliver(DeliveryId, Destination, Message) override;
    Task<Outcome> update(DeliveryId, Destination, std::string provider_id, Message) override;
    Task<Outcome> remove(DeliveryId, Destination, std::string provider_id) override;
    Task<Found> find(DeliveryId, Destination, Instant since) override;
    Pace pace(Call) const override;

private:
    WebApi& api_;
    const Catalogue& catalogue_;
};

}  // namespace muster::slack
