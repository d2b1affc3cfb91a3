#include <fstream>
#include <set>
#include <sstream>

#include "tests/fakes/slack/signing.hpp"
#include "tests/unit/fakes/slack/fake_slack_story.hpp"

namespace muster::fake_slack {
namespace {

std::string content_of(const std::string& sample) {
    std::ifstream file{std::string{SLACK_SAMPLES} + "/" + sample};
    std::stringstream content;
    content << file.rdbuf();
    return content.str();
}

// What the shape of the fake leaves out of a sample, as paths: "event/blocks".
void compare(
    const json::Value& sample,
    const json::Value* ours,
    const std::string& path,
    std::set<std::string>& missing
) {
    if (!sample.object()) return;
    for (const auto& [key, value] : *sample.object()) {
        auto* inside = ours ? ours->find(key) : nullptr;
        if (!inside)
            missing.insert(path + key);
        else
            compare(value, inside, path + key + "/", missing);
    }
}

std::set<std::string> missing_of(const std::string& sample, const json::Object& payload) {
    std::set<std::string> missing;
    json::Value ours{payload};
    compare(*json::parse(content_of(sample)), &ours, "", missing);
    return missing;
}

using FakeSlackPayloads = FakeSlackStory;

constexpr auto post_with_button = R"([
    {"type": "actions", "block_id": "row", "elements": [{"type": "button", "action_id": "a1",
        "value": "answer:1", "style": "primary",
        "text": {"type": "plain_text", "text": "Answer"}}]}])";

// protocols/slack.md 1 has this example of Slack's own.
TEST_F(FakeSlackPayloads, AreSignedAsSlackSigns) {
    auto* body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&"
        "channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&"
        "command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
        "%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&"
        "trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    EXPECT_EQ(
        signature_of("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body),
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    );
}

TEST_F(FakeSlackPayloads, CarryTimeAndSignature) {
    alice.says("Hello", now);
    told();
    auto header = [&](const std::string& name) {
        for (const auto& [key, value] : last.headers)
            if (key == name) return value;
        return std::string{};
    };
    EXPECT_EQ(last.path, "/slack/events");
    EXPECT_EQ(header("X-Slack-Request-Timestamp"), "1795512600");
    EXPECT_EQ(
        header("X-Slack-Signature"),
        signature_of(installation().signing_secret, "1795512600", last.body)
    );
}

TEST_F(FakeSlackPayloads, OfALineHaveTheShapeOfTheSample) {
    alice.says("Fish & chips", now);
    auto payload = told();
    auto event = *find(payload, "event");
    EXPECT_EQ(event.text_of("text"), "Fish &amp; chips");
    EXPECT_EQ(event.text_of("channel_type"), "im");
    EXPECT_EQ(event.text_of("channel"), "D0ALICE");
    EXPECT_EQ(plain_text(*event.find("blocks")->array()), "Fish & chips");
    EXPECT_THAT(
        missing_of("message__message_body.json", payload),
        ElementsAre("authed_users", "enterprise_id")  // of older days, and of bigger customers
    );
}

TEST_F(FakeSlackPayloads, OfAnEditTellBothVersions) {
    auto line = alice.says("Test refund", now);
    alice.edits("D0ALICE", line, "Test refunds", now);
    auto payload = told();
    auto event = *find(payload, "event");
    EXPECT_EQ(event.find("message")->text_of("text"), "Test refunds");
    EXPECT_EQ(event.find("message")->text_of("ts"), line);
    EXPECT_EQ(event.find("message")->find("edited")->text_of("user"), "U0ALICE");
    EXPECT_EQ(event.find("previous_message")->text_of("text"), "Test refund");
    EXPECT_THAT(
        missing_of("message_changed__event_payload.json", payload), ElementsAre("enterprise_id")
    );
}

TEST_F(FakeSlackPayloads, OfADeletionNameTheLine) {
    auto line = alice.says("Oops", now);
    alice.deletes("D0ALICE", line, now);
    auto payload = told();
    EXPECT_EQ(find(payload, "event")->text_of("deleted_ts"), line);
    EXPECT_THAT(
        missing_of("message_deleted__event_payload.json", payload), ElementsAre("enterprise_id")
    );
}

