#include <algorithm>

#include "bot/domain/standup.hpp"
#include "storage/sqlite/tables_of_settings.hpp"
#include "storage/sqlite/tables_of_work.hpp"
#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {

std::optional<Turn> SqliteTransaction::turn(RoundId id, Instant now) {
    auto found = round(id);
    if (!found) return std::nullopt;
    auto asked = person(found->person);
    auto held = run(found->run);
    return turn_of(*std::move(asked), *std::move(found), *std::move(held), now);
}

std::vector<Turn> SqliteTransaction::answerable_turns(PersonId id, Instant now) {
    auto turns = std::vector<Turn>{};
    auto asked = person(id);
    if (!asked) return turns;

    // The newest round of each ceremony.
    auto newest = std::map<CeremonyId, RoundId>{};
    auto ids = std::vector<RoundId>{};
    auto note = [&](Statement& at) {
        auto round = read<RoundId>(at.cell(0));
        if (newest.emplace(read<CeremonyId>(at.cell(1)), round).second) ids.push_back(round);
    };
    database_.each(
        "SELECT round.id, run.ceremony FROM round JOIN run ON run.id = round.run WHERE "
        "round.person = ? AND round.opens_at <= ? AND round.opens_at >= ? AND round.phase <> "
        "'not_expected' ORDER BY round.opens_at DESC, round.id",
        note,
        id,
        now,
        now - answerable_for
    );
    for (auto round_id : ids) {
        auto open = *round(round_id);
        auto held = *run(open.run);
        turns.push_back(turn_of(*asked, std::move(open), std::move(held), now));
    }
    return turns;
}

std::optional<RunBoard> SqliteTransaction::board(RunId id) {
    auto held = run(id);
    if (!held) return std::nullopt;

    auto board = RunBoard{};
    board.run = *std::move(held);
    board.roster = *roster(board.run.team, board.run.opens_at);
    board.rounds = rounds_of(id);
    for (auto& answer : database_.all<Answer>(
             "JOIN round ON round.id = answer.round WHERE round.run = ? AND answer.withdrawn = 0",
             id
         ))
        board.answers[answer.round].push_back(std::move(answer));
    for (auto& [round, answers] : board.answers)
        sort_as_asked(answers, board.run);
    board.open_blockers = open_blockers(board.run.team);
    board.ended_blockers = blockers_ended_since(board.run.team, board.run.opens_at);
    board.names = names_around(board.run.team, board.run.opens_at);
    auto add_name = [&](Statement& at) {
        board.names.emplace(read<PersonId>(at.cell(0)), read<std::string>(at.cell(1)));
    };
    database_.each(
        "SELECT person.id, person.name FROM round JOIN person ON person.id = round.person WHERE "
        "round.run = ?",
        add_name,
        id
    );
    board.platforms = platforms_of(board.roster.channels);
    board.gap = gap_before(board.run);
    return board;
}

Turn SqliteTransaction::turn_of(Person asked, Round round, Run held, Instant now) {
    auto turn = Turn{};
    turn.person = std::move(asked);
    turn.round = std::move(round);
    turn.run = std::move(held);
    turn.team = *team(turn.run.team);
    turn.ceremony = *ceremony(turn.run.ceremony);
    turn.answers = answers_of(turn.round.id);
    sort_as_asked(turn.answers, turn.run);
    turn.own_blockers = database_.all<Blocker>(
        "WHERE team = ? AND state = 'open' AND raiser = ? ORDER BY raised_at, number",
        turn.team.id,
        turn.person.id
    );
    turn.drafts = drafts_of(turn.person.id);
    turn.last_plan = last_plan(turn.round, turn.run);
    turn.newest = is_newest(turn.round, turn.run, now);

    auto membership =
        database_.one<Membership>("WHERE team = ? AND person = ?", turn.team.id, turn.person.id);
    turn.left = !membership;
    if (membership) turn.standing = membership->standing;
    turn.absences = database_.all<Absence>(
        "WHERE person = ? AND last_day >= ? AND (team IS NULL OR team = ?) ORDER BY first_day, id",
        turn.person.id,
        first_day_of_absences(now),
        turn.team.id
    );

    turn.channels = database_.all<Channel>("WHERE team = ? ORDER BY id", turn.team.id);
    turn.channel_platforms = platforms_of(turn.channels);
    auto roles = roster_of_roles(turn.team, now);
    turn.delivery_managers = holders(roles, Role::delivery_manager, now);
    turn.names = names_around(turn.team.id, now);
    turn.calendars = roles.calendars;
    return turn;
}

