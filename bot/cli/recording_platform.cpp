#include "bot/cli/recording_platform.hpp"

#include <algorithm>

namespace muster::cli {
namespace {

std::string id_of(DeliveryId delivery) {
    return std::to_string(delivery.value);
}

Outcome done(std::string provider_id) {
    Outcome outcome;
    outcome.provider_id = std::move(provider_id);
    return outcome;
}

}  // namespace

Task<Outcome> RecordingPlatform::deliver(DeliveryId delivery, Destination to, Message message) {
    posts_.push_back({clock_.now(), delivery});
    posted_(to, message);
    co_return done(id_of(delivery));
}

Task<Outcome> RecordingPlatform::update(DeliveryId, Destination, std::string provider_id, Message) {
    co_return done(std::move(provider_id));
}

Task<Outcome> RecordingPlatform::remove(DeliveryId, Destination, std::string provider_id) {
    co_return done(std::move(provider_id));
}

Task<Found> RecordingPlatform::find(DeliveryId delivery, Destination, Instant) {
    Found found;
    auto is_there = std::ranges::find(posts_, delivery, &Post::delivery) != posts_.end();
    found.kind = is_there ? Found::Kind::present : Found::Kind::absent;
    if (is_there) found.provider_ids = {id_of(delivery)};
    co_return found;
}

}  // namespace muster::cli
