#include "adapters/http/form_body.hpp"
#include "bot/ports/measures.hpp"
#include "tests/unit/adapters/slack/slack_story.hpp"
#include "tests/unit/bot/ports/measured.hpp"

namespace muster::slack {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// ---- who is let in

class SlackDoor : public SlackStory {
protected:
    SlackDoor() { begin(); }

    // A line that Amira types, as it would come in; it is not brought.
    fake::AppRequest a_line(std::string words = "Test refunds") {
        std::optional<fake::AppRequest> request;
        slack.outbox().on_request([&](fake::AppRequest sent) { request = std::move(sent); });
        who("amira").says(words, clock.now());
        bring_what_is_sent();
        return fake::signed_at(*request, slack.workspace().installation, clock.now());
    }

    static void replace(fake::AppRequest& request, const std::string& header, std::string value) {
        for (auto& [name, old] : request.headers)
            if (http::same_word(name, header)) old = std::move(value);
    }
};

TEST_F(SlackDoor, LetsInWhatSlackHasSigned) {
    until("2026-11-23T09:31");

    EXPECT_EQ(ask(a_line()).status, 200);
    EXPECT_THAT(answers("amira"), SizeIs(1));
}

TEST_F(SlackDoor, LetsInNobodyElse) {
    until("2026-11-23T09:31");
    auto changed = a_line();
    changed.body += " ";
    auto forged = a_line();
    replace(forged, "x-slack-signature", "v0=" + std::string(64, '0'));
    auto unsigned_one = a_line();
    unsigned_one.headers.clear();
    auto doubled = a_line();
    doubled.headers.push_back({"X-Slack-Signature", "v0=" + std::string(64, '0')});

    EXPECT_EQ(ask(changed).status, 401);
    EXPECT_EQ(ask(forged).status, 401);
    EXPECT_EQ(ask(unsigned_one).status, 401);
    EXPECT_EQ(ask(doubled).status, 400);
    EXPECT_THAT(answers("amira"), IsEmpty());
}

TEST_F(SlackDoor, TellsOperatorsWhyItLetSomebodyOutAndNobodyElse) {
    auto good = a_line();
    auto changed = good;
    changed.body += " ";
    auto unsigned_one = good;
    unsigned_one.headers.clear();
    auto wrong = ask(changed);
    auto missing = ask(unsigned_one);
    pass(301s);
    auto stale = ask(good);

    for (const auto* response : {&wrong, &missing, &stale}) {
        EXPECT_EQ(response->status, 401);
        EXPECT_EQ(response->body, "");
        EXPECT_THAT(response->headers, IsEmpty());
    }
    for (auto reason : {"signature_wrong", "signature_missing", "signature_stale"})
        EXPECT_EQ(value_of(metrics, measures::webhook_rejected, {reason}), 1) << reason;
}

TEST_F(SlackDoor, LetsInWhatIsAtMostFiveMinutesOld) {
    auto in_time = a_line();
    pass(299s);
    EXPECT_EQ(ask(in_time).status, 200);
    pass(2s);
    EXPECT_EQ(ask(in_time).status, 401);
}

TEST_F(SlackDoor, HasNoEffectTwiceWhenSomebodyRepeatsARequest) {
    until("2026-11-23T09:31");
    auto line = a_line();

    EXPECT_EQ(ask(line).status, 200);
    auto events = logged_events();
    EXPECT_EQ(ask(line).status, 200);
    EXPECT_EQ(logged_events(), events);
}

TEST_F(SlackDoor, GivesBackTheChallengeOfSlackAlone) {
    fake::AppRequest asked;
    asked.path = "/slack/events";
    asked.headers = {{"Content-Type", "application/json"}};
    asked.body = R"({"type":"url_verification","token":"t","challenge":"3eZbrw1a<b>"})";
    EXPECT_EQ(ask(asked).status, 401);

    auto response = ask(fake::signed_at(asked, slack.workspace().installation, clock.now()));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "3eZbrw1a<b>");
    EXPECT_EQ(response.content_type, "text/plain; charset=utf-8");
}

