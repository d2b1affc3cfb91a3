#include "tests/sim/story.hpp"

// Defects found in the source of other bots (spec/standups.md, "Regression list"). 16 and 17 belong
// to the platforms.

namespace muster::sim {
namespace {

using namespace std::chrono_literals;

settings::Wanted three_in_london() {
    return a_team_of({a_person("Dev"), a_person("Amira"), a_person("Bo")});
}

PlatformFaults answers_get_lost() {
    PlatformFaults faults;
    faults.ambiguous_after = true;
    faults.rate = 1;
    return faults;
}

TEST(RegressionList, 01_AMemberSeveralHoursWestOfTheDeadlineIsPromptedAndNotListed) {
    auto wanted = a_team_of({a_person("Dev"), a_person("Wes", "America/New_York")});
    wanted.teams.front().ceremonies.front().show_silent = true;
    Story story{wanted};
    story.until("Monday 12:00");
    auto wes = story.round_of("Wes");
    EXPECT_EQ(wes.phase, Phase::waiting);
    EXPECT_EQ(story.told("Wes", "prompt."), 0);
    for (const auto& message : story.messages(channel_of("payments")))
        EXPECT_FALSE(named_in(message.message).contains(wes.person));

    story.until("Monday 14:35");
    EXPECT_EQ(story.told("Wes", "prompt.notification"), 1);
    story.says("Wes", "Test the form");
    EXPECT_EQ(story.round_of("Wes").phase, Phase::answered);
}

TEST(RegressionList, 02_AReportThatFailsToPostIsPostedLaterAlsoWhenTheRunIsClosed) {
    Story story{three_in_london()};
    story.until("Monday 09:35");
    PlatformFaults closed;
    closed.try_later = true;
    closed.rate = 1;
    story.world().platform().be_faulty(closed);
    story.says("Amira", "Test the form");
    story.until("Monday 11:45");
    EXPECT_EQ(story.shown("summary."), 0);

    story.world().platform().be_faulty({});
    story.until("Monday 12:00");
    EXPECT_EQ(story.shown("summary."), 1);
    EXPECT_EQ(story.shown("plan."), 1);
}

TEST(RegressionList, 03_APromptThatWasSentBeforeACrashIsNotSentAgain) {
    Story story{three_in_london(), answers_get_lost()};
    story.until("Monday 09:30");
    story.world().run_for(600ms);
    ASSERT_EQ(story.messages(account_of("amira")).size(), 1U);
    story.world().kill_bot();
    story.world().platform().be_faulty({});
    story.until("Monday 09:40");

    EXPECT_EQ(story.world().platform().in_place(account_of("amira")).size(), 1U);
    EXPECT_TRUE(story.round_of("Amira").asked_at.has_value());
}

TEST(RegressionList, 03_APromptThatThePlatformShowedIsNotSentAgainWhereNobodyCanLook) {
    auto faults = answers_get_lost();
    faults.find_cannot_tell = true;
    Story story{three_in_london(), faults, 5s};
    story.until("Monday 09:40");

    EXPECT_EQ(story.world().platform().in_place(account_of("amira")).size(), 1U);
    EXPECT_TRUE(story.round_of("Amira").asked_at.has_value());
    EXPECT_EQ(story.world().platform().in_place(account_of("bo")).size(), 1U);
}

TEST(RegressionList, 04_AnEditLeavesTheBlockerTheSameOne) {
    Story story{three_in_london()};
    story.until("Monday 09:35");
    story.says("Amira", "b: no test data", "line-b");
    auto before = story.open_blockers();
    ASSERT_EQ(before.size(), 1U);
    story.says("Amira", "Test the form", "line-t");
    story.edits("Amira", "line-t", "Test the other form");
    story.edits("Amira", "line-b", "no test data for refunds");
    auto after = story.open_blockers();

    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after.front().id, before.front().id);
    EXPECT_EQ(after.front().number, before.front().number);
}

TEST(RegressionList, 05_OneBlockerOnThreeDaysIsOneCase) {
    Story story{three_in_london()};
    for (const auto* day : {"Monday 09:35", "Tuesday 09:35", "Wednesday 09:35"}) {
        story.until(day);
        story.says("Amira", "b: No test data");
    }
    EXPECT_EQ(story.open_blockers().size(), 1U);
}

TEST(RegressionList, 06_NoBlockersOpensNoBlocker) {
    Story story{three_in_london()};
    story.until("Monday 09:35");
    for (const auto* words : {"b: no blockers", "b: None.", "b: n/a", "b: -", "b: nothing"})
        story.says("Amira", words);
    EXPECT_TRUE(story.open_blockers().empty());
}

TEST(RegressionList, 07_AStandUpSetUpInWinterIsHeldAtTheSameHourInSummer) {
    WorldOptions options;
    options.start = *instant_at("Europe/London", *date_from("2027-03-26"), 6h);
    options.wanted = three_in_london();
    World world{options};
    world.run_until(*instant_at("Europe/London", *date_from("2027-03-30"), 18h));
    auto opened = world.look([](View& view) {
        std::vector<TimeOfDay> times;
        for (const auto& run : view.runs_of(view.teams().front().id, Instant{}))
            times.push_back(local_time("Europe/London", run.opens_at).time);
        return times;
    });
    EXPECT_EQ(opened, (std::vector<TimeOfDay>{9h + 30min, 9h + 30min, 9h + 30min}));
}

TEST(RegressionList, 08_AStartThatIsFoundLateIsStillAStart) {
    Story story{three_in_london()};
    story.until("Monday 09:29");
    story.world().stop_bot();
    story.until("Monday 09:52");
    story.world().start_bot();
    story.until("Monday 09:55");
    EXPECT_EQ(story.told("Amira", "prompt.notification"), 1);
}

TEST(RegressionList, 09_AMissedWindowIsToldAndNotForgotten) {
    Story story{three_in_london()};
    story.until("Monday 09:00");
    story.world().stop_bot();
    story.until("Monday 15:00");
    story.world().start_bot();
    story.until("Monday 15:10");

    EXPECT_EQ(story.round_of("Amira").phase, Phase::not_asked);
    EXPECT_EQ(story.round_of("Amira").not_asked, NotAsked::downtime);
    EXPECT_EQ(story.told("Amira", "prompt."), 0);
    EXPECT_EQ(story.told("Dev", ""), 1);
}

TEST(RegressionList, 10_AChannelThatFailsDoesNotHoldUpAnother) {
    auto wanted = three_in_london();
    auto other = wanted.teams.front();
    other.key = "refunds";
    other.name = "Refunds";
    other.channels.front().external_id = channel_of("refunds");
    wanted.teams.push_back(other);
    wanted.teams.front().members = {"dev", "amira"};
    wanted.teams.back().members = {"bo"};
    Story story{wanted};
    story.until("Monday 09:35");
    story.world().platform().close(channel_of("payments"));
    story.says("Amira", "Test the form");
    story.says("Bo", "Test refunds");
    story.until("Monday 09:40");
    EXPECT_EQ(story.shown("summary."), 0);
    EXPECT_FALSE(story.messages(channel_of("refunds")).empty());
}

TEST(RegressionList, 11_AnAnswerThatArrivesOnlyWhenItIsRepeatedIsKept) {
    Story story{three_in_london()};
    story.until("Monday 09:35");
    story.world().stop_bot();
    story.says("Amira", "Test the form");
    story.world().start_bot();
    story.until("Monday 09:40");
    EXPECT_EQ(story.answers_of("Amira"), "today: Test the form\n");
}

TEST(RegressionList, 12_OneMessageThatArrivesElevenTimesIsOneAnswer) {
    Story story{three_in_london()};
    story.until("Monday 09:35");
    for (int copy = 0; copy < 11; ++copy) {
        auto keys = story.world().new_keys(1);
        keys.emplace_back("the same message");
        story.does("Amira", Said{"Test the form", "line-1", std::nullopt}, keys);
    }
    EXPECT_EQ(story.answers_of("Amira"), "today: Test the form\n");
    EXPECT_EQ(story.told("Amira", "receipt."), 1);
    auto drafts = story.world().look([](View& view) {
        std::size_t found = 0;
        for (const auto& person : view.people())
            found += view.drafts_of(person.id).size();
        return found;
    });
    EXPECT_EQ(drafts, 0U);
}

TEST(RegressionList, 13_WhatWasBegunGoesOnAfterARestart) {
    Story story{three_in_london()};
    story.until("Monday 09:35");
    story.says("Amira", "Test the form");
    auto offer = story.says("Amira", "and the report");
    story.world().kill_bot();
    story.until("Monday 09:40");
    ASSERT_TRUE(std::holds_alternative<Say>(offer));
    for (const auto& button : buttons_of(std::get<Say>(offer).message))
        if (button.verb == Verb::add_to_plan)
            story.does("Amira", Pressed{button.verb, button.subject, 0, ""}, {"press-1"});
    EXPECT_EQ(story.answers_of("Amira"), "today: Test the form\nand the report\n");
}

TEST(RegressionList, 14_ThreeDaysAwayAreWorkingDaysFromToday) {
    Story story{three_in_london()};
    story.until("Thursday 08:00");
    auto reply = story.says("Amira", "away 3 days");
    ASSERT_TRUE(std::holds_alternative<Say>(reply));
    story.says("Amira", "yes");
    auto away = story.world().look([](View& view) {
        for (const auto& person : view.people())
            if (person.name == "Amira") return view.absences_of(person.id);
        return std::vector<Absence>{};
    });
    ASSERT_EQ(away.size(), 1U);
    EXPECT_EQ(to_text(away.front().days.from), "2026-11-26");
    EXPECT_EQ(to_text(away.front().days.to), "2026-11-30");
}

TEST(RegressionList, 15_EditedQuestionsLeaveOldAnswersAsTheyWere) {
    auto wanted = three_in_london();
    Story story{wanted};
    story.until("Monday 09:35");
    story.says("Amira", "Test the form");
    wanted.teams.front().ceremonies.front().questions.front().key = "plan";
    wanted.teams.front().ceremonies.front().questions.front().text = "What is your plan?";
    story.world().change_settings_to(wanted);
    EXPECT_EQ(story.answers_of("Amira"), "today: Test the form\n");
    auto asked = story.world().look([](View& view) {
        return view.runs_of(view.teams().front().id, Instant{}).front().questions.front();
    });
    EXPECT_EQ(asked.key, "today");
    story.until("Tuesday 09:35");
    story.says("Amira", "Test the report");
    EXPECT_EQ(story.answers_of("Amira"), "plan: Test the report\n");
}

TEST(RegressionList, 18_ACorrectedFormIsNotTakenForTheRefusedOne) {
    Story story{three_in_london()};
    story.until("Monday 09:35");
    auto opened = story.presses("Amira", Verb::answer);
    ASSERT_TRUE(std::holds_alternative<OpenForm>(opened));
    auto context = std::get<OpenForm>(opened).form.context;
    auto refused = story.does("Amira", Submitted{context, {{"today", ""}}}, {"view-1"});
    EXPECT_TRUE(std::holds_alternative<FormErrors>(refused));
    story.does("Amira", Submitted{context, {{"today", "Test the form"}}}, {"view-1"});
    EXPECT_EQ(story.answers_of("Amira"), "today: Test the form\n");
}

// ---- more that a stand-up day must not do

TEST(StandUpStory, SendsOneReminderAndTakesItAwayWhenAnswered) {
    Story story{three_in_london()};
    story.until("Monday 11:10");
    EXPECT_EQ(story.told("Amira", "reminder"), 1);
    story.says("Amira", "Test the form");
    story.until("Monday 11:15");
    EXPECT_EQ(story.told("Amira", "reminder"), 0);
    story.until("Monday 18:00");
    EXPECT_EQ(story.told("Amira", "reminder"), 0);
}

TEST(StandUpStory, AClockThatIsSetBackHoldsNoMessageUpAndAsksNobodyTwice) {
    Story story{three_in_london()};
    story.until("Monday 09:45");
    story.says("Amira", "t: Test the form");
    story.world().step_clock(-10min);
    story.says("Amira", "t: Test the report");
    EXPECT_EQ(story.told("Amira", "receipt."), 2);
    story.until("Monday 10:00");
    EXPECT_EQ(story.rounds_held("Amira"), 1);
    EXPECT_EQ(story.told("Bo", "prompt."), 1);
}

TEST(StandUpStory, TwoTimesThatOpenTogetherAreBothHeld) {
    auto ceremony = a_stand_up(1h);
    ceremony.slots.push_back({"second", 4h});  // both wait for nine o'clock
    Story story{a_team_of({a_person("Dev"), a_person("Amira")}, ceremony)};
    story.until("Monday 12:00");
    EXPECT_EQ(story.rounds_held("Amira"), 2);
}

TEST(StandUpStory, TwoTimesThatOpenTogetherOnADayThatNobodyWorksDoNotTakeTurnsForEver) {
    auto ceremony = a_stand_up(1h);
    ceremony.recurrence = parse_recurrence("FREQ=DAILY", std::nullopt).value();
    ceremony.slots.push_back({"second", 4h});
    auto wanted = a_team_of({a_person("Dev"), a_person("Amira")}, ceremony);
    wanted.teams.front().hours.week.days[6] = {{9h, 17h}};
    Story story{wanted};
    story.until("next Monday 12:00");
    EXPECT_EQ(story.rounds_held("Amira"), 12);
}

TEST(Simulation, HasTheSameHistoryForTheSameSeed) {
    auto history = [] {
        Story story{three_in_london()};
        story.until("Monday 09:35");
        story.says("Amira", "Test the form");
        story.until("Tuesday 18:00");
        return story.world().hash();
    };
    EXPECT_EQ(history(), history());
}

}  // namespace
}  // namespace muster::sim
