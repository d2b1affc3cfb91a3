#include "storage/sqlite/tables_of_work.hpp"
#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {

std::optional<PlannedRun> SqliteTransaction::planned_run(CeremonyId ceremony) {
    return database_.one<PlannedRun>("WHERE ceremony = ?", ceremony);
}

std::optional<Run> SqliteTransaction::run(RunId id) {
    return database_.one<Run>("WHERE id = ?", id);
}

std::optional<Run> SqliteTransaction::run(
    CeremonyId ceremony, LocalDate date, const std::string& slot
) {
    return database_.one<Run>("WHERE ceremony = ? AND date = ? AND slot = ?", ceremony, date, slot);
}

std::vector<Run> SqliteTransaction::runs_of(TeamId team, Instant opened_since) {
    auto clause = "WHERE team = ? AND opens_at >= ? ORDER BY opens_at, id";
    return database_.all<Run>(clause, team, opened_since);
}

std::vector<Run> SqliteTransaction::open_runs(CeremonyId ceremony) {
    auto clause = "WHERE ceremony = ? AND state <> 'closed' ORDER BY opens_at, id";
    return database_.all<Run>(clause, ceremony);
}

int SqliteTransaction::runs_held(CeremonyId ceremony) {
    return *database_.value<int>("SELECT count(*) FROM run WHERE ceremony = ?", ceremony);
}

std::optional<Round> SqliteTransaction::round(RoundId id) {
    return database_.one<Round>("WHERE id = ?", id);
}

std::vector<Round> SqliteTransaction::rounds_of(RunId run) {
    return database_.all<Round>("WHERE run = ? ORDER BY person", run);
}

std::vector<Round> SqliteTransaction::rounds_of(PersonId person, Instant opened_since) {
    auto clause = "WHERE person = ? AND opens_at >= ? ORDER BY opens_at DESC, id";
    return database_.all<Round>(clause, person, opened_since);
}

std::vector<Round> SqliteTransaction::unfinished_rounds_of(PersonId person) {
    return database_.all<Round>(
        "WHERE run IN (SELECT id FROM run WHERE state <> 'closed') AND person = ? ORDER BY "
        "opens_at, "
        "id",
        person
    );
}

std::vector<Answer> SqliteTransaction::answers_of(RoundId round) {
    return database_.all<Answer>("WHERE round = ? AND withdrawn = 0 ORDER BY question", round);
}

std::optional<Answer> SqliteTransaction::answer_by_message(
    PersonId person, const std::string& message
) {
    return database_.one<Answer>(
        "JOIN round ON round.id = answer.round WHERE answer.message = ? AND answer.message <> '' "
        "AND round.person = ? ORDER BY answer.at DESC",
        message,
        person
    );
}

std::optional<Draft> SqliteTransaction::draft(DraftId id) {
    return database_.one<Draft>("WHERE id = ?", id);
}

std::vector<Draft> SqliteTransaction::drafts_of(PersonId person) {
    return database_.all<Draft>("WHERE person = ? ORDER BY expires_at, id", person);
}

std::optional<Setup> SqliteTransaction::setup(SetupId id) {
    return database_.one<Setup>("WHERE id = ?", id);
}

std::vector<Setup> SqliteTransaction::setups_at(ConnectionId connection, const std::string& place) {
    return database_.all<Setup>(
        "WHERE connection = ? AND place = ? ORDER BY id", connection, place
    );
}

std::vector<Setup> SqliteTransaction::setups_to_look_up() {
    return database_.all<Setup>("WHERE state IN ('looking', 'checking') ORDER BY id");
}

}  // namespace muster::sqlite