TEST_F(SlackDoor, TellsSlackNotToRepeatWhatNobodyCanRead) {
    auto broken = a_line();
    broken.body = "{";
    auto response = ask(fake::signed_at(broken, slack.workspace().installation, clock.now()));

    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.headers.at(0).name, "X-Slack-No-Retry");
}

TEST_F(SlackDoor, TellsSlackNotToRepeatWhatIsTooLarge) {
    auto large = a_line();
    large.body = "[0";
    for (int value = 0; value < json::most_values; ++value)
        large.body += ",0";
    large.body += "]";
    auto response = ask(fake::signed_at(large, slack.workspace().installation, clock.now()));

    EXPECT_EQ(response.status, 413);
    EXPECT_EQ(response.headers.at(0).name, "X-Slack-No-Retry");
}

TEST_F(SlackDoor, AnswersTheCheckOfCertificatesWithoutASignature) {
    fake::AppRequest check;
    check.path = "/slack/commands";
    check.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    check.body = "ssl_check=1&token=t";
    EXPECT_EQ(ask(check).status, 200);

    check.body = "command=%2Fmuster&text=stop&user_id=U-amira&team_id=T0TEAM&ssl_check=1";
    auto events = logged_events();
    ask(check);
    EXPECT_EQ(logged_events(), events);
}

TEST_F(SlackDoor, IgnoresWhatIsForAnotherWorkspace) {
    until("2026-11-23T09:31");
    app.installation().identity->team = "T0OTHER";

    EXPECT_EQ(ask(a_line()).status, 200);
    EXPECT_THAT(answers("amira"), IsEmpty());
    EXPECT_EQ(value_of(metrics, measures::webhook_ignored, {"other_workspace"}), 1);
}

TEST_F(SlackDoor, AsksSlackToComeAgainForAWorkspaceWhoseTokenCannotBeRead) {
    until("2026-11-23T09:31");
    auto workspace = std::exchange(app.installation().identity->team, "T0OTHER");
    dispatcher->shut(workspace);

    EXPECT_EQ(ask(a_line()).status, 503);
    EXPECT_EQ(value_of(metrics, measures::webhook_rejected, {"shut_workspace"}), 1);
    dispatcher->reopen(workspace);
    app.installation().identity->team = workspace;
    EXPECT_EQ(ask(a_line()).status, 200);
    EXPECT_THAT(answers("amira"), SizeIs(1));
}

// Two others talk there, and Muster is not in it.
TEST_F(SlackDoor, AnswersInTheirOwnDirectMessageWhatIsDoneInOneOfOthers) {
    until("2026-11-23T09:31");
    auto before = direct_of("amira").size();
    json::Object payload{
        {"type", "message_action"},
        {"team", json::Object{{"id", app.installation().identity->team}}},
        {"user", json::Object{{"id", sim::account_of("amira")}}},
        {"channel", json::Object{{"id", "D0OTHERS"}}},
        {"message", json::Object{{"text", "No test data"}, {"user", sim::account_of("bo")}}},
        {"callback_id", "raise_from_message"},
        {"trigger_id", "1.2.gone"},
        {"action_ts", "1795426260.207593"},
    };
    fake::AppRequest request;
    request.kind = fake::AppRequest::Kind::interaction;
    request.path = "/slack/interactions";
    request.body = http::form_of({{"payload", json::dump(payload)}});
    const auto& installation = slack.workspace().installation;
    EXPECT_EQ(ask(fake::signed_at(request, installation, clock.now())).status, 200);
    pass(1min);
    EXPECT_EQ(direct_of("amira").size(), before + 1);
}

TEST_F(SlackDoor, CountsTheEchoOfItsOwnPostsAsNoRefusal) {
    until("2026-11-23T09:31");
    say("amira", "Test refunds");
    pass(1min);

    EXPECT_GT(value_of(metrics, measures::webhook_ignored, {"from_us"}), 0);
    EXPECT_FALSE(metrics.families().contains("webhook_rejected_total"));
}

