#include "storage/sqlite/tables_of_work.hpp"
#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {

std::optional<Instant> SqliteTransaction::earliest_timer() {
    return database_.value<Instant>("SELECT due FROM timer ORDER BY due LIMIT 1");
}

std::vector<Timer> SqliteTransaction::due_timers(Instant now, int limit) {
    return database_.all<Timer>("WHERE due <= ? ORDER BY due, kind, ref LIMIT ?", now, limit);
}

std::vector<Timer> SqliteTransaction::timers() {
    return database_.all<Timer>("ORDER BY due, kind, ref");
}

std::optional<Timer> SqliteTransaction::timer(TimerKind kind, std::int64_t ref) {
    return database_.one<Timer>("WHERE kind = ? AND ref = ?", kind, ref);
}

void SqliteTransaction::timer_fired(TimerKind kind, std::int64_t ref, Instant due) {
    database_.run("DELETE FROM timer WHERE kind = ? AND ref = ? AND due = ?", kind, ref, due);
}

std::vector<Downtime> SqliteTransaction::downtimes() {
    return database_.all<Downtime>("ORDER BY began_at, id");
}

std::optional<Instant> SqliteTransaction::last_alive() {
    return database_.value<Instant>("SELECT at FROM heartbeat WHERE id = 1");
}

void SqliteTransaction::still_alive(Instant now) {
    database_.run(
        "INSERT INTO heartbeat (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = "
        "excluded.at",
        now
    );
}

}  // namespace muster::sqlite
