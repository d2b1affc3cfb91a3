#include "adapters/local/workspace.hpp"

namespace muster {

Task<bool> LocalWorkspace::put(RememberedMessage message) {
    bool stored = co_await memory_.remember(std::move(message));
    if (stored) tell_listeners();
    co_return stored;
}

Task<std::vector<RememberedMessage>> LocalWorkspace::recall(std::string place, int limit) {
    return memory_.recall(std::move(place), limit);
}

Task<std::optional<RememberedMessage>> LocalWorkspace::recall_one(std::string id) {
    return memory_.recall_one(std::move(id));
}

Task<std::vector<RememberedMessage>> LocalWorkspace::recall_delivery(DeliveryId delivery) {
    return memory_.recall_delivery(delivery);
}

void LocalWorkspace::add_listener(std::shared_ptr<http::EventStream> stream) {
    std::erase_if(listeners_, [](const auto& listener) { return listener.expired(); });
    listeners_.push_back(stream);
}

void LocalWorkspace::tell_listeners() {
    std::erase_if(listeners_, [](const auto& listener) {
        auto stream = listener.lock();
        return !stream || !stream->send("changed", "{}");
    });
}

}  // namespace muster
