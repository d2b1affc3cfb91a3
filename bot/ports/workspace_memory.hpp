#pragma once

#include "bot/domain/message.hpp"
#include "bot/ports/task.hpp"

namespace muster {

// A message as the local workspace remembers it: what a real platform would keep on its own
// servers.
struct RememberedMessage {
    std::string id;     // provider id, unique in the workspace
    std::string place;  // external id of a channel, or of the account whose direct message it is
    std::optional<std::string> thread;  // id of the message it replies to
    std::string author;                 // external id of an account; "" = Muster
    std::optional<Message> message;     // from Muster
    std::string line;                   // from a person
    DeliveryId delivery;                // of Muster's own; 0 for a private reply
    Instant at{};
    std::optional<Instant> edited_at;
    bool removed = false;
};

// The memory of the local workspace. Kept by storage in production and by a vector in tests.
class WorkspaceMemory {
public:
    virtual ~WorkspaceMemory() = default;

    // Durable when it returns; written over the message of the same id. False: not stored.
    virtual Task<bool> remember(RememberedMessage) = 0;

    // The newest `limit` messages of a place that are not removed, oldest first, threads included.
    virtual Task<std::vector<RememberedMessage>> recall(std::string place, int limit) = 0;
    virtual Task<std::optional<RememberedMessage>> recall_one(std::string id) = 0;
    virtual Task<std::vector<RememberedMessage>> recall_delivery(DeliveryId) = 0;
};

}  // namespace muster
