#pragma once

#include "bot/domain/examination.hpp"
#include "tests/unit/bot/domain/payments_scene.hpp"

// What there is to show in the Payments team on Tuesday 24 November 2026: a day as it might be.
namespace muster::golden_scene {

using namespace payments_scene;

inline const Reader channel{"en", "Europe/London"};

inline Message shown(const Composed& composed) {
    return std::get<Message>(composed);
}

inline Message said(const Decision& decision) {
    return std::get<Say>(decision.reply).message;
}

inline IdSource ids() {
    return IdSource{{1, 2}};
}

inline Blocker with_helper(Blocker blocker) {
    blocker.helper = PersonId{2};
    return blocker;
}

// Asked, with a plan of yesterday and a blocker that Dev helps with.
inline Turn on_a_usual_day() {
    auto turn = asked();
    turn.last_plan = mondays_plan();
    turn.own_blockers = {with_helper(a_blocker(12, "test data"))};
    return turn;
}

// Late after a downtime, with a line typed too early and more blockers than the form asks about.
inline Turn on_a_hard_day() {
    auto turn = on_a_usual_day();
    turn.round.asked_at.reset();
    turn.drafts = {a_draft(DraftKind::loose, "Write the release note")};
    turn.own_blockers.push_back(a_blocker(14, "no reply from the card provider"));
    turn.own_blockers.push_back(a_blocker(15, "the test environment is down"));
    turn.own_blockers.push_back(a_blocker(16, "no decision about the letters"));
    return turn;
}

inline Blocker a_new_blocker() {
    auto blocker = a_blocker(13, "no access to the staging database");
    blocker.raised_at = at(9, 42);
    blocker.round = RoundId{50};
    return blocker;
}

inline Blocker with_details(Blocker blocker) {
    blocker.needed_from = "Platform";
    blocker.needed_by = year{2026} / 12 / 1;
    blocker.ask = "read access for 2 people";
    return blocker;
}

// The receipt of a typed line that raised it, ten minutes before the team sees it.
inline Turn with_a_held_blocker() {
    auto turn = answered();
    auto blocker = a_new_blocker();
    blocker.held_until = at(9, 52);
    turn.own_blockers = {a_blocker(12, "no access to the test database"), blocker};
    turn.answers = {an_answer("blocker", blocker.title)};
    return turn;
}

// Much at a time: nobody reads this every day.
inline std::vector<examination::Finding> what_would_stop_it() {
    using Kind = examination::Finding::Kind;
    const Connection main{ConnectionId{7}, {}, "main", "slack"};
    auto about = [](Kind kind, std::int64_t id, const std::string& name) {
        examination::Finding finding{.kind = kind, .team = payments(), .person = someone(id, name)};
        finding.ceremony = a_stand_up();
        return finding;
    };
    auto late = about(Kind::outside_hours, 3, "Bo Lund");
    late.held = 10;
    late.asked = 8;
    late.outside = 2;
    late.there = 17h + 15min;
    auto forbidden = about(Kind::not_reached, 6, "Tom Reid");
    forbidden.reason = "forbidden";
    return {
        {.kind = Kind::suspended, .connection = main},
        {.kind = Kind::channel_refused, .team = payments(), .connection = main},
        forbidden,
        about(Kind::account_closed, 5, "Lin Chen"),
        about(Kind::never_works, 4, "Mia Jones"),
        late,
        {.kind = Kind::calendar_ends, .calendar = "scotland", .ends = year{2026} / 12 / 31}};
}

inline void join(RunBoard& board, std::int64_t id, const std::string& name, Phase phase) {
    Member member;
    member.person = someone(id, name);
    board.roster.members.push_back(member);
    board.names[PersonId{id}] = name;
    auto round = a_round(49 + id, PersonId{id}, phase);
    if (phase == Phase::answered || phase == Phase::late) {
        round.answered_at = at(9, 42);
        board.answers[round.id] = {an_answer("today", "Plan of " + name)};
    }
    board.rounds.push_back(round);
}

// Seven were asked and five answered; Kit in New York may until 4:30pm.
inline RunBoard after_the_close() {
    RunBoard board;
    board.run = a_run();
    board.run.state = RunState::complete;
    board.run.closes_at = at(16, 30);
    board.roster.team = payments();
    board.roster.ceremonies = {a_stand_up()};
    board.roster.channels = {Channel{}, Channel{}};
    join(board, 1, "Ana Silva", Phase::answered);
    join(board, 2, "Dev Patel", Phase::answered);
    join(board, 3, "Bo Lund", Phase::answered);
    join(board, 4, "Mia Jones", Phase::answered);
    join(board, 5, "Lin Chen", Phase::late);
    join(board, 6, "Tom Reid", Phase::silent);
    join(board, 7, "Kit Brown", Phase::asked);
    join(board, 8, "Sam Okoro", Phase::away);
    join(board, 9, "Priya Nair", Phase::not_expected);
    board.roster.members[6].person.zone = "America/New_York";
    board.rounds[6].closes_at = at(16, 30);
    auto cleared = a_blocker(9, "sign-in certificate");
    cleared.state = BlockerState::cleared;
    cleared.ended_at = at(10, 0);
    board.open_blockers = {with_helper(a_blocker(12, "test data")), a_new_blocker()};
    board.ended_blockers = {cleared};
    return board;
}

inline RunBoard while_open() {
    auto board = after_the_close();
    board.run.state = RunState::open;
    return board;
}

inline RunBoard when_nobody_answered() {
    auto board = after_the_close();
    for (auto& round : board.rounds)
        if (round.phase != Phase::away && round.phase != Phase::not_expected)
            round.phase = Phase::silent;
    return board;
}

inline RunBoard after_a_downtime() {
    auto board = after_the_close();
    board.run.show_silent = true;
    board.gap = {add_days(tuesday, -1)};
    return board;
}

inline RunBoard with_hidden_names() {
    auto board = after_the_close();
    board.run.names_hidden = true;
    board.run.state = RunState::closed;
    board.rounds[4].phase = Phase::answered;
    for (auto& [round, answers] : board.answers)
        answers.push_back(an_answer("since", "What " + std::to_string(round.value) + " did"));
    return board;
}

inline std::vector<Timer> timers() {
    return {
        {TimerKind::remind, 50, at(11, 6)},
        {TimerKind::open_run, 30, at(9, 30, add_days(tuesday, 1))},
    };
}

inline Turn days_ago(int days, Phase phase, std::vector<Answer> answers) {
    auto turn = in_phase(phase);
    turn.run.date = turn.run.held_on = add_days(tuesday, -days);
    turn.answers = std::move(answers);
    return turn;
}

inline std::vector<Turn> the_last_days() {
    return {
        days_ago(
            0,
            Phase::answered,
            {an_answer("today", "Test refunds"), an_answer("since", "Finished the refund form")}
        ),
        days_ago(1, Phase::late, {an_answer("today", "Finish the refund form")}),
        days_ago(4, Phase::skipped, {}),
    };
}

}  // namespace muster::golden_scene
