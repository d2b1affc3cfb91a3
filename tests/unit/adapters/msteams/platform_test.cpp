#include "adapters/msteams/platform.hpp"

#include "bot/domain/hindrance.hpp"
#include "config/texts.hpp"
#include "tests/unit/adapters/msteams/call_story.hpp"
#include "tests/unit/adapters/msteams/kept_contacts.hpp"

namespace muster::msteams {
namespace {

constexpr auto channel = "19:abc@thread.tacv2";

class PlatformStory : public CallStory {
protected:
    PlatformStory() {
        http.logins.push_back(grants("t"));
        note({"amira", "a:1", "29:amira", service_url});
        note({channel, channel, "19:team@thread.tacv2", service_url});
    }

    void note(const Contact& contact) { result_of(contacts.note(contact)); }

    static Destination to(const std::string& account) {
        return {ConnectionId{7}, account, true, std::nullopt};
    }

    static Destination in(std::optional<std::string> thread = std::nullopt) {
        return {ConnectionId{7}, channel, false, std::move(thread)};
    }

    static Message words(const std::string& typed = "Finish the refund form") {
        return note_of(typed);
    }

    static Message note_of(const std::string& typed) {
        return muster::note(Reader{}, verbatim(typed));
    }

    // Longer than one activity may be.
    static Message in_parts() {
        auto message = note_of("Plans");
        for (int plan = 0; plan < 20; ++plan)
            message.blocks.push_back(Paragraph{verbatim(std::string(3'000, 'x'))});
        return message;
    }

    Outcome deliver(Destination where, Message message = words(), DeliveryId id = {1}) {
        return result_of(platform.deliver(id, std::move(where), std::move(message)));
    }

    // "POST v3/conversations/a%3A1/activities", of every call but those for a token.
    std::vector<std::string> called() const {
        std::vector<std::string> lines;
        for (const auto& call : http.calls) {
            auto at = call.url.find("/v3/");
            if (at != std::string::npos) lines.push_back(call.method + call.url.substr(at));
        }
        return lines;
    }

    json::Value body(std::size_t which) const {
        return json::parse(http.calls.at(which).body).value();
    }

    KeptContacts book;
    Contacts contacts{ConnectionId{7}, book};
    Conversations conversations{connector, clock};
    DirectChats chats{{app_id, "tenant"}, connector, contacts};
    Catalogue catalogue = config::load_texts();
    Platform platform{"tenant", {conversations, chats, contacts, catalogue, log}};
};

TEST_F(PlatformStory, WritesToAPersonInTheirOwnChat) {
    http.answers.push_back(says(201, R"({"id":"17"})"));
    auto outcome = deliver(to("amira"));

    EXPECT_EQ(outcome.kind, Outcome::Kind::sent);
    EXPECT_EQ(outcome.provider_id, "a:1/17");
    EXPECT_EQ(called(), std::vector<std::string>{"POST/v3/conversations/a%3A1/activities"});
    auto sent = body(1);
    EXPECT_EQ(sent.text_of("type"), "message");
    EXPECT_EQ(sent.text_of("summary"), "Finish the refund form");
    EXPECT_FALSE(sent.find("text")) << "Teams would split it from the card";
}

TEST_F(PlatformStory, BeginsAMessageInAChannelWithAThreadOfItsOwn) {
    http.answers.push_back(
        says(201, R"({"id":"19:abc@thread.tacv2;messageid=17","activityId":"17"})")
    );
    auto outcome = deliver(in());

    EXPECT_EQ(outcome.provider_id, "19:abc@thread.tacv2;messageid=17/17");
    EXPECT_EQ(called(), std::vector<std::string>{"POST/v3/conversations"});
    EXPECT_EQ(body(1).text_of("tenantId"), "tenant");
}

TEST_F(PlatformStory, JoinsAThread) {
    http.answers.push_back(says(201, R"({"id":"18"})"));
    auto outcome = deliver(in("19:abc@thread.tacv2;messageid=17/17"));

    EXPECT_EQ(outcome.provider_id, "19:abc@thread.tacv2;messageid=17/18");
    EXPECT_EQ(
        called().at(0), "POST/v3/conversations/19%3Aabc%40thread.tacv2%3Bmessageid%3D17/activities"
    );
}

TEST_F(PlatformStory, OpensTheChatWithSomebodyWhoWasOnlySeenInAChannel) {
    note({"bo", "", "29:bo", service_url});
    http.answers.push_back(says(201, R"({"id":"a:2"})"));
    http.answers.push_back(says(201, R"({"id":"17"})"));
    auto outcome = deliver(to("bo"));

    EXPECT_EQ(outcome.provider_id, "a:2/17");
    EXPECT_EQ(contacts.find("bo")->conversation, "a:2");
    deliver(to("bo"), words(), {2});
    EXPECT_EQ(std::ranges::count(called(), "POST/v3/conversations"), 1) << "opened once";
}

TEST_F(PlatformStory, CallsNobodyForWhomTheAppIsNotThere) {
    auto gone = *contacts.find("amira");
    gone.is_removed = true;
    note(gone);

    for (const auto* account : {"amira", "stranger"}) {
        auto outcome = deliver(to(account));
        EXPECT_EQ(outcome.kind, Outcome::Kind::refused) << account;
        EXPECT_EQ(outcome.reason, hindrance::not_added) << account;
    }
    EXPECT_TRUE(called().empty());
}

TEST_F(PlatformStory, OpensTheChatAnewThatIsThereNoMore) {
    http.answers.push_back(says(404, R"({"error":{"code":"ConversationNotFound"}})"));
    http.answers.push_back(says(201, R"({"id":"a:9"})"));
    http.answers.push_back(says(201, R"({"id":"17"})"));

    EXPECT_EQ(deliver(to("amira")).provider_id, "a:9/17");
    EXPECT_EQ(contacts.find("amira")->conversation, "a:9");
}

TEST_F(PlatformStory, LeavesWhatWasPerhapsPostedInDoubtAndTriesNothing) {
    http.answers.push_back(says(502));
    auto outcome = deliver(to("amira"));

    EXPECT_EQ(outcome.kind, Outcome::Kind::ambiguous);
    EXPECT_EQ(called().size(), 1U);
    auto found = result_of(platform.find({1}, to("amira"), clock.now()));
    EXPECT_EQ(found.kind, Found::Kind::cannot_tell);
}

TEST_F(PlatformStory, PostsALongMessageInPartsWithinOneThread) {
    http.answers.push_back(
        says(201, R"({"id":"19:abc@thread.tacv2;messageid=17","activityId":"17"})")
    );
    for (const auto* id : {R"({"id":"18"})", R"({"id":"19"})", R"({"id":"20"})"})
        http.answers.push_back(says(201, id));
    auto outcome = deliver(in(), in_parts());

    ASSERT_TRUE(named(outcome.provider_id));
    EXPECT_EQ(named(outcome.provider_id)->place, "19:abc@thread.tacv2;messageid=17");
    EXPECT_GT(named(outcome.provider_id)->parts.size(), 1U);
    EXPECT_EQ(called().size(), named(outcome.provider_id)->parts.size());
    EXPECT_EQ(
        called().at(1), "POST/v3/conversations/19%3Aabc%40thread.tacv2%3Bmessageid%3D17/activities"
    );
}

TEST_F(PlatformStory, GoesOnBehindThePartThatStands) {
    http.answers.push_back(says(201, R"({"id":"17"})"));
    http.answers.push_back(says(429));
    EXPECT_EQ(deliver(to("amira"), in_parts()).kind, Outcome::Kind::try_later);
    http.answers.push_back(says(201, R"({"id":"18"})"));
    http.answers.push_back(says(201, R"({"id":"19"})"));
    auto outcome = deliver(to("amira"), in_parts());

    EXPECT_EQ(outcome.kind, Outcome::Kind::sent);
    EXPECT_EQ(named(outcome.provider_id)->parts.front(), "17") << "not posted twice";
}

TEST_F(PlatformStory, EditsEveryPartAndRemovesThoseThatAreNeededNoMore) {
    auto outcome = result_of(platform.update({1}, to("amira"), "a:1/17 18", words()));

    EXPECT_EQ(outcome.provider_id, "a:1/17");
    EXPECT_EQ(
        called(),
        (std::vector<std::string>{
            "PUT/v3/conversations/a%3A1/activities/17",
            "DELETE/v3/conversations/a%3A1/activities/18"})
    );
}

TEST_F(PlatformStory, RemovesTheLastPartFirst) {
    auto outcome = result_of(platform.remove({1}, to("amira"), "a:1/17 18"));

    EXPECT_EQ(outcome.kind, Outcome::Kind::sent);
    EXPECT_EQ(
        called(),
        (std::vector<std::string>{
            "DELETE/v3/conversations/a%3A1/activities/18",
            "DELETE/v3/conversations/a%3A1/activities/17"})
    );
}

TEST_F(PlatformStory, TakesWhatIsThereNoMoreForRemoved) {
    http.answers.push_back(says(404, R"({"error":{"code":"ActivityNotFoundInConversation"}})"));
    EXPECT_EQ(result_of(platform.remove({1}, to("amira"), "a:1/17")).kind, Outcome::Kind::sent);
}

}  // namespace
}  // namespace muster::msteams
