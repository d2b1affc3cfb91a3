#include "bot/cli/condition.hpp"

#include <algorithm>
#include <set>

#include "bot/domain/zone.hpp"
#include "bot/ports/measures.hpp"

namespace muster::cli {
namespace {

constexpr auto freshest_heartbeat = 3min;
constexpr auto worst_clock = 1min;  // so much may the clock have been set back unnoticed
// Muster is younger than that: a clock before it was never set.
constexpr auto earliest_sane = Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

// A name alone proves nothing: the rules are read when they are first asked for.
bool are_known(const std::set<ZoneName>& zones, Instant now) {
    try {
        for (const auto& zone : zones)
            local_time(zone, now);
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

bool is_sane(Instant now, const StoreCondition& store) {
    return now >= earliest_sane && (!store.last_alive || *store.last_alive <= now + worst_clock);
}

double seconds_since(std::optional<Instant> due, Instant now) {
    if (!due) return 0;
    return std::chrono::duration<double>{std::max<milliseconds>(0ms, now - *due)}.count();
}

}  // namespace

Task<StoreCondition> condition_of(SqliteStore& store, Instant now) {
    auto look = [now](View& view) {
        StoreCondition found;
        found.backlog = view.backlog(now);
        found.connections = view.connections();
        found.earliest_timer = view.earliest_timer();
        found.last_alive = view.last_alive();
        std::set<ZoneName> zones{"UTC"};
        for (const auto& team : view.teams())
            if (!team.archived) zones.insert(team.zone);
        found.are_zones_known = are_known(zones, now);
        return found;
    };
    auto found = co_await store.read(look);
    found.footprint = co_await store.footprint();
    co_return found;
}

std::vector<std::string> missing_for_readiness(
    bool is_started, const std::optional<StoreCondition>& store, Instant now
) {
    std::vector<std::string> missing;
    if (!is_started) missing.emplace_back("started");
    if (!store) {
        missing.emplace_back("database_readable");
        return missing;
    }
    if (!is_written(*store, now)) missing.emplace_back("database_written");
    if (!store->footprint.has_newest_schema) missing.emplace_back("migrations_current");
    if (!store->are_zones_known) missing.emplace_back("time_zones_loaded");
    if (!is_sane(now, *store)) missing.emplace_back("clock_sane");
    return missing;
}

bool is_written(const StoreCondition& store, Instant now) {
    return store.last_alive && now - *store.last_alive < freshest_heartbeat;
}

void measure(Metrics& metrics, const StoreCondition& store, Instant now) {
    const auto& backlog = store.backlog;
    metrics.set(measures::delivery_depth, {"pending"}, backlog.pending);
    metrics.set(measures::delivery_depth, {"sending"}, backlog.sending);
    metrics.set(measures::delivery_depth, {"uncertain"}, backlog.uncertain);
    metrics.set(measures::delivery_due, {}, backlog.due);
    metrics.set(measures::delivery_oldest_due, {}, seconds_since(backlog.oldest_due, now));
    metrics.set(measures::timer_oldest_due, {}, seconds_since(store.earliest_timer, now));
    metrics.set(measures::quarantine_depth, {}, backlog.quarantined);

    const auto& footprint = store.footprint;
    metrics.set(measures::db_size, {}, static_cast<double>(footprint.database));
    metrics.set(measures::db_wal, {}, static_cast<double>(footprint.log));
    metrics.set(measures::disk_free, {}, static_cast<double>(footprint.free));

    std::map<std::pair<std::string, bool>, int> connections;  // by platform and whether suspended
    for (const auto& connection : store.connections) {
        ++connections[{connection.platform, connection.suspended_since.has_value()}];
        connections.try_emplace({connection.platform, !connection.suspended_since}, 0);
    }
    for (const auto& [which, count] : connections) {
        auto state = which.second ? "suspended" : "served";
        metrics.set(measures::connections, {which.first, state}, count);
    }
}

}  // namespace muster::cli
