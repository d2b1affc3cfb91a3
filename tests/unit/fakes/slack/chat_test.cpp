#include "tests/unit/fakes/slack/fake_slack_story.hpp"

namespace muster::fake_slack {
namespace {

using FakeSlackChat = FakeSlackStory;

constexpr auto two_blocks = R"([
    {"type": "header", "block_id": "d:1", "text": {"type": "plain_text", "text": "Stand-up"}},
    {"type": "actions", "elements": [{"type": "button", "value": "answer",
        "text": {"type": "plain_text", "text": "Answer"}}]}])";

TEST_F(FakeSlackChat, KeepsWhatWasPostedAndSaysWhere) {
    auto answer = call("chat.postMessage", a_post("C0TEAM", "Good morning"));

    EXPECT_EQ(*answer.find("ok"), json::Value{true});
    EXPECT_EQ(answer.text_of("channel"), "C0TEAM");
    auto messages = messages_in(slack.workspace(), "C0TEAM");
    ASSERT_THAT(messages, SizeIs(1));
    EXPECT_EQ(messages[0].ts, answer.text_of("ts"));
    EXPECT_EQ(messages[0].ts, "1795512600.000000");
    EXPECT_EQ(messages[0].text, "Good morning");
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackChat, OpensTheDirectMessageOfAPersonWhoIsPostedTo) {
    auto answer = call("chat.postMessage", a_post("U0ALICE"));

    EXPECT_EQ(answer.text_of("channel"), "D0ALICE");
    EXPECT_THAT(messages_in(slack.workspace(), "D0ALICE"), SizeIs(1));
}

TEST_F(FakeSlackChat, NamesNoTwoMessagesTheSameEvenIfItsClockGoesBack) {
    auto first = post(a_post("U0ALICE"));
    auto second = post(a_post("U0ALICE"));
    now -= 1h;
    auto third = post(a_post("U0BOB"));

    EXPECT_LT(first, second);
    EXPECT_LT(second, third);
}

TEST_F(FakeSlackChat, GivesIdsToBlocksAndElementsThatHaveNone) {
    post(a_post_of("C0TEAM", two_blocks));

    auto blocks = messages_in(slack.workspace(), "C0TEAM")[0].blocks;
    EXPECT_EQ(blocks[0].text_of("block_id"), "d:1");
    EXPECT_NE(blocks[1].text_of("block_id"), "");
    EXPECT_NE(buttons_in(blocks)[0].action_id, "");
}

TEST_F(FakeSlackChat, WantsATextEvenWithBlocks) {
    auto post = a_post_of("C0TEAM", two_blocks);
    put(post, "text", "");
    auto answer = call("chat.postMessage", post);
    EXPECT_EQ(*answer.find("ok"), json::Value{true});
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("text is empty")));

    drop(post, "blocks");
    EXPECT_EQ(call("chat.postMessage", post).text_of("error"), "no_text");
}

TEST_F(FakeSlackChat, SeesEveryMentionThatWasNotEscaped) {
    for (auto* text : {"<!channel> hello", "<@U0ALICE>", "<#C0TEAM>", "<https://evil.test|home>"})
        call("chat.postMessage", a_post("U0ALICE", text));
    EXPECT_THAT(violations(), SizeIs(4));
    EXPECT_THAT(violations()[0], HasSubstr("unescaped <!channel>"));
}

TEST_F(FakeSlackChat, TakesEscapedTextAndDates) {
    for (auto* text : {"&lt;!channel&gt;", "a < b > c", "<!date^1795512600^{time}|9:30am>"})
        call("chat.postMessage", a_post("U0ALICE", text));
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackChat, RefusesBlocksThatBreakItsRules) {
    auto answer =
        call("chat.postMessage", a_post_of("C0TEAM", R"([{"type": "header", "block_id": "d:1"}])"));

    EXPECT_EQ(answer.text_of("error"), "invalid_blocks");
    EXPECT_EQ(*answer.find("errors"), (json::Value{texts({"[ERROR] /blocks/0: needs text"})}));
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("/blocks/0: needs text")));
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM"), IsEmpty());
}

TEST_F(FakeSlackChat, NeverHearsOfLinkNamesOrOtherNames) {
    for (auto* argument : {"link_names", "as_user"}) {
        auto post = a_post("U0ALICE");
        put(post, argument, true);
        call("chat.postMessage", post);
    }
    auto as_another = a_post("U0ALICE");
    put(as_another, "username", "Someone");
    call("chat.postMessage", as_another);
    EXPECT_THAT(
        violations(),
        ElementsAre(
            HasSubstr("must never be given link_names"),
            HasSubstr("must never be given as_user"),
            HasSubstr("must never be given username")
        )
    );
}

TEST_F(FakeSlackChat, WantsUnfurlingTurnedOff) {
    call("chat.postMessage", {{"channel", "C0TEAM"}, {"text", "Hello"}, {"unfurl_links", true}});
    EXPECT_THAT(
        violations(),
        ElementsAre(HasSubstr("turn unfurl_links off"), HasSubstr("turn unfurl_media off"))
    );
}

