#include "tests/fakes/slack/admin.hpp"
#include "tests/unit/adapters/slack/slack_story.hpp"

namespace muster::slack {
namespace {

// What admins do to people, channels and the app, all the way through Slack.
class SlackLife : public SlackStory {
protected:
    // How many messages in somebody's direct message begin with these words.
    long told(const std::string& key, const std::string& words) {
        return std::ranges::count_if(direct_of(key), [&](const fake::Message& message) {
            return message.text.starts_with(words);
        });
    }

    fake::Admin admin{slack};
};

TEST_F(SlackLife, AsksNobodyWhoseAccountWasDeactivatedUntilItIsActiveAgain) {
    begin();
    admin.deactivates(sim::account_of("amira"), clock.now());
    until("2026-11-23T09:31");
    EXPECT_TRUE(direct_of("amira").empty());
    EXPECT_EQ(told("dev", "Amira"), 1);

    admin.reactivates(sim::account_of("amira"), clock.now());
    until("2026-11-24T09:31");
    EXPECT_FALSE(direct_of("amira").empty());
    EXPECT_THAT(slack.violations(), testing::IsEmpty());
}

TEST_F(SlackLife, AsksWhoTravelsOnceAndFollowsThemWhenTheyWantIt) {
    begin();
    admin.moves(sim::account_of("amira"), "Europe/Madrid", clock.now());
    admin.renames(sim::account_of("amira"), "Amira Khan-Lee", clock.now());
    until("2026-11-23T09:10");
    ASSERT_EQ(direct_of("amira").size(), 1U);
    auto card = direct_of("amira").front();
    EXPECT_THAT(card.text, testing::HasSubstr("says you are now in Madrid"));
    who("amira").presses(card.channel, card.ts, "Use Madrid time", clock.now());
    until("2026-11-23T09:12");
    EXPECT_EQ(told("amira", "Your stand-ups go by Madrid time"), 1);
    ASSERT_EQ(direct_of("amira").size(), 2U) << "it is past half past nine there: she is asked";
    EXPECT_EQ(person("amira").zone, "Europe/Madrid");
    EXPECT_EQ(person("amira").name, "Amira") << "the settings file gave it";
    EXPECT_THAT(slack.violations(), testing::IsEmpty());
}

TEST_F(SlackLife, TellsTheDeliveryManagerOnceOfAnArchivedChannelAndPostsWhenItIsBack) {
    ask_everybody();
    admin.archives(team_channel, clock.now());
    say("amira", "Test refunds");
    pass(5min);
    EXPECT_TRUE(summaries().empty());
    EXPECT_EQ(told("dev", "Muster cannot post"), 1);

    admin.unarchives(team_channel, clock.now());
    pass(30s);
    EXPECT_EQ(summaries().size(), 1U);
    EXPECT_EQ(told("dev", "Muster cannot post"), 1);
}

TEST_F(SlackLife, TellsTheDeliveryManagerOnceThatTheAppWasRemovedFromItsChannel) {
    begin();
    admin.removes_app_from(team_channel, clock.now());
    pass(1min);

    EXPECT_EQ(told("dev", "Muster cannot post"), 1);
}

TEST_F(SlackLife, CallsNobodyAfterTheAppWasUninstalled) {
    begin();
    auto before = log.count("connection.suspended");
    admin.uninstalls_app(clock.now());
    pass(1s);

    EXPECT_EQ(log.count("connection.suspended"), before + 1);
    until("2026-11-23T09:32");
    EXPECT_TRUE(direct_of("amira").empty());
    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
}

}  // namespace
}  // namespace muster::slack
