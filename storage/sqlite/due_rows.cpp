#include "storage/sqlite/tables_of_work.hpp"
#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {
namespace {

constexpr auto last_kind = TimerKind::welcome_back;

// SQL's word for the place of a timer's kind in its enum: at one instant a run is complete before
// it closes, whatever the kinds are called.
std::string place_of_kind() {
    auto sql = std::string("CASE kind");
    for (int kind = 0; kind <= static_cast<int>(last_kind); ++kind)
        sql += std::string(" WHEN '") + name(static_cast<TimerKind>(kind)) + "' THEN " +
               std::to_string(kind);
    return sql + " END";
}

}  // namespace

std::optional<Instant> SqliteTransaction::earliest_timer() {
    return database_.value<Instant>("SELECT due FROM timer ORDER BY due LIMIT 1");
}

std::vector<Timer> SqliteTransaction::due_timers(Instant now, int limit) {
    static const auto clause =
        "WHERE due <= ? ORDER BY kind <> 'open_run', due, " + place_of_kind() + ", ref LIMIT ?";
    return database_.all<Timer>(clause, now, limit);
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

std::vector<Round> SqliteTransaction::rounds_open_between(Instant from, Instant to) {
    return database_.all<Round>(
        "WHERE run IN (SELECT id FROM run WHERE closes_at >= ?1 AND opens_at <= ?2) AND asked_at "
        "<= ?2 AND closes_at >= ?1 ORDER BY closes_at, id",
        from,
        to
    );
}

std::vector<RoundId> SqliteTransaction::recovered_in(std::int64_t downtime) {
    std::vector<RoundId> rounds;
    for (const auto& recovered : database_.all<Recovered>("WHERE downtime = ?", downtime))
        rounds.push_back(recovered.round);
    return rounds;
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
