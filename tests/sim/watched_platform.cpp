#include "tests/sim/watched_platform.hpp"

namespace muster::sim {

Task<Outcome> WatchedPlatform::deliver(DeliveryId delivery, Destination to, Message message) {
    around_.check(Call::deliver, delivery, to, message);
    words_.insert_or_assign(delivery, message);
    co_return co_await platform_.deliver(delivery, std::move(to), std::move(message));
}

Task<Outcome> WatchedPlatform::update(
    DeliveryId delivery, Destination to, std::string provider_id, Message message
) {
    around_.check(Call::update, delivery, to, message);
    words_.insert_or_assign(delivery, message);
    co_return co_await platform_.update(
        delivery, std::move(to), std::move(provider_id), std::move(message)
    );
}

Task<Outcome> WatchedPlatform::remove(
    DeliveryId delivery, Destination to, std::string provider_id
) {
    return platform_.remove(delivery, std::move(to), std::move(provider_id));
}

Task<Found> WatchedPlatform::find(DeliveryId delivery, Destination to, Instant since) {
    return platform_.find(delivery, std::move(to), since);
}

}  // namespace muster::sim
