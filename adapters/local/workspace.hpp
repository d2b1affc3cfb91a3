#pragma once

#include <memory>

#include "adapters/http/event_stream.hpp"
#include "bot/ports/workspace_memory.hpp"

namespace muster {

// The conversations of the local workspace and the browsers that look at them: what is remembered
// here is seen there. Used from the loop only.
class LocalWorkspace {
public:
    // `memory` must outlive the workspace.
    explicit LocalWorkspace(WorkspaceMemory& memory) : memory_(memory) {}

    // Durable and told to every browser when it returns. False: not stored, nobody was told.
    Task<bool> put(RememberedMessage message);

    Task<std::vector<RememberedMessage>> recall(std::string place, int limit);
    Task<std::optional<RememberedMessage>> recall_one(std::string id);
    Task<std::vector<RememberedMessage>> recall_delivery(DeliveryId delivery);

    // The browser hears of every change from now on, until either side closes the stream.
    void add_listener(std::shared_ptr<http::EventStream> stream);

    // Something that every browser shows has changed: a conversation, or the time.
    void tell_listeners();

private:
    WorkspaceMemory& memory_;
    std::vector<std::weak_ptr<http::EventStream>> listeners_;
};

}  // namespace muster
