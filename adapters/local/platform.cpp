#include "adapters/local/platform.hpp"

#include <fmt/format.h>

namespace muster {
namespace {

constexpr auto until_the_store_recovers = 1'000ms;

std::string id_of(DeliveryId delivery) {
    return fmt::format("m{:016x}", static_cast<std::uint64_t>(delivery.value));
}

Outcome sent(std::string provider_id) {
    Outcome outcome;
    outcome.provider_id = std::move(provider_id);
    return outcome;
}

Outcome not_sent(Outcome::Kind kind, std::string reason) {
    Outcome outcome;
    outcome.kind = kind;
    outcome.reason = std::move(reason);
    return outcome;
}

}  // namespace

Task<Outcome> LocalPlatform::deliver(DeliveryId delivery, Destination to, Message message) {
    auto id = id_of(delivery);
    auto known = co_await workspace_.recall_one(id);
    auto posted_at = known ? known->at : clock_.now();
    auto remembered = RememberedMessage{
        .id = std::move(id),
        .place = std::move(to.address),
        .thread = std::move(to.thread),
        .author = "",
        .message = std::move(message),
        .line = "",
        .delivery = delivery,
        .at = posted_at,
        .edited_at = std::nullopt,
    };
    co_return co_await store(std::move(remembered));
}

Task<Outcome> LocalPlatform::update(
    DeliveryId, Destination, std::string provider_id, Message message
) {
    auto known = co_await workspace_.recall_one(std::move(provider_id));
    if (!known || known->removed) co_return not_sent(Outcome::Kind::refused, "no_such_message");
    known->message = std::move(message);
    known->edited_at = clock_.now();
    co_return co_await store(std::move(*known));
}

Task<Outcome> LocalPlatform::remove(DeliveryId, Destination, std::string provider_id) {
    auto known = co_await workspace_.recall_one(provider_id);
    if (!known || known->removed) co_return sent(std::move(provider_id));
    known->removed = true;
    co_return co_await store(std::move(*known));
}

Task<Found> LocalPlatform::find(DeliveryId delivery, Destination, Instant) {
    Found found{.kind = Found::Kind::absent, .provider_ids = {}};
    auto messages = co_await workspace_.recall_delivery(delivery);
    for (auto& message : messages) {
        if (!message.removed) found.provider_ids.push_back(std::move(message.id));
    }
    if (!found.provider_ids.empty()) found.kind = Found::Kind::present;
    co_return found;
}

Task<Outcome> LocalPlatform::store(RememberedMessage message) {
    auto id = message.id;
    bool stored = co_await workspace_.put(std::move(message));
    if (stored) co_return sent(std::move(id));
    auto outcome = not_sent(Outcome::Kind::try_later, "not_stored");
    outcome.retry_after = until_the_store_recovers;
    co_return outcome;
}

}  // namespace muster
