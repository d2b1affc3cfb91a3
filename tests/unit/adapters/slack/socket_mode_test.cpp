#include "bot/ports/measures.hpp"
#include "tests/unit/adapters/slack/socket_story.hpp"
#include "tests/unit/bot/ports/measured.hpp"

namespace muster::slack {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// ---- frames

TEST(SlackFrames, AreAcknowledgedByTheirId) {
    auto frame =
        frame_in(R"({"envelope_id":"e1","type":"slash_commands","accepts_response_payload":true,)"
                 R"("payload":{"user_id":"U1","team_id":"T1","text":"help","trigger_id":"1.2"}})");
    auto envelope = std::get<Envelope>(frame);

    EXPECT_EQ(acknowledgement_of(envelope, ""), R"({"envelope_id":"e1"})");
    EXPECT_EQ(
        acknowledgement_of(envelope, R"({"text":"a"})"),
        R"({"envelope_id":"e1","payload":{"text":"a"}})"
    );
    envelope.takes_payload = false;
    EXPECT_EQ(acknowledgement_of(envelope, R"({"text":"a"})"), R"({"envelope_id":"e1"})");
}

TEST(SlackFrames, AreKnownByTheirType) {
    auto is_unknown = [](std::string_view text) {
        return std::holds_alternative<UnknownFrame>(frame_in(text));
    };
    EXPECT_TRUE(std::holds_alternative<Hello>(frame_in(R"({"type":"hello"})")));
    auto reason_of = [](std::string_view text) {
        return std::get<Disconnect>(frame_in(text)).reason;
    };
    using Reason = Disconnect::Reason;
    EXPECT_EQ(reason_of(R"({"type":"disconnect","reason":"warning"})"), Reason::renewal);
    EXPECT_EQ(reason_of(R"({"type":"disconnect","reason":"refresh_requested"})"), Reason::renewal);
    EXPECT_EQ(reason_of(R"({"type":"disconnect","reason":"new in 2027"})"), Reason::renewal);
    EXPECT_EQ(reason_of(R"({"type":"disconnect","reason":"link_disabled"})"), Reason::disabled);
    for (const auto* text :
         {"",
          "{",
          "[]",
          "7",
          R"({"type":"events_api"})",
          R"({"type":"options","envelope_id":"e"})"})
        EXPECT_TRUE(is_unknown(text)) << text;
}

// ---- the way through a socket

TEST_F(SlackSocket, BringsWhatPeopleTypeAndPress) {
    ask_everybody();
    say("amira", "Test refunds");
    press_prompt("bo", "Answer");
    pass(1s);

    EXPECT_THAT(answers("amira"), SizeIs(1));
    EXPECT_NE(who("bo").form(), nullptr);
    EXPECT_GE(slack.sockets().acknowledged(), 2);
    EXPECT_THAT(slack.workspace().notices, IsEmpty());
}

TEST_F(SlackSocket, AnswersACommandInTheAcknowledgement) {
    begin();
    who("amira").commands(team_channel, "/muster", "help", clock.now());
    pass(1s);

    EXPECT_THAT(slack.workspace().notices, IsEmpty());
    EXPECT_FALSE(slack.workspace().ephemerals.empty());
}

TEST_F(SlackSocket, AcknowledgesNoEventBeforeItIsCommitted) {
    ask_everybody();
    auto before = slack.sockets().acknowledged();
    store.is_stuck = true;
    who("amira").says("Test refunds", clock.now());
    pass(5s);
    EXPECT_EQ(slack.sockets().acknowledged(), before);

    store.is_stuck = false;
    pass(2min);
    EXPECT_GT(slack.sockets().acknowledged(), before);
    EXPECT_THAT(answers("amira"), SizeIs(1));
}

TEST_F(SlackSocket, TellsACommandAndAFormThatTheyAreNotSaved) {
    ask_everybody();
    press_prompt("amira", "Answer");
    auto amira = who("amira");
    amira.enters("today", "Test refunds");
    store.is_broken = true;
    amira.submits(clock.now());
    who("bo").commands(team_channel, "/muster", "skip", clock.now());
    pass(5s);
    store.is_broken = false;

    ASSERT_TRUE(amira.form());
    EXPECT_THAT(fake::shown(*amira.form()).fields.at(0).error, HasSubstr("ot saved"));
    EXPECT_THAT(fake::ephemerals_of(slack.workspace(), sim::account_of("bo")), SizeIs(1));
    EXPECT_THAT(slack.workspace().notices, IsEmpty());
}

// ---- connections

TEST_F(SlackSocket, HasTheNextConnectionBeforeItClosesTheLast) {
    begin();
    auto first = lines();
    ASSERT_THAT(first, SizeIs(1));
    sockets.say_goodbye("refresh_requested", 1min);
    pass(10s);

    ASSERT_THAT(lines(), SizeIs(1));
    EXPECT_NE(lines(), first);
    EXPECT_EQ(value_of(metrics, measures::socket_leaves, {"slack", "renewal"}), 1);
}

TEST_F(SlackSocket, AnswersOnTheConnectionThatAsked) {
    ask_everybody();
    store.is_stuck = true;
    who("amira").says("Test refunds", clock.now());
    pass(300ms);
    sockets.say_goodbye("warning", 1min);
    pass(1s);
    EXPECT_THAT(lines(), SizeIs(2));
    store.is_stuck = false;
    auto before = slack.sockets().acknowledged();
    pass(1s);

    EXPECT_GT(slack.sockets().acknowledged(), before);
    EXPECT_THAT(lines(), SizeIs(1));
    EXPECT_THAT(answers("amira"), SizeIs(1));
}

TEST_F(SlackSocket, IsThereAgainAtOnceWhenItWasCut) {
    begin();
    pass(1min);
    sockets.cut_one();
    pass(2s);

    EXPECT_THAT(lines(), SizeIs(1));
    EXPECT_EQ(value_of(metrics, measures::socket_leaves, {"slack", "lost"}), 1);
}

TEST_F(SlackSocket, StopsWhereSocketModeIsTurnedOffAndSaysSo) {
    begin();
    slack.sockets().refusal = "socket_mode_is_off";
    sockets.say_goodbye("link_disabled", 1s);
    auto tickets = slack.sockets().tickets_given();
    pass(9min);

    EXPECT_THAT(lines(), IsEmpty());
    EXPECT_EQ(slack.sockets().tickets_given(), tickets);
    EXPECT_EQ(log.count("slack.socket_refused"), 1);

    slack.sockets().refusal = "";
    pass(12min);
    EXPECT_THAT(lines(), SizeIs(1));
}

TEST_F(SlackSocket, OpensAtOnceWithAnotherToken) {
    auto& installation = slack.workspace().installation;
    begin();
    auto before = std::exchange(installation.app_token, "xapp-new");
    slack.workspace().tokens_of_before.insert(before);
    sockets.cut_one();
    pass(1min);
    EXPECT_THAT(lines(), IsEmpty());

    EXPECT_EQ(socket->renew("xapp-new"), "");
    pass(1s);
    EXPECT_THAT(lines(), SizeIs(1));
}

TEST(SlackAppTokens, TellWhatAppTheyAreOf) {
    EXPECT_EQ(app_of("xapp-1-A0123-456-abc"), "A0123");
    EXPECT_EQ(app_of("xapp-1-A0123"), "A0123");
    for (const auto* other : {"xapp-of-tests", "xapp-1-", "xapp-1-456-abc", ""})
        EXPECT_EQ(app_of(other), other);
}

TEST_F(SlackSocket, TakesNoTokenOfAnotherApp) {
    slack.workspace().installation.app_token = "xapp-1-A0MUSTER-1-a";
    begin();

    EXPECT_EQ(
        socket->renew("xapp-1-A0OTHER-1-a"), "a token of the app A0MUSTER, and not of A0OTHER"
    );
    EXPECT_EQ(socket->renew("xapp-1-A0MUSTER-2-b"), "");
}

// The other workspace has another bot, and is not known until Slack has told of it.
TEST_F(SlackSocket, BringsEachWorkspaceOfTheAppItsOwn) {
    App other{
        {ConnectionId{77}, "https://slack.com/api/", "xoxb-other", {}, {"hooks.slack.com"}},
        {client, catalogue, clock, log, calls}};
    other.installation().identity = Identity{"T0OTHER", "", "U0MUSTER", "B0MUSTER"};
    begin();
    socket->add(other.installation());
    until("2026-11-23T09:31");
    say("amira", "Test refunds");
    pass(1min);

    EXPECT_EQ(round("amira").phase, Phase::answered);
    EXPECT_EQ(value_of(metrics, measures::webhook_ignored, {"other_workspace"}), 0);
    app.installation().identity->team = "T0ELSEWHERE";
    say("bo", "Review the plan");
    pass(1min);
    EXPECT_NE(round("bo").phase, Phase::answered);
    EXPECT_EQ(value_of(metrics, measures::webhook_ignored, {"other_workspace"}), 1);
}

TEST_F(SlackSocket, AsksSeldomWhereItsTokenIsRefused) {
    for (const auto* reason :
         {"not_authed",
          "invalid_auth",
          "account_inactive",
          "user_removed_from_team",
          "team_disabled",
          "missing_scope"}) {
        slack.sockets().refusal = reason;
        if (!socket) begin();
        auto before = slack.sockets().times_asked();
        sockets.cut_one();
        pass(1h);
        EXPECT_LE(slack.sockets().times_asked() - before, 8) << reason;
        EXPECT_GE(slack.sockets().times_asked() - before, 3) << reason;
    }
    EXPECT_EQ(log.count("slack.socket_refused"), 6);
    EXPECT_EQ(log.count("slack.socket_failed"), 0);

    slack.sockets().refusal = "";
    pass(11min);
    EXPECT_THAT(lines(), SizeIs(1));
}

TEST_F(SlackSocket, AsksLessAndLessOftenWhereItIsNotAnswered) {
    client.troubles().happen(fake::Trouble::Kind::server_error_before, 1);
    begin();
    pass(10min);

    EXPECT_GE(log.count("slack.socket_failed"), 8);
    EXPECT_LE(log.count("slack.socket_failed"), 30);
    EXPECT_EQ(log.count("slack.socket_down"), 1);
    client.troubles().end();
    pass(11min);
    EXPECT_THAT(lines(), SizeIs(1));
}

TEST_F(SlackSocket, IsNoConnectionWhereEachIsCutAfterItsGreeting) {
    begin();
    for (int second = 0; second < 600; ++second) {
        if (!lines().empty()) sockets.cut_one();
        pass(1s);
    }
    EXPECT_LE(slack.sockets().times_asked(), 30);
    EXPECT_EQ(log.count("slack.socket_down"), 1);
    pass(2min);
    EXPECT_THAT(lines(), SizeIs(1));
}

TEST_F(SlackSocket, IsNoConnectionWhereEachIsToBeRenewedAtOnce) {
    begin();
    for (int second = 0; second < 600; ++second) {
        if (!lines().empty()) sockets.say_goodbye("refresh_requested", 500ms);
        pass(1s);
    }
    EXPECT_LE(slack.sockets().times_asked(), 30);
    EXPECT_EQ(log.count("slack.socket_down"), 1);
    pass(2min);
    EXPECT_THAT(lines(), SizeIs(1));
}

TEST_F(SlackSocket, WaitsAsLongAsSlackAsksFor) {
    begin();
    pass(1min);
    client.troubles().strike_next(
        {fake::Trouble::Kind::rate_limited, 90s}, "apps.connections.open"
    );
    sockets.cut_one();
    pass(85s);
    EXPECT_THAT(lines(), IsEmpty());
    pass(10s);
    EXPECT_THAT(lines(), SizeIs(1));
}

TEST_F(SlackSocket, ClosesWhenItIsStopped) {
    begin();
    calls.spawn(socket->stop());
    pass(5s);

    EXPECT_THAT(lines(), IsEmpty());
    pass(1min);
    EXPECT_THAT(lines(), IsEmpty());
}

}  // namespace
}  // namespace muster::slack
