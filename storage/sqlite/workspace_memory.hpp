#pragma once

#include "bot/ports/workspace_memory.hpp"
#include "storage/sqlite/sqlite_store.hpp"

namespace muster {

// Keeps the local workspace's messages in the same database as everything else, through the same
// writer.
class SqliteWorkspaceMemory final : public WorkspaceMemory {
public:
    // `store` must outlive this.
    explicit SqliteWorkspaceMemory(SqliteStore& store) : store_(store) {}

    Task<bool> remember(RememberedMessage) override;
    Task<std::vector<RememberedMessage>> recall(std::string place, int limit) override;
    Task<std::optional<RememberedMessage>> recall_one(std::string id) override;
    Task<std::vector<RememberedMessage>> recall_delivery(DeliveryId) override;

private:
    SqliteStore& store_;
};

}  // namespace muster
