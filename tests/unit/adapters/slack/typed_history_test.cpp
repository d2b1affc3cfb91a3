#include "adapters/slack/typed_history.hpp"

#include "tests/unit/adapters/slack/slack_story.hpp"

namespace muster::slack {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// Everybody was asked at half past nine. Muster is away from ten until twelve, when nobody can
// answer in time any more; what Slack tells meanwhile reaches nobody, and Slack gives up.
class TypedMeanwhile : public SlackStory {
protected:
    TypedMeanwhile() {
        ask_everybody();
        until("2026-11-23T10:00");
        go_away();
        until("2026-11-23T10:30");
    }

    void go_away() {
        stop();
        slack.outbox().on_request([this](fake::AppRequest request) {
            never_heard.push_back(std::move(request));
        });
    }

    void come_back() {
        AppStory::start({{connection, &app.platform()}}, {}, {{connection, &app.history()}});
        dispatcher.emplace(DispatcherParts{service->intake(), queries, clock, entropy, metrics});
        bring_what_is_sent();
        pass(1min);
    }

    void come_back_at_noon() {
        until("2026-11-23T12:00");
        come_back();
    }

    std::string type(const std::string& words, const std::string& thread = "") {
        auto person = who("amira");
        return person.says_in(person.direct(), words, clock.now(), thread);
    }

    // What Dev is told of the time away.
    std::string report() {
        std::string told;
        for (const auto& message : direct_of("dev"))
            if (message.text.find("not running") != std::string::npos)
                told += json::dump(json::Value{message.blocks});
        return told;
    }

    std::vector<fake::AppRequest> never_heard;
};

TEST_F(TypedMeanwhile, CountsAsOfWhenItWasTyped) {
    type("Test refunds");
    come_back_at_noon();

    EXPECT_THAT(answers("amira"), SizeIs(1));
    EXPECT_EQ(round("amira").phase, Phase::answered);
    EXPECT_THAT(direct_of("amira").back().text, HasSubstr("Saved"));
    EXPECT_EQ(log.count("intake.quarantined"), 0);
    EXPECT_THAT(slack.violations(), IsEmpty());
}

TEST_F(TypedMeanwhile, CountsBelowThePromptToo) {
    type("Test refunds", direct_of("amira").front().ts);
    come_back_at_noon();

    EXPECT_EQ(round("amira").phase, Phase::answered);
}

TEST_F(TypedMeanwhile, SaysWhatItSaidLast) {
    auto line = type("Test refunds");
    pass(5min);
    who("amira").edits(who("amira").direct(), line, "Test payments", clock.now());
    come_back_at_noon();

    ASSERT_THAT(answers("amira"), SizeIs(1));
    EXPECT_EQ(answers("amira").front().text, "Test payments");
}

TEST_F(TypedMeanwhile, IsNothingWhereItWasDeleted) {
    auto line = type("Test refunds");
    who("amira").deletes(who("amira").direct(), line, clock.now());
    come_back_at_noon();

    EXPECT_THAT(answers("amira"), IsEmpty());
    EXPECT_THAT(report(), IsEmpty());
}

TEST_F(TypedMeanwhile, IsKnownWhenSlackTellsOfItAfterAll) {
    type("Test refunds");
    come_back_at_noon();
    auto events = logged_events();
    tasks.spawn(bring(never_heard.front()));
    pass(1min);

    EXPECT_EQ(statuses.back(), 200);
    EXPECT_EQ(logged_events(), events);
}

TEST_F(TypedMeanwhile, IsToldToTheDeliveryManagerOnce) {
    type("Test refunds");
    come_back_at_noon();
    until("2026-11-23T12:30");

    EXPECT_THAT(
        report(), AllOf(HasSubstr("1 answer found in the chat"), Not(HasSubstr("person not asked")))
    );
    go_away();
    come_back();
    until("2026-11-23T13:30");
    EXPECT_EQ(std::ranges::count(log.events, "history.read_back"), 1);
}

TEST_F(TypedMeanwhile, IsReadByTheNextProcessWhereOneDiedBefore) {
    type("Test refunds");
    until("2026-11-23T12:00");
    AppStory::start({{connection, &app.platform()}}, {}, {{connection, &app.history()}});
    stop();
    EXPECT_THAT(answers("amira"), IsEmpty());
    come_back();

    EXPECT_EQ(round("amira").phase, Phase::answered);
}

TEST_F(TypedMeanwhile, IsReadAlsoWhereSomebodyIsAboutToBeAskedAgain) {
    come_back();
    who("amira").says("snooze 20m", clock.now());
    pass(5s);
    go_away();
    until("2026-11-23T10:45");
    type("Test refunds");
    until("2026-11-23T10:55");
    AppStory::start({{connection, &app.platform()}}, {}, {{connection, &app.history()}});
    pass(0s);
    stop();
    come_back();

    EXPECT_EQ(round("amira").prompts, 2);
    EXPECT_EQ(round("amira").phase, Phase::answered);
}

TEST_F(TypedMeanwhile, CannotBeReadWithoutThePermission) {
    slack.workspace().installation.scopes.erase("im:history");
    type("Test refunds");
    come_back_at_noon();
    until("2026-11-23T12:30");

    EXPECT_EQ(log.count("history.not_readable"), 1);
    EXPECT_THAT(
        report(),
        AllOf(HasSubstr("may have answered without Muster seeing it"), HasSubstr("im:history"))
    );
}

TEST_F(TypedMeanwhile, IsReadWhenATokenThatWasRefusedIsAcceptedAgain) {
    type("Test refunds");
    until("2026-11-23T12:00");
    slack.workspace().token_is_revoked = true;
    come_back();
    until("2026-11-23T12:40");
    EXPECT_THAT(answers("amira"), IsEmpty());
    slack.workspace().token_is_revoked = false;
    until("2026-11-23T13:10");

    EXPECT_EQ(round("amira").phase, Phase::answered);
}

TEST_F(TypedMeanwhile, IsSaidToBeUnreadWhereTheTokenStaysRefused) {
    type("Test refunds");
    until("2026-11-23T12:00");
    slack.workspace().token_is_revoked = true;
    come_back();
    until("2026-11-23T15:00");
    slack.workspace().token_is_revoked = false;
    until("2026-11-23T16:00");

    EXPECT_THAT(answers("amira"), IsEmpty());
    EXPECT_THAT(report(), HasSubstr("may have answered"));
}

TEST_F(TypedMeanwhile, IsReadOfAllOthersWhereOneConversationIsGone) {
    auto bo = who("bo");
    bo.says_in(bo.direct(), "Deploy", clock.now());
    auto& workspace = slack.workspace();
    workspace.channels.erase(workspace.direct_with(sim::account_of("amira")).id);
    come_back_at_noon();

    EXPECT_EQ(round("bo").phase, Phase::answered);
    EXPECT_EQ(log.count("history.not_readable"), 0);
}

// The next round is asked in time, while the last one is still read.
TEST_F(TypedMeanwhile, HoldsUpNothing) {
    type("Test refunds");
    until("2026-11-24T09:29");
    come_back();
    until("2026-11-24T09:32");

    EXPECT_EQ(round("amira").phase, Phase::asked);
    EXPECT_THAT(direct_of("amira").back().text, Not(HasSubstr("not running")));
}

}  // namespace
}  // namespace muster::slack