TEST_F(FakeSlackPayloads, OfALineWithRepliesLeaveATombstone) {
    auto line = alice.says("Question", now);
    alice.says_in("D0ALICE", "More of it", now, line);
    EXPECT_EQ(find(told(), "event")->text_of("thread_ts"), line);
    alice.deletes("D0ALICE", line, now);
    auto payload = told();
    auto event = *find(payload, "event");
    EXPECT_EQ(event.text_of("subtype"), "message_changed");
    EXPECT_EQ(event.find("message")->text_of("subtype"), "tombstone");
    EXPECT_EQ(event.find("message")->text_of("user"), "USLACKBOT");
    EXPECT_EQ(event.find("previous_message")->text_of("user"), "U0ALICE");
}

TEST_F(FakeSlackPayloads, OfAPreviewAreAChangeThatNobodyMade) {
    auto line = alice.says("https://example.org/", now);
    alice.sees_preview_in("D0ALICE", line, now);
    auto payload = told();
    auto event = *find(payload, "event");
    EXPECT_EQ(
        event.find("message")->text_of("text"), event.find("previous_message")->text_of("text")
    );
    EXPECT_FALSE(event.find("message")->find("edited"));
    EXPECT_TRUE(event.find("message")->find("attachments"));
}

TEST_F(FakeSlackPayloads, ShowTheAppWhatItPostedItself) {
    post(a_post_of("U0ALICE", post_with_button));
    auto payload = told();
    auto event = *find(payload, "event");
    EXPECT_EQ(event.text_of("bot_id"), "B0MUSTER");
    EXPECT_EQ((*event.find("blocks")->array())[0].text_of("block_id"), "row");
    EXPECT_THAT(
        missing_of("message_bot__bot_message_event_payload.json", payload),
        ElementsAre("enterprise_id", "event/bot_profile/icons")
    );
}

TEST_F(FakeSlackPayloads, TellNothingOfPlacesThatTheAppMayNotRead) {
    alice.says_in("C0TEAM", "Between us", now);
    EXPECT_THAT(slack.outbox().take(), IsEmpty());
    slack.workspace().installation.scopes.insert("channels:history");
    alice.says_in("C0TEAM", "Between us", now);
    EXPECT_THAT(slack.outbox().take(), SizeIs(1));
}

TEST_F(FakeSlackPayloads, TellOfAMentionInAChannel) {
    auto line = alice.mentions_app_in("C0TEAM", "why?", now);
    auto payload = told();
    EXPECT_EQ(find(payload, "event")->text_of("type"), "app_mention");
    EXPECT_EQ(find(payload, "event")->text_of("ts"), line);
    EXPECT_EQ(find(payload, "event")->text_of("text"), "<@U0MUSTER> why?");
    EXPECT_THAT(
        missing_of("app_bot_only__app_mention_request_body.json", payload),
        ElementsAre("authed_users", "enterprise_id")
    );
}

TEST_F(FakeSlackPayloads, NameAStrangersOwnTeamOutside) {
    slack.workspace().channels.at("C0TEAM").is_shared = true;
    slack.workspace().add(User{.id = "U0FAR", .name = "far", .real_name = "Far", .team = "T0OTHER"}
    );
    slack.workspace().channels.at("C0TEAM").members.push_back("U0FAR");
    Person stranger{slack, "U0FAR"};
    stranger.mentions_app_in("C0TEAM", "hello", now);
    auto payload = told();
    EXPECT_EQ(text_of(payload, "team_id"), "T0OTHER");
    EXPECT_EQ(array_of(payload, "authorizations")[0].text_of("team_id"), "T0TEAM");
    EXPECT_EQ(*find(payload, "is_ext_shared_channel"), json::Value{true});
}

TEST_F(FakeSlackPayloads, TellWhoJoinsAndLeaves) {
    alice.leaves("C0TEAM", now);
    EXPECT_EQ(find(told(), "event")->text_of("type"), "member_left_channel");
    alice.joins("C0TEAM", now);
    auto payload = told();
    EXPECT_THAT(
        missing_of("events__join_event_body.json", payload),
        ElementsAre("authed_users", "enterprise_id", "event/inviter")
    );
}

