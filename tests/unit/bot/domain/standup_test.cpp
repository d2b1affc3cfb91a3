#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

namespace muster {
namespace {

using namespace scene;

// ---- asking

Decision ask(const Turn& turn, Instant now) {
    auto chance = ids();
    return standup::ask(turn, now, chance);
}

TEST(StandupAsk, SendsThePromptAndSetsTheReminderAtFourFifthsOfTheWindow) {
    auto decision = ask(waiting_turn(), nine_thirty);

    EXPECT_EQ(row<Round>(decision).phase, Phase::asked);
    EXPECT_TRUE(tells(decision, Purpose::prompt));
    EXPECT_EQ(timer(decision, TimerKind::remind), at("2026-11-23T11:06"));
    EXPECT_EQ(timer(decision, TimerKind::close_round), half_past_eleven);
}

TEST(StandupAsk, StillAsksAfterAnHourOfDowntime) {
    auto decision = ask(waiting_turn(), nine_thirty + 1h);

    EXPECT_EQ(row<Round>(decision).phase, Phase::asked);
    EXPECT_EQ(row<Round>(decision).closes_at, half_past_eleven);
}

TEST(StandupAsk, MovesTheCloseSoThatHalfAnHourRemains) {
    auto decision = ask(waiting_turn(), at("2026-11-23T11:20"));

    EXPECT_EQ(row<Round>(decision).closes_at, at("2026-11-23T11:50"));
    EXPECT_EQ(timer(decision, TimerKind::close_run), at("2026-11-23T11:50"));
}

TEST(StandupAsk, AsksInAWindowOfHalfAnHourAtTheEndOfTheDayThoughTimersAreNeverExact) {
    auto turn = waiting_turn();
    turn.person.hours.week.days[0] = *hours_from("09:00-10:00");
    turn.round.closes_at = at("2026-11-23T10:00");
    auto decision = ask(turn, nine_thirty + 40ms);

    EXPECT_EQ(row<Round>(decision).phase, Phase::asked);
    EXPECT_EQ(row<Round>(decision).closes_at, at("2026-11-23T10:00"));
}

TEST(StandupAsk, NeverMovesTheCloseBeyondTheWorkingDay) {
    auto turn = waiting_turn();
    turn.person.hours.week.days[0] = *hours_from("09:00-11:30");
    auto decision = ask(turn, at("2026-11-23T11:20"));

    EXPECT_EQ(row<Round>(decision).phase, Phase::not_asked);
    EXPECT_EQ(row<Round>(decision).not_asked, NotAsked::downtime);
}

TEST(StandupAsk, DoesNotAskWhenMoreThanTwoHoursLate) {
    auto turn = waiting_turn();
    turn.round.closes_at = at("2026-11-23T17:00");
    auto decision = ask(turn, nine_thirty + 2h + 1min);

    EXPECT_EQ(row<Round>(decision).not_asked, NotAsked::downtime);
    EXPECT_FALSE(tells(decision, Purpose::prompt));
}

TEST(StandupAsk, AsksOnlyTheNewestOfSeveralThatWereDue) {
    auto turn = waiting_turn();
    turn.newest = false;

    EXPECT_EQ(row<Round>(ask(turn, nine_thirty + 10min)).not_asked, NotAsked::downtime);
}

TEST(StandupAsk, SendsNothingInABreak) {
    auto turn = waiting_turn();
    turn.person.hours.week.days[0] = *hours_from("09:00-09:45,10:15-17:00");
    auto decision = ask(turn, at("2026-11-23T09:50"));

    EXPECT_EQ(timer(decision, TimerKind::ask), at("2026-11-23T10:15"));
    EXPECT_FALSE(tells(decision, Purpose::prompt));
}

TEST(StandupAsk, AsksNobodyWhoseBreakLastsUntilTheClose) {
    auto turn = waiting_turn();
    turn.person.hours.week.days[0] = *hours_from("09:00-09:45,11:45-17:00");
    auto decision = ask(turn, at("2026-11-23T09:50"));

    EXPECT_EQ(row<Round>(decision).not_asked, NotAsked::too_late);
    EXPECT_FALSE(tells(decision, Purpose::prompt));
}

TEST(StandupAsk, AsksNobodyWhoHasLeftTheTeam) {
    auto turn = waiting_turn();
    turn.left = true;

    EXPECT_EQ(row<Round>(ask(turn, nine_thirty)).not_asked, NotAsked::left);
}

TEST(StandupAsk, AsksNobodyOnceTheCeremonyIsPausedOrItOrItsTeamArchived) {
    auto chance = ids();
    for (auto* what : {"paused", "archived", "team"}) {
        auto turn = waiting_turn();
        turn.ceremony.paused = what == std::string{"paused"};
        turn.ceremony.archived = what == std::string{"archived"};
        turn.team.archived = what == std::string{"team"};
        auto decision = standup::ask(turn, nine_thirty, chance);

        EXPECT_EQ(row<Round>(decision).phase, Phase::not_asked) << what;
        EXPECT_EQ(row<Round>(decision).not_asked, NotAsked::called_off) << what;
        EXPECT_FALSE(tells(decision, Purpose::prompt)) << what;

        auto asked = open_turn();
        asked.ceremony = turn.ceremony;
        asked.team = turn.team;
        EXPECT_TRUE(standup::remind(asked, at("2026-11-23T11:06"), chance).changes.empty()) << what;
        auto answered = standup::on_message(
            asked, line("Test refunds"), {nine_thirty + 5min}, nine_thirty + 5min, chance
        );
        EXPECT_EQ(row<Round>(answered).phase, Phase::answered) << "who was asked may answer";
    }
}

TEST(StandupAsk, AsksNobodyAgainAfterASnoozeOnceTheCeremonyIsPaused) {
    auto turn = open_turn();
    turn.ceremony.paused = true;
    turn.round.snoozed_until = nine_thirty + 1h;
    auto chance = ids();
    auto decision = standup::ask(turn, nine_thirty + 1h, chance);

    EXPECT_EQ(row<Round>(decision).phase, Phase::asked);
    EXPECT_EQ(row<Round>(decision).prompts, 1);
    EXPECT_FALSE(row<Round>(decision).snoozed_until);
}

TEST(StandupAsk, AsksInARunThatWasStartedByHandThoughTheCeremonyIsPaused) {
    auto turn = waiting_turn();
    turn.ceremony.paused = true;
    turn.run.unscheduled = true;
    auto chance = ids();
    EXPECT_TRUE(tells(standup::ask(turn, nine_thirty, chance), Purpose::prompt));
}

TEST(StandupAsk, MovesNoCloseBeyondTheCapOfTheRun) {
    auto turn = waiting_turn();
    turn.round.opens_at = at("2026-11-23T10:00");
    turn.round.closes_at = at("2026-11-23T11:00");
    turn.run.opens_at = at("2026-11-23T11:15") - standup::longest_run;
    auto chance = ids();
    EXPECT_TRUE(tells(standup::ask(turn, at("2026-11-23T10:10"), chance), Purpose::prompt));

    auto decision = standup::ask(turn, at("2026-11-23T10:55"), chance);
    EXPECT_EQ(row<Round>(decision).not_asked, NotAsked::downtime) << "25 minutes are left";
}

TEST(StandupAsk, AsksOnceHoweverOftenTheTimerFires) {
    EXPECT_TRUE(ask(open_turn(), nine_thirty).deliveries.empty());
}

TEST(StandupPrompt, LeavesHalfAnHourWhenItWasPostedLate) {
    auto turn = open_turn();
    turn.round.asked_at.reset();
    auto chance = ids();
    auto decision = standup::prompt_sent(turn, at("2026-11-23T11:10"), chance);

    EXPECT_EQ(row<Round>(decision).asked_at, at("2026-11-23T11:10"));
    EXPECT_EQ(row<Round>(decision).closes_at, at("2026-11-23T11:40"));
}

TEST(StandupPrompt, SaysUnreachableAndTellsTheDeliveryManagerWhenItCannotBeDelivered) {
    auto turn = open_turn();
    turn.round.asked_at.reset();
    auto chance = ids();
    auto decision = standup::prompt_failed(turn, "account_inactive", nine_thirty, chance);

    EXPECT_EQ(row<Round>(decision).phase, Phase::unreachable);
    EXPECT_EQ(row<Round>(decision).reason, "account_inactive");
    EXPECT_TRUE(tells(decision, Purpose::undelivered));
    EXPECT_TRUE(tells(decision, Purpose::summary)) << "it counts who was asked";
}

TEST(StandupPrompt, IsCountedInTheSummaryWhenItTurnsOutSentAfterItsClose) {
    auto turn = open_turn();
    turn.round.asked_at.reset();
    turn.round.phase = Phase::not_asked;
    turn.round.not_asked = NotAsked::downtime;
    auto chance = ids();
    auto decision = standup::prompt_sent(turn, at("2026-11-23T11:31"), chance);

    EXPECT_EQ(row<Round>(decision).phase, Phase::silent);
    EXPECT_TRUE(tells(decision, Purpose::summary));
}

// ---- reminding and closing

TEST(StandupRemind, RemindsOnce) {
    auto chance = ids();
    auto turn = open_turn();
    auto decision = standup::remind(turn, at("2026-11-23T11:06"), chance);
    EXPECT_TRUE(tells(decision, Purpose::reminder));

    turn.round = row<Round>(decision);
    EXPECT_FALSE(tells(standup::remind(turn, at("2026-11-23T11:07"), chance), Purpose::reminder));
}

TEST(StandupRemind, IsSilentAfterAnAnswerASnoozeOrTheClose) {
    auto chance = ids();
    auto answered = open_turn();
    answered.round.phase = Phase::answered;
    auto snoozed = open_turn();
    snoozed.round.snoozed_until = at("2026-11-23T11:10");

    EXPECT_TRUE(standup::remind(answered, at("2026-11-23T11:06"), chance).deliveries.empty());
    EXPECT_TRUE(standup::remind(snoozed, at("2026-11-23T11:06"), chance).deliveries.empty());
    EXPECT_TRUE(standup::remind(open_turn(), half_past_eleven, chance).deliveries.empty());
}

TEST(StandupClose, CallsSilentWhoWasAskedAndGaveNoAnswer) {
    auto chance = ids();

    EXPECT_EQ(
        row<Round>(standup::close_round(open_turn(), half_past_eleven, chance)).phase, Phase::silent
    );
}

TEST(StandupClose, NeverCallsSilentWhoWasNotAsked) {
    auto turn = open_turn();
    turn.round.asked_at.reset();
    auto chance = ids();

    EXPECT_EQ(
        row<Round>(standup::close_round(turn, half_past_eleven, chance)).phase, Phase::not_asked
    );
}

// ---- typed lines

Decision type(const Turn& turn, std::string words, Instant now = nine_thirty + 10min) {
    auto chance = ids();
    return standup::on_message(turn, line(std::move(words)), {now}, now, chance);
}

Decision edit(const Turn& turn, const std::string& words, Instant now) {
    auto chance = ids();
    return standup::on_message_edited(turn, line(words), {now}, now, chance);
}

TEST(StandupOnLine, SavesTheLineAsTodaysPlanAndSaysSo) {
    auto decision = type(open_turn(), "Test refunds");

    EXPECT_EQ(row<Answer>(decision).question, "today");
    EXPECT_EQ(row<Answer>(decision).text, "Test refunds");
    EXPECT_EQ(row<Round>(decision).phase, Phase::answered);
    EXPECT_TRUE(tells(decision, Purpose::receipt));
    EXPECT_TRUE(tells(decision, Purpose::summary));
    EXPECT_TRUE(cancels(decision, TimerKind::remind));
}

TEST(StandupOnLine, KeepsALateAnswerAndMarksItLate) {
    auto turn = open_turn();
    turn.round.phase = Phase::silent;

    EXPECT_EQ(row<Round>(type(turn, "Sorry, late", half_past_eleven + 11min)).phase, Phase::late);
}

TEST(StandupOnLine, GivesTenMinutesOfGrace) {
    auto turn = open_turn();
    turn.round.phase = Phase::silent;

    EXPECT_EQ(
        row<Round>(type(turn, "Just in time", half_past_eleven + 10min)).phase, Phase::answered
    );
}

TEST(StandupOnLine, KeepsASecondLineAsADraftAndAsksWhatItIs) {
    auto turn = open_turn();
    turn.round.phase = Phase::answered;
    turn.round.answered_at = nine_thirty;
    turn.answers = {answer(turn, "today", "Test refunds")};
    auto decision = type(turn, "And the report");

    EXPECT_EQ(row<Draft>(decision).text, "And the report");
    EXPECT_TRUE(rows<Answer>(decision).empty());
    EXPECT_EQ(said(decision), "draft.today_is_answered");
}

TEST(StandupOnLine, AddsOrReplacesWhenThePersonHasChosen) {
    auto turn = open_turn();
    turn.round.answered_at = nine_thirty;
    turn.answers = {answer(turn, "today", "Test refunds")};
    Draft draft{
        DraftId{1}, amira.id, DraftKind::extra, turn.round.id, "And the report", "line-2", {}};
    auto chance = ids();

    auto added =
        standup::use_draft(turn, draft, standup::DraftUse::add, nine_thirty + 20min, chance);
    auto replaced =
        standup::use_draft(turn, draft, standup::DraftUse::replace, nine_thirty + 20min, chance);
    EXPECT_EQ(row<Answer>(added).text, "Test refunds\nAnd the report");
    EXPECT_EQ(row<Answer>(replaced).text, "And the report");
    EXPECT_EQ(row<Draft>(added).kind, DraftKind::added);  // its words can still be edited
    EXPECT_EQ(row<DraftEnds>(replaced).draft, draft.id);
}

TEST(StandupOnLine, ReplacesTheAnswerOfALetter) {
    auto turn = open_turn();
    turn.answers = {answer(turn, "since", "Old")};
    auto decision = type(turn, "y: Finished the form");

    EXPECT_EQ(row<Answer>(decision).question, "since");
    EXPECT_EQ(row<Answer>(decision).text, "Finished the form");
}

TEST(StandupOnLine, KeepsWhatWasTypedWhenNothingCanBeAnswered) {
    auto chance = ids();
    auto decision = standup::keep_loose_line(
        amira, line("Starting on refunds"), std::nullopt, nine_thirty, chance
    );

    EXPECT_EQ(row<Draft>(decision).text, "Starting on refunds");
    EXPECT_EQ(timer(decision, TimerKind::drop_draft), nine_thirty + 24h);
}

TEST(StandupOnLine, AsksWhichTeamAndKeepsTheLine) {
    auto other = open_turn();
    other.round.id = RoundId{601};
    other.team.name = "Refunds";
    auto chance = ids();
    auto six_turns = std::vector<Turn>(6, open_turn());
    six_turns.back() = other;
    auto decision =
        standup::ask_which_round(amira, six_turns, line("Test refunds"), nine_thirty, chance);

    EXPECT_EQ(row<Draft>(decision).kind, DraftKind::which_round);
    EXPECT_EQ(said(decision), "draft.which_team");
    const auto& message = std::get<Say>(decision.reply).message;
    EXPECT_EQ(std::get<Buttons>(message.blocks.back()).buttons.back().extra, 601);
}

TEST(StandupOnEdited, ChangesTheAnswerInPlace) {
    auto turn = open_turn();
    turn.round.phase = Phase::answered;
    turn.round.answered_at = nine_thirty;
    turn.answers = {answer(turn, "today", "Test refunds", "line-1")};
    auto decision = edit(turn, "Test payments", nine_thirty + 30min);

    EXPECT_EQ(row<Answer>(decision).text, "Test payments");
    EXPECT_EQ(row<Round>(decision).edited_at, nine_thirty + 30min);
    EXPECT_TRUE(tells(decision, Purpose::plan));
}

TEST(StandupOnEdited, LetsTheReceiptShowTheNewWords) {
    auto turn = open_turn();
    turn = after(turn, type(turn, "Test refunds"));
    auto decision = edit(turn, "Test payments", nine_thirty + 30min);

    EXPECT_TRUE(tells(decision, Purpose::receipt));
}

TEST(StandupOnDeleted, WithdrawsTheAnswerAndTheRoundIsOpenAgain) {
    auto turn = open_turn();
    turn.round.phase = Phase::answered;
    turn.round.answered_at = nine_thirty;
    turn.answers = {answer(turn, "today", "Test refunds", "line-1")};
    auto chance = ids();
    auto decision = standup::on_message_deleted(turn, "line-1", nine_thirty + 30min, chance);

    EXPECT_TRUE(row<Answer>(decision).withdrawn);
    EXPECT_EQ(row<Round>(decision).phase, Phase::asked);
    EXPECT_TRUE(tells(decision, Purpose::plan));  // its entry in the thread goes
}

TEST(StandupOnDeleted, TakesBackABlockerThatNobodyHasSeen) {
    auto turn = open_turn();
    turn = after(turn, type(turn, "b: No test data"));
    auto chance = ids();
    auto decision = standup::on_message_deleted(turn, "line-1", nine_thirty + 5min, chance);

    EXPECT_EQ(row<Blocker>(decision).state, BlockerState::withdrawn);
    EXPECT_FALSE(tells(decision, Purpose::new_blocker));
}

TEST(StandupOnEdited, KeepsTheBlockerOfItsLine) {
    auto turn = open_turn();
    auto raised = type(turn, "b: No test data");
    turn = after(turn, raised);
    auto edited = edit(turn, "b: No refund data", nine_thirty + 12min);

    ASSERT_EQ(rows<Blocker>(edited).size(), 1);
    EXPECT_EQ(row<Blocker>(edited).id, row<Blocker>(raised).id);
    EXPECT_EQ(row<Blocker>(edited).title, "No refund data");
}

// ---- buttons

TEST(StandupSamePlan, SavesTheLastPlanAgain) {
    auto turn = open_turn();
    turn.last_plan = LastPlan{date("2026-11-20"), "Finish the refund form"};
    auto chance = ids();
    auto decision = standup::same_plan(turn, nine_thirty + 1min, chance);

    EXPECT_EQ(row<Answer>(decision).text, "Finish the refund form");
    EXPECT_EQ(row<Answer>(decision).source, AnswerSource::same_plan);
}

TEST(StandupSnooze, ComesAgainInAnHourInsteadOfTheReminder) {
    auto chance = ids();
    auto decision = standup::snooze(open_turn(), 60min, nine_thirty, chance);

    EXPECT_EQ(timer(decision, TimerKind::ask), nine_thirty + 1h);
    EXPECT_TRUE(cancels(decision, TimerKind::remind));
}

TEST(StandupSnooze, EndsAQuarterOfAnHourBeforeTheClose) {
    auto chance = ids();

    EXPECT_EQ(
        timer(standup::snooze(open_turn(), 60min, at("2026-11-23T10:50"), chance), TimerKind::ask),
        at("2026-11-23T11:15")
    );
    EXPECT_EQ(
        said(standup::snooze(open_turn(), 60min, at("2026-11-23T11:12"), chance)),
        "snooze.too_close"
    );
}

TEST(StandupSnooze, AsksAgainNearTheEndOfTheDayWithoutMovingTheClose) {
    auto turn = open_turn();
    turn.person.hours.week.days[0] = *hours_from("09:00-11:30");
    turn.round.snoozed_until = at("2026-11-23T11:15");
    auto decision = ask(turn, at("2026-11-23T11:15"));

    EXPECT_TRUE(tells(decision, Purpose::prompt));
    EXPECT_EQ(row<Round>(decision).closes_at, half_past_eleven);
}

TEST(StandupSnooze, AsksAgainWithANewMessageAndClosesTheOldCard) {
    auto turn = open_turn();
    turn.round.snoozed_until = nine_thirty + 1h;
    auto decision = ask(turn, nine_thirty + 1h);

    ASSERT_EQ(decision.deliveries.size(), 2);
    EXPECT_EQ(decision.deliveries[0].key.seq, 1);
    EXPECT_EQ(decision.deliveries[1].key.seq, 0);
    EXPECT_FALSE(row<Round>(decision).snoozed_until);
}

TEST(StandupSkip, AsksNothingMore) {
    auto chance = ids();
    auto decision = standup::skip(open_turn(), nine_thirty + 1min, chance);

    EXPECT_EQ(row<Round>(decision).phase, Phase::skipped);
    EXPECT_TRUE(cancels(decision, TimerKind::ask));
    EXPECT_TRUE(cancels(decision, TimerKind::remind));
}

TEST(StandupSkip, IsNotToldByTheMomentAtWhichTheSummaryChanges) {
    auto chance = ids();
    auto skipped = standup::skip(open_turn(), nine_thirty + 5min, chance);
    EXPECT_EQ(timer(skipped, TimerKind::close_round), half_past_eleven);

    auto closed = standup::close_round(after(open_turn(), skipped), half_past_eleven, chance);
    EXPECT_TRUE(rows<Round>(closed).empty());
    EXPECT_TRUE(tells(closed, Purpose::summary)) << "as when somebody silent is over";
}

TEST(StandupSkip, DoesNotUndoAnAnswer) {
    auto turn = open_turn();
    turn.round.phase = Phase::answered;
    turn.round.answered_at = nine_thirty;
    auto chance = ids();

    EXPECT_EQ(said(standup::skip(turn, nine_thirty + 1min, chance)), "stale.already_answered");
}

// ---- the summary

TEST(StandupSummary, IsNotPostedBeforeTheTeamsWorkingHours) {
    auto chance = ids();
    Decision decision;
    standup::refresh_summary(
        decision,
        open_turn().run,
        payments(),
        roster().channels,
        *calendars(),
        at("2026-11-23T04:10"),
        chance
    );

    EXPECT_EQ(decision.deliveries.front().due, at("2026-11-23T09:00"));
    EXPECT_EQ(decision.deliveries.front().expires_at, at("2026-11-24T00:00"));
}

TEST(StandupSummary, IsPostedAfterTheTeamsDayWhenTheAnswerComesThen) {
    auto chance = ids();
    Decision decision;
    auto evening = at("2026-11-23T17:35");
    standup::refresh_summary(
        decision, open_turn().run, payments(), roster().channels, *calendars(), evening, chance
    );

    EXPECT_EQ(decision.deliveries.front().due, evening);
}

}  // namespace
}  // namespace muster
