#include "tests/unit/adapters/msteams/teams_story.hpp"

namespace muster::msteams {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

class TeamsLife : public TeamsStory {};

TEST_F(TeamsLife, AnswersWhatIsTypedInTheChat) {
    begin();
    who("amira").adds_app(clock.now());
    say("amira", "help");

    EXPECT_THAT(words(newest("amira")), HasSubstr("stand-up"));
    EXPECT_THAT(statuses, ElementsAre(200, 200, 200));
}

TEST_F(TeamsLife, SavesALineAsThePlanAndShowsIt) {
    ask_everybody();
    EXPECT_THAT(words(newest("amira")), HasSubstr("Payments stand-up"));
    say("amira", "Test refunds");

    EXPECT_EQ(answers("amira").at(0).text, "Test refunds");
    EXPECT_THAT(
        words(newest("amira")), HasSubstr("Saved as your plan for today: \"Test refunds\"")
    );
}

TEST_F(TeamsLife, FollowsALineThatIsEditedOrDeleted) {
    ask_everybody();
    auto line = say("amira", "Test refunds");
    who("amira").edits(line, "Test letters", clock.now());
    pass(1s);
    EXPECT_EQ(answers("amira").at(0).text, "Test letters");

    who("amira").deletes(line, clock.now());
    pass(1s);
    EXPECT_TRUE(answers("amira").empty());
}

TEST_F(TeamsLife, OpensTheFormSavesItAndClosesTheDialog) {
    ask_everybody();
    press_prompt("amira", "Answer");
    ASSERT_TRUE(who("amira").dialog());
    EXPECT_EQ(who("amira").dialog()->title, "Stand-up 23 November");

    who("amira").enters("What will you do today?", "Test refunds");
    EXPECT_TRUE(submit("amira"));

    EXPECT_FALSE(who("amira").dialog());
    EXPECT_EQ(answers("amira").at(0).text, "Test refunds");
    EXPECT_THAT(buttons(direct_of("amira").front()), Contains("Change"))
        << "the card of the prompt says that it is answered";
}

TEST_F(TeamsLife, RefusesInTheClientWhatIsRequired) {
    ask_everybody();
    press_prompt("amira", "Answer");
    EXPECT_FALSE(submit("amira"));
    EXPECT_TRUE(who("amira").dialog());
}

TEST_F(TeamsLife, ShowsTheFormAgainWithWhatIsWrongAndWhatWasTyped) {
    ask_everybody();
    press_prompt("amira", "Answer");
    who("amira").enters("What will you do today?", "  ");
    who("amira").enters("What have you done", "Finished the refund form");
    EXPECT_TRUE(submit("amira")) << "the client counts spaces as words";

    auto* dialog = who("amira").dialog();
    ASSERT_TRUE(dialog);
    EXPECT_THAT(fake::words_of(dialog->card), HasSubstr("Error: Enter what you will do today."));
    EXPECT_EQ(who("amira").entered("What have you done"), "Finished the refund form");
    who("amira").enters("What will you do today?", "Test refunds");
    submit("amira");
    EXPECT_EQ(answers("amira").size(), 2U);
}

TEST_F(TeamsLife, AsksMoreOfANewBlockerInASecondDialog) {
    ask_everybody();
    press_prompt("amira", "Answer");
    who("amira").enters("What will you do today?", "Test refunds");
    who("amira").enters("Is anything new stopping you?", "no test data");
    submit("amira");

    auto* dialog = who("amira").dialog();
    ASSERT_TRUE(dialog);
    EXPECT_THAT(dialog->title, HasSubstr("blocker 1"));
    who("amira").enters("Who needs to act", "Platform");
    submit("amira");
    EXPECT_FALSE(who("amira").dialog());
    pass(1min);
    auto thread = in_channel();
    EXPECT_THAT(words(thread.back()), HasSubstr("no test data"));
}

TEST_F(TeamsLife, TakesAwayWhatWasEmptied) {
    ask_everybody();
    press_prompt("amira", "Answer");
    who("amira").enters("What will you do today?", "Test refunds");
    who("amira").enters("What have you done", "Finished the refund form");
    submit("amira");
    press_prompt("amira", "Change");
    who("amira").enters("What have you done", "");
    submit("amira");

    EXPECT_EQ(answers("amira").size(), 1U) << "an empty input does not come back from Teams";
}

TEST_F(TeamsLife, SaysAboveTheCardWhatBecameOfAPress) {
    ask_everybody();
    press_prompt("amira", "Not today");

    EXPECT_THAT(flash("amira"), HasSubstr("Not today: saved for Payments."));
    EXPECT_EQ(round("amira").phase, Phase::skipped);
}

TEST_F(TeamsLife, PostsTheSummaryWithAThreadOfPlans) {
    ask_everybody();
    for (auto* key : {"dev", "amira", "bo"})
        say(key, std::string{"Plan of "} + key);
    pass(1min);

    auto posted = in_channel();
    ASSERT_FALSE(posted.empty());
    EXPECT_THAT(words(posted.front()), HasSubstr("3 of 3 answered"));
    EXPECT_GE(posted.front().edits, 1) << "it is edited in place";
    for (const auto& one : posted)
        EXPECT_EQ(one.conversation, posted.front().conversation) << "all else is in its thread";
}

TEST_F(TeamsLife, AnswersPrivatelyWhatIsAskedInAChannel) {
    install();
    who("amira").mentions_app_in(team_channel, "hours", clock.now());
    pass(1s);

    EXPECT_FALSE(direct_of("amira").empty());
    auto said = in_channel();
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said.front().words, "I have answered you in our chat.");
}