TEST_F(FakeSlackPayloads, OfAPressHaveTheMessageAndItsState) {
    auto ts = post(a_post_of("U0ALICE", post_with_button));
    alice.presses("D0ALICE", ts, "Answer", now);
    auto payload = told();
    EXPECT_EQ(last.path, "/slack/interactions");
    auto action = array_of(payload, "actions")[0];
    EXPECT_EQ(action.text_of("action_id"), "a1");
    EXPECT_EQ(action.text_of("block_id"), "row");
    EXPECT_EQ(action.text_of("value"), "answer:1");
    EXPECT_EQ(find(payload, "container")->text_of("message_ts"), ts);
    EXPECT_EQ(find(payload, "message")->text_of("ts"), ts);
    EXPECT_THAT(
        missing_of("block_actions__body.json", payload),
        ElementsAre("team/enterprise_id", "team/enterprise_name")
    );
    EXPECT_THROW(alice.presses("D0ALICE", ts, "Not there", now), std::logic_error);
}

TEST_F(FakeSlackPayloads, OfACommandAreAForm) {
    alice.direct();
    alice.commands("D0ALICE", "/muster", "why @bob & co", now);
    auto payload = told();
    EXPECT_EQ(last.path, "/slack/commands");
    EXPECT_EQ(text_of(payload, "command"), "/muster");
    EXPECT_EQ(text_of(payload, "text"), "why @bob & co");
    EXPECT_EQ(text_of(payload, "channel_id"), "D0ALICE");
    EXPECT_TRUE(text_of(payload, "response_url").starts_with("https://hooks.slack.com/commands/"));
}

TEST_F(FakeSlackPayloads, OfAFormHaveTheShapeOfTheSample) {
    constexpr auto view = R"({"type":"modal","title":{"type":"plain_text","text":"Form"},
        "submit":{"type":"plain_text","text":"Send"},"close":{"type":"plain_text","text":"Away"},
        "notify_on_close":true,"blocks":[{"type":"input","block_id":"hspI",
        "label":{"type":"plain_text","text":"What?"},
        "element":{"type":"plain_text_input","action_id":"maBWU"}}]})";
    alice.direct();
    alice.commands("D0ALICE", "/muster", "", now);
    auto trigger = text_of(told(), "trigger_id");
    call("views.open", {{"trigger_id", trigger}, {"view", object_in(view)}});
    alice.enters("hspI", "Something");
    alice.submits(now);
    EXPECT_THAT(
        missing_of("view_submission__body.json", told()),
        ElementsAre("team/enterprise_id", "team/enterprise_name")
    );
    alice.closes(now);
    EXPECT_THAT(
        missing_of("view_closed__body.json", told()),
        ElementsAre("response_urls", "team/enterprise_id", "team/enterprise_name")
    );
}

TEST_F(FakeSlackPayloads, MayLookAsTheyWillTomorrow) {
    slack.outbox().drift(true);
    alice.says("Hello", now);
    auto payload = told();
    EXPECT_TRUE(find(payload, "is_new_in_2027"));
    EXPECT_EQ(find(payload, "event")->text_of("text"), "Hello");
    EXPECT_FALSE(find(payload, "event")->find("client_msg_id"));
}

// ---- what the app answers

using FakeSlackAnswers = FakeSlackStory;

TEST_F(FakeSlackAnswers, LetAnEventComeAgainThreeTimes) {
    alice.says("Hello", now);
    auto event_id = text_of(told(), "event_id");
    std::vector<milliseconds> waits;
    auto request = last;
    while (auto again = slack.hear(request, {503}, now)) {
        waits.push_back(again->at - now);
        request = again->request;
        EXPECT_EQ(text_of(object_in(request.body), "event_id"), event_id);
        now = again->at;
    }
    EXPECT_THAT(waits, ElementsAre(0ms, 1min, 5min));
    EXPECT_THAT(request.headers, testing::Contains(testing::Pair("X-Slack-Retry-Num", "3")));
    EXPECT_THAT(
        request.headers, testing::Contains(testing::Pair("X-Slack-Retry-Reason", "http_error"))
    );
}

TEST_F(FakeSlackAnswers, EndWhatWasAcknowledgedOrIsNotWanted) {
    alice.says("Hello", now);
    told();
    EXPECT_FALSE(slack.hear(last, {200}, now));
    EXPECT_FALSE(slack.hear(last, {400, {{"x-slack-no-retry", "1"}}}, now));
    auto late = slack.hear(last, {200}, now + 4s);
    ASSERT_TRUE(late);
    EXPECT_THAT(
        late->request.headers,
        testing::Contains(testing::Pair("X-Slack-Retry-Reason", "http_timeout"))
    );
}

