#include "tests/unit/adapters/slack/slack_story.hpp"

// A person's own page: App Home, over the whole way.
namespace muster::slack {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class SlackHome : public SlackStory {
protected:
    SlackHome() {
        client.on_call([this](const HttpCall& call) {
            if (call.url.ends_with("/views.publish")) ++published;
        });
        begin();
    }

    void open(const std::string& key) {
        who(key).opens_home(clock.now());
        pass(2s);
    }

    void press(const std::string& key, const std::string& button) {
        who(key).presses_at_home(button, clock.now());
        pass(2s);
    }

    // Line by line, buttons as "[Answer]".
    std::string page_of(const std::string& key) {
        auto person = who(key);
        return person.home() ? fake::shown(*person.home()).text : "";
    }

    std::string form_of(const std::string& key) {
        auto person = who(key);
        return person.form() ? fake::shown(*person.form()).text : "";
    }

    int published = 0;
};

TEST_F(SlackHome, ShowsTheOpenStandUpWithItsAnswerButton) {
    until("2026-11-23T09:31");
    EXPECT_EQ(page_of("amira"), "") << "nobody has opened it";
    open("amira");

    EXPECT_THAT(page_of("amira"), HasSubstr("Today, Monday 23 November"));
    EXPECT_THAT(page_of("amira"), HasSubstr("Open until 11:30am your time."));
    EXPECT_THAT(page_of("amira"), HasSubstr("[Answer]"));
    EXPECT_THAT(page_of("amira"), Not(HasSubstr("Reply here"))) << "nothing can be typed there";
}

TEST_F(SlackHome, SaysWhenTheNextStandUpIs) {
    open("amira");
    EXPECT_THAT(page_of("amira"), HasSubstr("Next: the Payments stand-up, at 9:30am on Monday 23"));
}

TEST_F(SlackHome, OpensTheFormAndShowsWhatWasAnswered) {
    until("2026-11-23T09:31");
    open("amira");
    press("amira", "Answer");
    auto amira = who("amira");
    amira.enters("today", "Test refunds");
    ASSERT_TRUE(amira.submits(clock.now()));
    pass(5s);

    EXPECT_THAT(answers("amira"), SizeIs(1));
    EXPECT_THAT(page_of("amira"), HasSubstr("Test refunds"));
    EXPECT_THAT(page_of("amira"), Not(HasSubstr("[Answer]")));
}

TEST_F(SlackHome, AnswersAPressAboveThePage) {
    until("2026-11-23T09:31");
    open("amira");
    press("amira", "Not today");

    EXPECT_THAT(form_of("amira"), HasSubstr("Payments"));
    EXPECT_EQ(round("amira").phase, Phase::skipped);
    EXPECT_THAT(page_of("amira"), Not(HasSubstr("[Answer]")));
}

TEST_F(SlackHome, TurnsPlainMessagesOnAndOff) {
    open("amira");
    press("amira", "Turn plain messages on");
    EXPECT_TRUE(person("amira").plain);
    EXPECT_THAT(page_of("amira"), HasSubstr("Plain messages are on"));

    who("amira").closes(clock.now());
    press("amira", "Turn plain messages off");
    EXPECT_FALSE(person("amira").plain);
}

TEST_F(SlackHome, GivesTwiceTheTime) {
    open("amira");
    press("amira", "Give me twice the time");
    EXPECT_TRUE(person("amira").longer);
    EXPECT_THAT(page_of("amira"), HasSubstr("[Back to the usual time]"));
}

TEST_F(SlackHome, ShowsDaysAwayAndTheWayBack) {
    say("amira", "sick");
    open("amira");
    EXPECT_THAT(page_of("amira"), HasSubstr("Away on Monday 23 November"));

    press("amira", "I am back");
    EXPECT_THAT(page_of("amira"), Not(HasSubstr("[I am back]")));
    EXPECT_THAT(form_of("amira"), HasSubstr("Welcome back"));
}

TEST_F(SlackHome, ShowsOwnBlockersAndClearsThem) {
    until("2026-11-23T09:31");
    say("amira", "b: No test data");
    open("amira");
    EXPECT_THAT(page_of("amira"), HasSubstr("No test data"));

    press("amira", "Cleared");
    EXPECT_THAT(page_of("amira"), HasSubstr("You have no open blockers."));
}

TEST_F(SlackHome, TellsTheDeliveryManagerOfTheTeam) {
    until("2026-11-23T09:31");
    say("amira", "b: No test data");
    pass(15min);
    open("dev");
    EXPECT_THAT(page_of("dev"), HasSubstr("Teams you look after"));
    EXPECT_THAT(page_of("dev"), HasSubstr("No test data: open since Monday 23 November"));

    open("bo");
    EXPECT_THAT(page_of("bo"), Not(HasSubstr("Teams you look after")));
}

TEST_F(SlackHome, FollowsWhatHappensForAnHourAfterItWasOpened) {
    open("amira");
    until("2026-11-23T09:31");
    EXPECT_THAT(page_of("amira"), HasSubstr("[Answer]"));

    pass(2h);
    auto before = published;
    say("amira", "Sorry, late");
    EXPECT_EQ(published, before) << "nobody looks";
    open("amira");
    EXPECT_THAT(page_of("amira"), HasSubstr("Sorry, late"));
}

TEST_F(SlackHome, IsNotPublishedAgainWhenNothingHasChanged) {
    open("amira");
    open("amira");
    EXPECT_EQ(published, 1);
}

TEST_F(SlackHome, IsPublishedAnewWhereItIsBlank) {
    open("amira");
    slack.workspace().homes.clear();  // the app was removed, and installed again
    open("amira");
    EXPECT_THAT(page_of("amira"), HasSubstr("Today"));
}

TEST_F(SlackHome, LeavesTheTabWithTheMessagesAlone) {
    who("amira").opens_messages(clock.now());
    pass(2s);
    EXPECT_EQ(published, 0);
}

TEST_F(SlackHome, TellsSomebodyUnknownWhatToDo) {
    slack.workspace().add(fake::User{.id = "U0NEW", .name = "new", .real_name = "New"});
    fake::Person stranger{slack, "U0NEW"};
    stranger.opens_home(clock.now());
    pass(2s);

    ASSERT_TRUE(stranger.home());
    EXPECT_THAT(fake::shown(*stranger.home()).text, HasSubstr("Muster does not know you yet"));
    auto direct = slack.workspace().direct_with("U0NEW").id;
    EXPECT_THAT(fake::posted_by_app_in(slack.workspace(), direct), IsEmpty());
}

TEST_F(SlackHome, IsShownOnceSlackAnswersAgain) {
    client.troubles().strike_next({fake::Trouble::Kind::server_error_before, 0ms}, "views.publish");
    open("amira");
    pass(30s);
    EXPECT_THAT(page_of("amira"), HasSubstr("Today"));
    EXPECT_THAT(slack.complaints().violations(), IsEmpty());
}

}  // namespace
}  // namespace muster::slack