TEST_F(TeamsLife, SaysWhyItDoesNotAnswerWhoHasNotAddedTheApp) {
    begin();
    who("dev").adds_app_to(team_channel, clock.now());
    who("amira").mentions_app_in(team_channel, "hours", clock.now());
    pass(1s);

    EXPECT_THAT(in_channel().back().words, HasSubstr("you have not added the Muster app"));
}

TEST_F(TeamsLife, TellsTheDeliveryManagerWhoHasNotAddedTheApp) {
    begin();
    for (auto* key : {"dev", "amira"})
        who(key).adds_app(clock.now());
    until("2026-11-23T09:40");

    EXPECT_EQ(round("bo").phase, Phase::unreachable);
    EXPECT_THAT(words(newest("dev")), HasSubstr("have not added the Muster app"));
}

TEST_F(TeamsLife, ReachesThemAgainWhenTheAppIsAddedAgain) {
    install();
    who("bo").removes_app(clock.now());
    pass(1s);
    who("bo").adds_app(clock.now());
    until("2026-11-23T09:31");

    EXPECT_THAT(words(newest("bo")), HasSubstr("Payments stand-up"));
}

TEST_F(TeamsLife, KeepsOneEffectOfAnActivityThatComesTwice) {
    ask_everybody();
    say("amira", "Test refunds");
    auto line = requests_seen.back();
    tasks.spawn(bring(line));
    pass(1s);

    EXPECT_EQ(answers("amira").size(), 1U);
    EXPECT_EQ(statuses.back(), 200);
}

TEST_F(TeamsLife, KnowsPeopleStillAfterARestart) {
    install();
    stop();
    App after{
        {connection,
         teams.tenant().installation.app_id,
         teams.tenant().installation.app_password,
         teams.tenant().installation.tenant,
         teams.tenant().installation.issuer,
         teams.tenant().installation.scope,
         teams.tenant().installation.metadata,
         teams.tenant().installation.login,
         {"smba.trafficmanager.net"}},
        {client, book, catalogue, clock, entropy, log, calls}};
    finish(after.load());
    AppStory::start({{connection, &after.platform()}}, {{connection, &after.directory()}});
    until("2026-11-23T09:31");

    EXPECT_THAT(words(newest("amira")), HasSubstr("Payments stand-up"));
    stop();
}

TEST_F(TeamsLife, ExchangesATokenThatIsRefusedRightAfterItWasGiven) {
    begin();
    who("amira").adds_app(clock.now());
    say("amira", "help");
    teams.refuse_token();
    say("amira", "help");

    EXPECT_EQ(direct_of("amira").size(), 2U);
    EXPECT_EQ(teams.tokens_given(), 2);
}

TEST_F(TeamsLife, SaysThatALineWasNotSaved) {
    ask_everybody();
    store.is_broken = true;
    say("amira", "Test refunds");

    EXPECT_EQ(statuses.back(), 503);
    EXPECT_THAT(words(newest("amira")), HasSubstr("Not saved. Try again."));
    store.is_broken = false;
}

}  // namespace
}  // namespace muster::msteams
