#pragma once

#include "bot/ports/metrics.hpp"
#include "storage/sqlite/sqlite_store.hpp"

namespace muster::cli {

// What the store says of itself and of what waits in it, at one moment.
struct StoreCondition {
    Footprint footprint;
    View::Backlog backlog;
    std::vector<Connection> connections;
    std::optional<Instant> earliest_timer;
    std::optional<Instant> last_alive;
    bool are_zones_known = false;  // of its teams, and UTC
};

Task<StoreCondition> condition_of(SqliteStore& store, Instant now);

// Why the bot cannot do its work now, in words for programs; nothing = it is ready. `store` is
// absent when it did not answer.
std::vector<std::string> missing_for_readiness(
    bool is_started, const std::optional<StoreCondition>& store, Instant now
);

// The heartbeat is a write: the store was written to lately.
bool is_written(const StoreCondition& store, Instant now);

void measure(Metrics& metrics, const StoreCondition& store, Instant now);

}  // namespace muster::cli