TEST_F(SlackDoor, AsksSlackToComeAgainUntilItKnowsWhoItIs) {
    until("2026-11-23T09:31");
    app.installation().identity.reset();

    EXPECT_EQ(ask(a_line()).status, 503);
}

// ---- a stand-up

class SlackStandUp : public SlackStory {
protected:
    SlackStandUp() { ask_everybody(); }

    ~SlackStandUp() override {
        pass(5min);
        EXPECT_THAT(slack.violations(), IsEmpty());
    }
};

TEST_F(SlackStandUp, AsksInADirectMessage) {
    auto asked = direct_of("amira");

    ASSERT_THAT(asked, SizeIs(1));
    EXPECT_THAT(fake::plain_text(asked[0]), HasSubstr("[Answer]"));
    EXPECT_EQ(prompt("amira").provider_id, asked[0].channel + "/" + asked[0].ts);
}

TEST_F(SlackStandUp, IsAnsweredInTheForm) {
    press_prompt("amira", "Answer");
    auto amira = who("amira");
    ASSERT_TRUE(amira.form());
    amira.enters("today", "Test refunds");
    EXPECT_TRUE(amira.submits(clock.now()));
    pass(1min);

    EXPECT_EQ(answers("amira").at(0).text, "Test refunds");
    EXPECT_FALSE(amira.form());
    EXPECT_THAT(fake::plain_text(direct_of("amira").front()), HasSubstr("Test refunds"));
    ASSERT_THAT(summaries(), SizeIs(1));
}

TEST_F(SlackStandUp, KeepsTheFormOpenAndSaysWhatIsMissing) {
    press_prompt("amira", "Answer");
    auto amira = who("amira");
    amira.enters("since", "Reviewed the form");
    amira.submits(clock.now());
    pass(1s);

    EXPECT_TRUE(amira.form());
    EXPECT_THAT(answers("amira"), IsEmpty());
}

TEST_F(SlackStandUp, TakesATypedLineAndSaysSo) {
    say("amira", "Test refunds");
    pass(5s);

    EXPECT_EQ(answers("amira").at(0).text, "Test refunds");
    EXPECT_THAT(fake::plain_text(direct_of("amira").back()), HasSubstr("Saved"));
}

TEST_F(SlackStandUp, FollowsTheEditsOfALine) {
    auto amira = who("amira");
    auto line = amira.says("Test refunds", clock.now());
    pass(10s);
    amira.edits(amira.direct(), line, "Test refunds and deploy", clock.now());
    pass(10s);
    EXPECT_EQ(answers("amira").at(0).text, "Test refunds and deploy");

    amira.deletes(amira.direct(), line, clock.now());
    pass(10s);
    EXPECT_EQ(round("amira").phase, Phase::asked);
}

TEST_F(SlackStandUp, KeepsTheLastOfTwoEditsWithinASecond) {
    auto amira = who("amira");
    auto line = amira.says("Test refund", clock.now());
    pass(10s);
    amira.edits(amira.direct(), line, "Test refunds", clock.now());
    pass(300ms);
    amira.edits(amira.direct(), line, "Test refunds and deploy", clock.now());
    pass(10s);

    EXPECT_EQ(answers("amira").at(0).text, "Test refunds and deploy");
}

TEST_F(SlackStandUp, ShowsAPlanThatDidNotChangeAtOneTap) {
    say("amira", "Test refunds");
    until("2026-11-24T09:31");
    auto amira = who("amira");
    auto prompt = direct_of("amira").back();
    amira.presses(prompt.channel, prompt.ts, "Plan not changed", clock.now());
    pass(5s);

    EXPECT_EQ(round("amira").phase, Phase::answered);
}

TEST_F(SlackStandUp, AnswersACommandToItsPersonAlone) {
    who("amira").commands(team_channel, "/muster", "why", clock.now());
    pass(1s);

    auto seen = fake::ephemerals_of(slack.workspace(), sim::account_of("amira"));
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_EQ(seen[0].through, "command");
}