// Days that no summary told of. Walks back and stops at the first one on which all was well.
std::vector<LocalDate> SqliteTransaction::gap_before(const Run& run) {
    auto run_before = [&](const Run& later) {
        return database_.one<Run>(
            "WHERE team = ? AND ceremony = ? AND opens_at < ? ORDER BY opens_at DESC LIMIT 1",
            later.team,
            later.ceremony,
            later.opens_at
        );
    };
    auto days = std::vector<LocalDate>{};
    for (auto earlier = run_before(run);
         earlier && days.size() < most_days_of_a_gap && was_late_and_untold(*earlier);
         earlier = run_before(*earlier))
        days.insert(days.begin(), earlier->held_on);
    return days;
}

bool SqliteTransaction::was_late_and_untold(const Run& run) {
    return database_
        .value<int>(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM round WHERE run = ?1 AND (not_asked = 'downtime' "
            "OR asked_at > opens_at + ?2)) AND NOT EXISTS (SELECT 1 FROM delivery WHERE purpose = "
            "'summary' AND subject = ?1 AND sent_at IS NOT NULL)",
            run.id,
            milliseconds{standup::worth_an_excuse}.count()
        )
        .has_value();
}

// Walks back along the index and stops at the first plan: mostly one step.
std::optional<LastPlan> SqliteTransaction::last_plan(const Round& before, const Run& run) {
    auto opened = before.opens_at.value_or(run.opens_at);
    auto since = opened - plan_is_told_for;
    auto round_before = [&](Instant end) {
        return database_.one<Round>(
            "WHERE person = ? AND opens_at < ? AND opens_at >= ? AND (SELECT ceremony FROM run "
            "WHERE run.id = round.run) = ? AND EXISTS (SELECT 1 FROM answer WHERE answer.round = "
            "round.id AND answer.withdrawn = 0) ORDER BY opens_at DESC LIMIT 1",
            before.person,
            end,
            since,
            run.ceremony
        );
    };
    for (auto earlier = round_before(opened); earlier; earlier = round_before(*earlier->opens_at)) {
        auto held = *this->run(earlier->run);
        const auto* plan = standup::plan_question(held);
        if (!plan) continue;
        auto text = database_.value<std::string>(
            "SELECT text FROM answer WHERE round = ? AND question = ? AND withdrawn = 0",
            earlier->id,
            plan->key
        );
        if (text) return LastPlan{held.held_on, *text};
    }
    return std::nullopt;
}

bool SqliteTransaction::is_newest(const Round& round, const Run& run, Instant now) {
    auto later = database_.value<int>(
        "SELECT 1 FROM round JOIN run ON run.id = round.run WHERE round.person = ? AND "
        "round.opens_at > ? AND round.opens_at <= ? AND run.ceremony = ? LIMIT 1",
        round.person,
        round.opens_at.value_or(run.opens_at),
        now,
        run.ceremony
    );
    return !later;
}

// The people whom the team's roles mention, and its blockers that are open or ended since then.
std::map<PersonId, std::string> SqliteTransaction::names_around(TeamId team, Instant ended_since) {
    auto names = std::map<PersonId, std::string>{};
    auto add = [&](Statement& at) {
        names.emplace(read<PersonId>(at.cell(0)), read<std::string>(at.cell(1)));
    };
    database_.each(
        "WITH mentioned AS (SELECT raiser, helper, ended_by FROM blocker WHERE team = ?1 AND state "
        "= 'open' UNION ALL SELECT raiser, helper, ended_by FROM blocker WHERE team = ?1 AND state "
        "<> 'open' AND ended_at >= ?2) SELECT id, name FROM person WHERE id IN (SELECT raiser FROM "
        "mentioned UNION SELECT helper FROM mentioned UNION SELECT ended_by FROM mentioned UNION "
        "SELECT person FROM role_holder WHERE team IN (?1, 0) UNION SELECT person FROM cover WHERE "
        "team = ?1 OR team IS NULL)",
        add,
        team,
        ended_since
    );
    return names;
}

std::vector<std::string> SqliteTransaction::platforms_of(const std::vector<Channel>& channels) {
    auto platforms = std::vector<std::string>{};
    for (const auto& channel : channels)
        platforms.push_back(*database_.value<std::string>(
            "SELECT platform FROM connection WHERE id = ?", channel.connection
        ));
    return platforms;
}

}  // namespace muster::sqlite
