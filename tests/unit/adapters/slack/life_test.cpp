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

    // What stands against a token.
    std::string renew(std::string token) {
        std::string expected = "nobody has answered";
        auto begin = [](App& it, std::string with, std::string& told) -> Task<> {
            told = co_await it.renew(std::move(with));
        };
        tasks.spawn(begin(app, std::move(token), expected));
        pass(1s);
        return expected;
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

TEST_F(SlackLife, AsksWithAnotherTokenAsSoonAsItIsThere) {
    begin();
    slack.workspace().exchange_token("xoxb-new");
    until("2026-11-23T09:32");
    EXPECT_TRUE(direct_of("amira").empty());

    EXPECT_EQ(renew("xoxb-new"), "");
    service->serve(connection, app.platform(), app.directory());
    pass(2s);
    EXPECT_EQ(direct_of("amira").size(), 1U);
    EXPECT_EQ(direct_of("bo").size(), 1U);
    EXPECT_THAT(slack.violations(), testing::IsEmpty());
}

TEST_F(SlackLife, GoesOnWithItsTokenWhereTheNewOneIsRefusedOrOfAnotherWorkspace) {
    begin();
    auto& installation = slack.workspace().installation;
    slack.workspace().tokens_of_before.insert("xoxb-old");
    EXPECT_EQ(renew("xoxb-old"), "a token that Slack accepts (token_revoked)");

    auto token = std::exchange(installation.token, "xoxb-elsewhere");
    auto team = std::exchange(installation.team, "T0OTHER");
    EXPECT_EQ(renew("xoxb-elsewhere"), "a token of " + team + ", and not of T0OTHER");
    installation.token = token;
    installation.team = team;
    until("2026-11-23T09:31");
    EXPECT_EQ(direct_of("amira").size(), 1U);
}

TEST_F(SlackLife, KnowsWhoItIsAsSoonAsItsTokenIsGood) {
    slack.workspace().exchange_token("xoxb-new");
    begin();
    pass(20min);
    EXPECT_FALSE(app.installation().identity);

    EXPECT_EQ(renew("xoxb-new"), "");
    EXPECT_TRUE(app.installation().identity);
    EXPECT_EQ(log.count("slack.introduced"), 1);
}

TEST_F(SlackLife, HearsWhatIsSignedWithEitherSecretForAWhile) {
    ask_everybody();
    app.renew_signing_secret("new-secret");
    say("amira", "Signed before it was exchanged");
    slack.workspace().installation.signing_secret = "new-secret";
    say("bo", "Signed with the new one");

    EXPECT_THAT(statuses, testing::Each(200));
    pass(1min);
    EXPECT_EQ(round("amira").phase, Phase::answered);
    EXPECT_EQ(round("bo").phase, Phase::answered);
}

}  // namespace
}  // namespace muster::slack