TEST_F(FakeSlackAnswers, ToACommandAreShownToThePersonOnly) {
    alice.commands("C0TEAM", "/muster", "why", now);
    told();
    slack.hear(last, {200, {{"content-type", "text/plain"}}, "Because"}, now);
    slack.hear(last, {200, {{"content-type", "application/json"}}, R"({"text":"In JSON"})"}, now);
    auto seen = ephemerals_of(slack.workspace(), "U0ALICE");
    ASSERT_THAT(seen, SizeIs(2));
    EXPECT_EQ(plain_text(seen[0]), "Because");
    EXPECT_EQ(plain_text(seen[1]), "In JSON");
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM"), IsEmpty());

    slack.hear(last, {503}, now);
    EXPECT_THAT(slack.workspace().notices, SizeIs(1));
}

TEST_F(FakeSlackAnswers, ToAResponseUrlWorkFiveTimesInThirtyMinutes) {
    alice.commands("C0TEAM", "/muster", "why", now);
    auto url = text_of(told(), "response_url");
    for (int use = 1; use <= 5; ++use)
        EXPECT_EQ(respond(url, R"({"text":"Because"})").status, 200);
    EXPECT_THAT(ephemerals_of(slack.workspace(), "U0ALICE"), SizeIs(5));
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(respond(url, R"({"text":"Because"})").status, 404);
    EXPECT_THAT(violations(), SizeIs(1));

    alice.commands("C0TEAM", "/muster", "why", now);
    url = text_of(told(), "response_url");
    now += 30min + 1s;
    EXPECT_THAT(respond(url, R"({"text":"Because"})").body, HasSubstr("expired_url"));
}

TEST_F(FakeSlackAnswers, ReplaceOrDeleteWhatWasPressed) {
    auto ts = post(a_post_of("U0ALICE", post_with_button));
    alice.presses("D0ALICE", ts, "Answer", now);
    auto url = text_of(told(), "response_url");
    respond(url, R"({"text":"Answered","blocks":[],"replace_original":true})");
    EXPECT_EQ(plain_text(messages_in(slack.workspace(), "D0ALICE")[0]), "Answered");
    respond(url, R"({"delete_original":true})");
    EXPECT_THAT(messages_in(slack.workspace(), "D0ALICE"), IsEmpty());
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackAnswers, ReachWhatOnlyOnePersonSees) {
    alice.commands("C0TEAM", "/muster", "why", now);
    auto blocks = std::string{R"({"text":"Because","blocks":)"} + post_with_button + "}";
    respond(text_of(told(), "response_url"), blocks);
    auto seen = ephemerals_of(slack.workspace(), "U0ALICE")[0];

    EXPECT_THROW(bob.presses("C0TEAM", seen.ts, "Answer", now), std::logic_error);
    alice.presses("C0TEAM", seen.ts, "Answer", now);
    auto payload = told();
    EXPECT_EQ(*find(payload, "container")->find("is_ephemeral"), json::Value{true});
    EXPECT_FALSE(find(payload, "message"));
    respond(
        text_of(payload, "response_url"), R"({"text":"Done","blocks":[],"replace_original":true})"
    );
    EXPECT_EQ(plain_text(ephemerals_of(slack.workspace(), "U0ALICE")[0]), "Done");
}

TEST_F(FakeSlackAnswers, ArePostedForAllOnlyWhenTheySaySo) {
    alice.commands("C0TEAM", "/muster", "why", now);
    auto url = text_of(told(), "response_url");
    respond(url, R"({"text":"For all","response_type":"in_channel"})");
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM"), SizeIs(1));
    EXPECT_THAT(ephemerals_of(slack.workspace(), "U0ALICE"), IsEmpty());
}

TEST_F(FakeSlackAnswers, NeverCarryTheTokenOrMentions) {
    alice.commands("C0TEAM", "/muster", "why", now);
    auto url = text_of(told(), "response_url");
    HttpCall call;
    call.url = url;
    call.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer x"}};
    call.body = R"({"text":"<!here>","link_names":true})";
    slack.handle(call, now);
    EXPECT_THAT(
        violations(),
        ElementsAre(
            HasSubstr("the token went"), HasSubstr("no field link_names"), HasSubstr("<!here>")
        )
    );
    respond("https://hooks.slack.com/commands/T0TEAM/made-up", R"({"text":"x"})");
    EXPECT_THAT(violations().back(), HasSubstr("never gave"));
}

}  // namespace
}  // namespace muster::fake_slack
