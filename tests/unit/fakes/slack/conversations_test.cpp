#include "tests/unit/fakes/slack/fake_slack_story.hpp"

namespace muster::fake_slack {
namespace {

class FakeSlackConversations : public FakeSlackStory {
protected:
    std::vector<std::string> texts_in(const json::Value& answer) {
        std::vector<std::string> found;
        for (const auto& message : array_of(*answer.object(), "messages"))
            found.push_back(message.text_of("text"));
        return found;
    }

    std::vector<std::string> history(json::Object arguments) {
        put(arguments, "channel", "D0ALICE");
        return texts_in(call("conversations.history", arguments));
    }

    // Three lines, a second apart.
    void alice_says_three_lines() {
        for (auto* line : {"one", "two", "three"}) {
            lines.push_back(alice.says(line, now));
            now += 1s;
        }
    }

    std::vector<std::string> lines;
};

TEST_F(FakeSlackConversations, OpenOnceForEachPerson) {
    auto opened = call("conversations.open", {{"users", "U0ALICE"}});
    EXPECT_EQ(opened.find("channel")->text_of("id"), "D0ALICE");
    EXPECT_EQ(call("conversations.open", {{"users", "U0ALICE"}}), opened);
    EXPECT_EQ(call("conversations.open", {{"users", "U0NONE"}}).text_of("error"), "user_not_found");
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackConversations, TellWhatAChannelIs) {
    slack.workspace().channels.at("C0TEAM").is_shared = true;
    auto answer = call("conversations.info", {{"channel", "C0TEAM"}});
    EXPECT_EQ(answer.find("channel")->text_of("name"), "team");
    EXPECT_EQ(*answer.find("channel")->find("is_ext_shared"), json::Value{true});
    EXPECT_EQ(*answer.find("channel")->find("is_member"), json::Value{true});
}

TEST_F(FakeSlackConversations, TellMembersPageByPage) {
    slack.workspace().installation.longest_page = 2;
    auto first = call("conversations.members", {{"channel", "C0TEAM"}});
    EXPECT_EQ(*first.find("members"), (json::Value{texts({"U0ALICE", "U0BOB"})}));
    auto cursor = first.find("response_metadata")->text_of("next_cursor");
    EXPECT_TRUE(cursor.ends_with("="));
    auto second = call("conversations.members", {{"channel", "C0TEAM"}, {"cursor", cursor}});
    EXPECT_EQ(*second.find("members"), (json::Value{texts({"U0MUSTER"})}));
    EXPECT_EQ(second.find("response_metadata")->text_of("next_cursor"), "");
}

TEST_F(FakeSlackConversations, ShowTheNewestFirstWithinTheGivenTimes) {
    alice_says_three_lines();
    EXPECT_THAT(history({}), ElementsAre("three", "two", "one"));
    EXPECT_THAT(history({{"oldest", lines[1]}}), ElementsAre("three"));
    EXPECT_THAT(
        history({{"oldest", lines[1]}, {"inclusive", "true"}}), ElementsAre("three", "two")
    );
    EXPECT_THAT(history({{"latest", lines[1]}}), ElementsAre("one"));
    EXPECT_THAT(history({{"oldest", "1795512601"}}), ElementsAre("three"));
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackConversations, GoOnWhereThePageBeforeEnded) {
    alice_says_three_lines();
    json::Object arguments{{"channel", "D0ALICE"}, {"limit", 2}};
    auto page = call("conversations.history", arguments);
    EXPECT_THAT(texts_in(page), ElementsAre("three", "two"));
    EXPECT_EQ(*page.find("has_more"), json::Value{true});
    put(arguments, "cursor", page.find("response_metadata")->text_of("next_cursor"));
    page = call("conversations.history", arguments);
    EXPECT_THAT(texts_in(page), ElementsAre("one"));
    EXPECT_EQ(*page.find("has_more"), json::Value{false});

    put(arguments, "cursor", "made-up==");
    EXPECT_EQ(call("conversations.history", arguments).text_of("error"), "invalid_cursor");
    EXPECT_THAT(violations(), SizeIs(1));
}

TEST_F(FakeSlackConversations, KeepRepliesInTheirThread) {
    auto parent = alice.says("one", now);
    alice.says_in("D0ALICE", "below", now, parent);
    EXPECT_THAT(history({}), ElementsAre("one"));
    auto thread = call("conversations.replies", {{"channel", "D0ALICE"}, {"ts", parent}});
    EXPECT_THAT(texts_in(thread), ElementsAre("one", "below"));

    alice.deletes("D0ALICE", parent, now);
    EXPECT_THAT(history({}), ElementsAre("This message was deleted."));
    EXPECT_EQ(
        call("conversations.replies", {{"channel", "D0ALICE"}, {"ts", "1.1"}}).text_of("error"),
        "thread_not_found"
    );
}

TEST_F(FakeSlackConversations, ShowAHiddenPostOnlyLater) {
    Trouble hidden{Trouble::Kind::hidden, 20s};
    slack.handle(a_call("chat.postMessage", a_post("U0ALICE", "Hello")), now, hidden);
    now += 19s;
    EXPECT_THAT(history({}), IsEmpty());
    now += 1s;
    EXPECT_THAT(history({}), ElementsAre("Hello"));
}

TEST_F(FakeSlackConversations, ShowNoHistoryWithoutItsScope) {
    alice.says("one", now);
    slack.workspace().installation.scopes.erase("im:history");
    auto answer = call("conversations.history", {{"channel", "D0ALICE"}});
    EXPECT_EQ(answer.text_of("error"), "missing_scope");
    EXPECT_EQ(answer.text_of("needed"), "im:history");
    EXPECT_EQ(
        call("conversations.history", {{"channel", "C0TEAM"}}).text_of("needed"), "channels:history"
    );
    EXPECT_THAT(violations(), IsEmpty());
}

}  // namespace
}  // namespace muster::fake_slack
