#pragma once

#include <functional>

#include "bot/ports/chat_platform.hpp"
#include "bot/ports/clock.hpp"

namespace muster::cli {

struct Post {
    Instant at{};
    DeliveryId delivery;

    bool operator==(const Post&) const = default;
};

// A chat platform on which everything arrives at once and nobody reads: keeps when what was posted.
class RecordingPlatform : public ChatPlatform {
public:
    using Posted = std::function<void(const Destination&, const Message&)>;

    // `clock` must outlive the platform. `posted` hears of every new message.
    RecordingPlatform(Clock& clock, Posted posted) : clock_(clock), posted_(std::move(posted)) {}

    const std::vector<Post>& posts() const { return posts_; }  // in their order

    Task<Outcome> deliver(DeliveryId delivery, Destination to, Message message) override;
    Task<Outcome> update(DeliveryId, Destination, std::string provider_id, Message) override;
    Task<Outcome> remove(DeliveryId, Destination, std::string provider_id) override;
    Task<Found> find(DeliveryId delivery, Destination, Instant since) override;

    Pace pace(Call) const override { return Pace{}; }

private:
    Clock& clock_;
    Posted posted_;
    std::vector<Post> posts_;
};

}  // namespace muster::cli
