#pragma once

#include "adapters/slack/poster.hpp"
#include "bot/domain/texts.hpp"

namespace muster::slack {

// One Slack workspace as a ChatPlatform (protocols/slack.md 5). How a message in parts becomes
// exactly one whole message, whatever fails on the way: README, "A message in parts".
//
// A post may wait a second for its turn beside its 10. A message in parts takes a second for each,
// and begins no further part after 10 seconds.
class Platform final : public ChatPlatform {
public:
    // Everything must outlive it.
    Platform(WebApi& api, Clock& clock, Log& log, const Catalogue& catalogue);

    Task<Outcome> deliver(DeliveryId, Destination, Message) override;
    Task<Outcome> update(DeliveryId, Destination, std::string provider_id, Message) override;
    Task<Outcome> remove(DeliveryId, Destination, std::string provider_id) override;
    Task<Found> find(DeliveryId, Destination, Instant since) override;
    Pace pace(Call) const override;

    // We may be another bot than before, by another token.
    void introduced_anew() { finder_.introduced_anew(); }

private:
    Task<Outcome> publish(Destination to, Message message);

    WebApi& api_;
    Log& log_;
    const Catalogue& catalogue_;
    UnfinishedMessages begun_;
    Finder finder_;
    Poster poster_;
};

}  // namespace muster::slack