TEST_F(SlackStandUp, AnswersAMentionToItsPersonAlone) {
    auto posted = fake::posted_by_app_in(slack.workspace(), team_channel).size();
    who("amira").mentions_app_in(team_channel, "my week", clock.now());
    pass(1s);

    auto seen = fake::ephemerals_of(slack.workspace(), sim::account_of("amira"));
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_EQ(seen[0].through, "chat.postEphemeral");
    EXPECT_THAT(fake::posted_by_app_in(slack.workspace(), team_channel), SizeIs(posted));
}

TEST_F(SlackStandUp, AnswersAMentionInTheDirectMessageWhereItCannotBeShownAlone) {
    fake::Trouble refused{fake::Trouble::Kind::server_error_before, {}};
    client.troubles().strike_next(refused, "chat.postEphemeral");
    auto posted = fake::posted_by_app_in(slack.workspace(), team_channel).size();
    auto before = direct_of("amira").size();
    who("amira").mentions_app_in(team_channel, "my week", clock.now());
    pass(5s);

    EXPECT_THAT(direct_of("amira"), SizeIs(before + 1));
    EXPECT_THAT(fake::posted_by_app_in(slack.workspace(), team_channel), SizeIs(posted));
}

TEST_F(SlackStandUp, OffersTheButtonAgainWhenSlackOpensNoForm) {
    client.troubles().strike_next({fake::Trouble::Kind::server_error_before, {}}, "views.open");
    press_prompt("amira", "Answer");
    pass(5s);

    EXPECT_FALSE(who("amira").form());
    auto offered = direct_of("amira").back();
    EXPECT_THAT(fake::plain_text(offered), HasSubstr("[Answer]"));
    EXPECT_EQ(log.count("slack.form_not_opened"), 1);
}

TEST_F(SlackStandUp, OpensOneFormForADoubleClick) {
    auto amira = who("amira");
    auto prompt = direct_of("amira").front();
    amira.presses(prompt.channel, prompt.ts, "Answer", clock.now());
    amira.presses(prompt.channel, prompt.ts, "Answer", clock.now());
    pass(5s);

    EXPECT_TRUE(amira.form());
    EXPECT_THAT(direct_of("amira"), SizeIs(1));
}

// ---- the store is in trouble

TEST_F(SlackStandUp, GetsALineAgainThatCouldNotBeStored) {
    store.is_stuck = true;
    say("amira", "Test refunds");
    pass(10s);
    EXPECT_THAT(statuses, Contains(503));
    store.is_stuck = false;
    pass(2min);

    EXPECT_THAT(answers("amira"), SizeIs(1));
    EXPECT_EQ(statuses.back(), 200);
}

TEST_F(SlackStandUp, SaysInTheFormThatItIsNotSaved) {
    press_prompt("amira", "Answer");
    auto amira = who("amira");
    amira.enters("today", "Test refunds");
    store.is_broken = true;
    amira.submits(clock.now());
    pass(5s);
    ASSERT_TRUE(amira.form());
    EXPECT_THAT(fake::shown(*amira.form()).fields.at(0).error, HasSubstr("ot saved"));

    store.is_broken = false;
    amira.submits(clock.now());
    pass(5s);
    EXPECT_EQ(answers("amira").at(0).text, "Test refunds");
}

TEST_F(SlackStandUp, SaysThatACommandOrAPressIsNotSaved) {
    store.is_broken = true;
    who("amira").commands(team_channel, "/muster", "skip", clock.now());
    press_prompt("bo", "Not today");
    pass(5s);
    store.is_broken = false;

    auto seen = fake::ephemerals_of(slack.workspace(), sim::account_of("amira"));
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_THAT(fake::plain_text(seen[0]), HasSubstr("ot saved"));
    EXPECT_THAT(fake::plain_text(direct_of("bo").back()), HasSubstr("ot saved"));
}

}  // namespace
}  // namespace muster::slack
