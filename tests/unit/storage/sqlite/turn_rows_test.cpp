#include "tests/unit/storage/sqlite/memory_database.hpp"
#include "tests/unit/storage/sqlite/sample.hpp"

namespace muster::sqlite {
namespace {

using namespace sample;

struct TurnRows : testing::Test {
    MemoryDatabase memory;
    SqliteTransaction& rows = memory.rows;
    Instant now = tuesday_nine + 10min;

    void SetUp() override {
        rows.apply(settings(), monday_nine);
        rows.apply(two_runs(), monday_nine);
    }
};

TEST_F(TurnRows, HoldEverythingADecisionNeeds) {
    auto helped = blocker(70, 1, amira);
    helped.helper = cai;
    auto office = Calendar{"office", {{monday_date, "Founders' day"}}, {}};
    auto leave = Absence{AbsenceId{90}, amira, payments, {tuesday_date, tuesday_date}, {}};
    auto other_team = leave;
    other_team.id = AbsenceId{91};
    other_team.team = TeamId{999};
    auto draft = Draft{DraftId{60}, amira, DraftKind::loose, {}, "t", "", now};
    rows.apply(
        changes(
            {answer(amira_tuesday, "since", "b"),
             answer(amira_tuesday, "today", "a"),
             answer(amira_monday, "today", "the plan of Monday"),
             helped,
             blocker(71, 2, bo),
             leave,
             other_team,
             draft,
             CalendarRow{agency, office}}
        ),
        now
    );

    auto turn = *rows.turn(amira_tuesday, now);
    EXPECT_EQ(turn.person.id, amira);
    EXPECT_EQ(turn.team.id, payments);
    EXPECT_EQ(turn.ceremony.id, standup);
    EXPECT_EQ(turn.run.id, tuesday);
    EXPECT_EQ(turn.round.id, amira_tuesday);
    ASSERT_EQ(turn.answers.size(), 2u);
    EXPECT_EQ(turn.answers[0].question, "today") << "in the order of the questions";
    EXPECT_THAT(turn.own_blockers, testing::ElementsAre(helped));
    EXPECT_THAT(turn.drafts, testing::ElementsAre(draft));
    EXPECT_EQ(turn.last_plan, (LastPlan{monday_date, "the plan of Monday"}));
    EXPECT_TRUE(turn.newest);
    EXPECT_FALSE(turn.left);
    EXPECT_EQ(turn.standing, Standing::participant);
    EXPECT_THAT(turn.absences, testing::ElementsAre(leave));
    EXPECT_EQ(turn.channels.at(0).id, channel);
    EXPECT_THAT(turn.channel_platforms, testing::ElementsAre("local"));
    EXPECT_THAT(turn.delivery_managers, testing::ElementsAre(dev));
    EXPECT_EQ(turn.names.at(amira), "Amira");
    EXPECT_EQ(turn.names.at(cai), "Cai");
    EXPECT_EQ(turn.names.at(dev), "Dev");
    EXPECT_TRUE(turn.calendars->contains("office"));
    EXPECT_FALSE(rows.turn(RoundId{999}, now));
}

TEST_F(TurnRows, AreNoLongerNewestWhenTheNextRoundHasOpened) {
    EXPECT_TRUE(rows.turn(amira_monday, tuesday_nine - 1ms)->newest);
    EXPECT_FALSE(rows.turn(amira_monday, tuesday_nine)->newest);
}

TEST_F(TurnRows, KnowWhoLeft) {
    rows.apply(changes({MembershipEnds{payments, amira}}), now);
    EXPECT_TRUE(rows.turn(amira_tuesday, now)->left);
}

TEST_F(TurnRows, TakeTheLastPlanFromTheFirstTextQuestionWhereNoneIsCalledToday) {
    auto first = *rows.run(monday);
    auto mood = question("mood");
    mood.kind = Question::Kind::scale;
    first.questions = {mood, question("goals"), question("since")};
    auto withdrawn = answer(amira_monday, "goals", "taken back");
    withdrawn.withdrawn = true;
    rows.apply(changes({first, withdrawn, answer(amira_monday, "since", "old")}), now);
    EXPECT_FALSE(rows.turn(amira_tuesday, now)->last_plan);

    rows.apply(changes({answer(amira_monday, "goals", "ship it")}), now);
    EXPECT_EQ(rows.turn(amira_tuesday, now)->last_plan, (LastPlan{monday_date, "ship it"}));
    EXPECT_FALSE(rows.turn(amira_monday, now)->last_plan) << "nothing came before";
}

TEST_F(TurnRows, ThatMayBeAnsweredAreTheNewestOfEachCeremony) {
    auto retro = ceremony();
    retro.id = CeremonyId{23};
    retro.key = "retro";
    auto held = sample::run(RunId{33}, tuesday_date, tuesday_nine + 1min);
    held.ceremony = retro.id;
    auto open = sample::round(RoundId{43}, held, amira);
    rows.apply(changes({retro, held, open}), now);

    auto ids = [&](Instant at) {
        auto found = std::vector<RoundId>{};
        for (const auto& turn : rows.answerable_turns(amira, at))
            found.push_back(turn.round.id);
        return found;
    };
    EXPECT_THAT(ids(now), testing::ElementsAre(open.id, amira_tuesday));
    EXPECT_THAT(ids(monday_nine), testing::ElementsAre(amira_monday));
    EXPECT_TRUE(ids(monday_nine - 1ms).empty());
    EXPECT_THAT(ids(tuesday_nine + 7 * 24h), testing::ElementsAre(open.id, amira_tuesday));
    EXPECT_THAT(ids(tuesday_nine + 7 * 24h + 1ms), testing::ElementsAre(open.id));

    auto waiting = *rows.round(amira_tuesday);
    waiting.phase = Phase::waiting;
    rows.apply(changes({waiting}), now);
    EXPECT_THAT(ids(now), testing::ElementsAre(open.id, amira_tuesday))
        << "its window has opened: a line typed before it is asked is not yesterday's";
    EXPECT_THAT(ids(tuesday_nine - 1ms), testing::ElementsAre(amira_monday));
}

TEST_F(TurnRows, LookForTheLastPlanBehindRoundsWithoutOneButNotForEver) {
    rows.apply(changes({answer(amira_monday, "today", "the plan of Monday")}), now);
    auto asked_later = [&](int days) {
        auto run = sample::run(RunId{34}, add_days(tuesday_date, days), tuesday_nine + days * 24h);
        rows.apply(changes({run, sample::round(RoundId{44}, run, amira)}), now);
        return rows.turn(RoundId{44}, now)->last_plan;
    };
    EXPECT_EQ(asked_later(1), (LastPlan{monday_date, "the plan of Monday"}));
    EXPECT_EQ(asked_later(91), (LastPlan{monday_date, "the plan of Monday"}));
    EXPECT_FALSE(asked_later(92));

    rows.apply(changes({answer(amira_tuesday, "since", "no plan")}), now);
    EXPECT_EQ(asked_later(1), (LastPlan{monday_date, "the plan of Monday"}));
}

TEST_F(TurnRows, KnowTheDaysBeforeARunOfWhichNoSummaryTold) {
    EXPECT_TRUE(rows.board(tuesday)->gap.empty());

    auto nobody_asked = *rows.round(amira_monday);
    nobody_asked.phase = Phase::not_asked;
    nobody_asked.not_asked = NotAsked::downtime;
    auto sunday = sample::run(RunId{34}, add_days(monday_date, -1), monday_nine - 24h);
    auto asked_late = sample::round(RoundId{44}, sunday, amira);
    asked_late.asked_at = *asked_late.opens_at + 6min;
    rows.apply(changes({nobody_asked, sunday, asked_late}), now);
    EXPECT_THAT(rows.board(tuesday)->gap, testing::ElementsAre(sunday.held_on, monday_date));

    auto told = Decision{};
    auto key = DeliveryKey{Purpose::summary, monday.value, channel, 0};
    told.deliveries = {Tell{DeliveryId{95}, key, std::nullopt, now, std::nullopt}};
    rows.apply(told, now);
    auto summary = *rows.delivery(DeliveryId{95});
    EXPECT_EQ(rows.board(tuesday)->gap.size(), 2u) << "it is not posted yet";
    summary.state = DeliveryState::sent;
    summary.sent_at = now;
    rows.update(summary);
    EXPECT_TRUE(rows.board(tuesday)->gap.empty());
}

TEST_F(TurnRows, MakeABoardOfARun) {
    auto ended = blocker(71, 2, dev);
    ended.state = BlockerState::cleared;
    ended.ended_at = tuesday_nine;
    ended.ended_by = cai;
    auto old = ended;
    old.id = BlockerId{72};
    old.number = 3;
    old.ended_at = tuesday_nine - 1ms;
    rows.apply(
        changes(
            {answer(bo_tuesday, "since", "b"),
             answer(bo_tuesday, "today", "a"),
             blocker(70, 1, amira),
             ended,
             old}
        ),
        now
    );

    auto board = *rows.board(tuesday);
    EXPECT_EQ(board.run.id, tuesday);
    EXPECT_EQ(board.rounds.size(), 2u);
    EXPECT_EQ(board.answers.at(bo_tuesday).at(0).question, "today");
    EXPECT_EQ(board.open_blockers.size(), 1u);
    EXPECT_THAT(board.ended_blockers, testing::ElementsAre(ended));
    EXPECT_EQ(board.roster.members.size(), 3u);
    EXPECT_EQ(board.names.at(bo), "Bo") << "who was asked";
    EXPECT_EQ(board.names.at(cai), "Cai") << "who cleared it";
    EXPECT_THAT(board.platforms, testing::ElementsAre("local"));
    EXPECT_FALSE(rows.board(RunId{999}));
}

TEST_F(TurnRows, MakeARosterWithItsAbsencesOfTheLastWeeks) {
    auto day = [](int back) { return add_days(tuesday_date, -back); };
    auto recent = Absence{AbsenceId{90}, amira, {}, {day(41), day(40)}, {}};
    auto past = Absence{AbsenceId{91}, amira, {}, {day(42), day(41)}, {}};
    auto paused = ceremony();
    paused.id = CeremonyId{23};
    paused.key = "old";
    paused.archived = true;
    rows.apply(changes({recent, past, paused, RoleHolder{{}, Role::fallback, bo, {}}}), now);

    auto roster = *rows.roster(payments, now);
    ASSERT_EQ(roster.members.size(), 3u);
    EXPECT_EQ(roster.members[0].person.id, amira) << "by name";
    EXPECT_THAT(roster.members[0].absences, testing::ElementsAre(recent));
    EXPECT_EQ(roster.member(cai)->standing, Standing::observer);
    EXPECT_EQ(roster.roles.size(), 2u);
    EXPECT_EQ(roster.channels.size(), 1u);
    EXPECT_EQ(roster.ceremonies.size(), 1u);
    EXPECT_FALSE(rows.roster(TeamId{999}, now));
}

}  // namespace
}  // namespace muster::sqlite
