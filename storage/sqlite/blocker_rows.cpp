#include "storage/sqlite/tables_of_work.hpp"
#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {

std::optional<Blocker> SqliteTransaction::blocker(BlockerId id) {
    return database_.one<Blocker>("WHERE id = ?", id);
}

std::optional<Blocker> SqliteTransaction::blocker(TeamId team, int number) {
    return database_.one<Blocker>("WHERE team = ? AND number = ?", team, number);
}

std::vector<Blocker> SqliteTransaction::open_blockers(TeamId team) {
    return database_.all<Blocker>("WHERE team = ? AND state = 'open' ORDER BY number", team);
}

std::vector<Blocker> SqliteTransaction::blockers_ended_since(TeamId team, Instant since) {
    auto clause = "WHERE team = ? AND state <> 'open' AND ended_at >= ? ORDER BY number";
    return database_.all<Blocker>(clause, team, since);
}

std::vector<Blocker> SqliteTransaction::blockers_by_message(
    PersonId raiser, const std::string& message
) {
    auto clause = "WHERE message = ? AND message <> '' AND raiser = ? ORDER BY raised_at, number";
    return database_.all<Blocker>(clause, message, raiser);
}

std::vector<BlockerNote> SqliteTransaction::notes_of(BlockerId blocker) {
    return database_.all<BlockerNote>("WHERE blocker = ? ORDER BY at, id", blocker);
}

}  // namespace muster::sqlite