TEST_F(FakeSlackChat, RefusesPlacesWhereTheAppCannotPostWithoutBlame) {
    auto& workspace = slack.workspace();
    workspace.add(Channel{
        .id = "C0OLD", .name = "old", .members = {"U0MUSTER"}, .is_archived = true});
    workspace.add(Channel{.id = "C0OTHER", .name = "other", .members = {"U0BOB"}});
    workspace.add(Channel{
        .id = "C0SECRET", .name = "secret", .members = {"U0BOB"}, .is_private = true});
    workspace.add(User{.id = "U0GONE", .name = "g", .real_name = "Gone", .is_deleted = true});

    auto error_at = [&](const char* place) {
        return call("chat.postMessage", a_post(place)).text_of("error");
    };
    EXPECT_EQ(error_at("C0OLD"), "is_archived");
    EXPECT_EQ(error_at("C0OTHER"), "not_in_channel");
    EXPECT_EQ(error_at("C0SECRET"), "channel_not_found");
    EXPECT_EQ(error_at("C0NONE"), "channel_not_found");
    EXPECT_EQ(error_at("U0GONE"), "channel_not_found");
    EXPECT_THAT(refusals(), SizeIs(5));
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackChat, PostsRepliesBelowTheirParentOnly) {
    auto parent = post(a_post("C0TEAM"));
    auto reply = a_post("C0TEAM", "A reply");
    put(reply, "thread_ts", parent);
    auto below = post(reply);
    EXPECT_EQ(slack.workspace().message("C0TEAM", below)->thread, parent);

    put(reply, "thread_ts", below);
    EXPECT_EQ(call("chat.postMessage", reply).text_of("error"), "thread_not_found");
    put(reply, "thread_ts", "1700000000.000000");
    now += 10s;
    EXPECT_EQ(call("chat.postMessage", reply).text_of("error"), "thread_not_found");
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("itself a reply"), HasSubstr("never was")));
}

TEST_F(FakeSlackChat, RefusesAReplyToWhatWasDeletedWithoutBlame) {
    auto line = alice.says("Good morning", now);
    alice.deletes("D0ALICE", line, now);
    auto reply = a_post("U0ALICE", "A reply");
    put(reply, "thread_ts", line);

    EXPECT_EQ(call("chat.postMessage", reply).text_of("error"), "thread_not_found");
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackChat, EditsAMessageAndKeepsWhatIsNotGiven) {
    auto ts = post(a_post_of("C0TEAM", two_blocks));
    auto answer = call("chat.update", {{"channel", "C0TEAM"}, {"ts", ts}, {"text", "New"}});

    EXPECT_EQ(answer.text_of("ts"), ts);
    auto message = messages_in(slack.workspace(), "C0TEAM")[0];
    EXPECT_EQ(message.text, "New");
    EXPECT_EQ(plain_text(message), "Stand-up\n[Answer]");
    EXPECT_EQ(message.edits, 1);
}

TEST_F(FakeSlackChat, LetsNobodyChangeWhatAnotherWrote) {
    auto line = alice.says("Mine", now);

    json::Object update{{"channel", "D0ALICE"}, {"ts", line}, {"text", "Yours"}};
    EXPECT_EQ(call("chat.update", update).text_of("error"), "cant_update_message");
    json::Object removal{{"channel", "D0ALICE"}, {"ts", line}};
    EXPECT_EQ(call("chat.delete", removal).text_of("error"), "cant_delete_message");
    EXPECT_THAT(violations(), SizeIs(2));
}

TEST_F(FakeSlackChat, FindsAMessageByItsChannelAndNotByThePerson) {
    auto ts = post(a_post("U0ALICE"));
    json::Object update{{"channel", "U0ALICE"}, {"ts", ts}, {"text", "New"}};
    EXPECT_EQ(call("chat.update", update).text_of("error"), "channel_not_found");
    EXPECT_THAT(violations(), SizeIs(1));
}

TEST_F(FakeSlackChat, DeletesOnceAndThenFindsNothing) {
    auto ts = post(a_post("C0TEAM"));
    json::Object removal{{"channel", "C0TEAM"}, {"ts", ts}};
    EXPECT_EQ(*call("chat.delete", removal).find("ok"), json::Value{true});
    EXPECT_EQ(call("chat.delete", removal).text_of("error"), "message_not_found");
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM"), IsEmpty());
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackChat, TakesNoLongTextInAnEdit) {
    auto ts = post(a_post("C0TEAM"));
    json::Object update{{"channel", "C0TEAM"}, {"ts", ts}, {"text", std::string(4'001, 'x')}};
    EXPECT_EQ(call("chat.update", update).text_of("error"), "msg_too_long");
    EXPECT_THAT(violations(), SizeIs(1));
}

TEST_F(FakeSlackChat, ShowsAnEphemeralToOnePersonInTheChannel) {
    auto ephemeral = a_post("C0TEAM", "Saved");
    drop(ephemeral, "unfurl_links");
    drop(ephemeral, "unfurl_media");
    put(ephemeral, "user", "U0ALICE");
    EXPECT_NE(call("chat.postEphemeral", ephemeral).text_of("message_ts"), "");
    ASSERT_THAT(ephemerals_of(slack.workspace(), "U0ALICE"), SizeIs(1));
    EXPECT_EQ(plain_text(ephemerals_of(slack.workspace(), "U0ALICE")[0]), "Saved");
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM"), IsEmpty());

    put(ephemeral, "user", "U0NOBODY");
    EXPECT_EQ(call("chat.postEphemeral", ephemeral).text_of("error"), "user_not_in_channel");
}

}  // namespace
}  // namespace muster::fake_slack
