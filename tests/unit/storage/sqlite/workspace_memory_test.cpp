#include "storage/sqlite/workspace_memory.hpp"

#include "tests/unit/storage/sqlite/harness.hpp"

namespace muster::sqlite {
namespace {

RememberedMessage said(std::string id, std::string place) {
    auto message = RememberedMessage{};
    message.id = std::move(id);
    message.place = std::move(place);
    message.author = "U1";
    message.line = "hello";
    return message;
}

struct WorkspaceMemories : testing::Test {
    Harness harness{false};
    SqliteWorkspaceMemory memory{*harness.store};

    void remember(const RememberedMessage& message) {
        EXPECT_TRUE(harness.run(memory.remember(message)));
    }

    std::vector<std::string> recalled(const std::string& place, int limit) {
        auto ids = std::vector<std::string>{};
        for (const auto& message : harness.run(memory.recall(place, limit)))
            ids.push_back(message.id);
        return ids;
    }
};

TEST_F(WorkspaceMemories, GiveBackEveryField) {
    auto full = said("m1", "C1");
    full.thread = "m0";
    full.message =
        Message{{"cy", "Europe/London"}, text("hello"), {Heading{text("heading")}}, true};
    full.delivery = DeliveryId{7};
    full.at = Instant{milliseconds{5}};
    full.edited_at = Instant{milliseconds{6}};
    full.removed = true;
    remember(full);

    auto found = *harness.run(memory.recall_one("m1"));
    EXPECT_EQ(found.thread, full.thread);
    EXPECT_EQ(found.message, full.message);
    EXPECT_EQ(found.delivery, full.delivery);
    EXPECT_EQ(found.author, "U1");
    EXPECT_EQ(found.line, "hello");
    EXPECT_EQ(found.at, full.at);
    EXPECT_EQ(found.edited_at, full.edited_at);
    EXPECT_TRUE(found.removed);
    EXPECT_FALSE(harness.run(memory.recall_one("m2")));
}

TEST_F(WorkspaceMemories, RecallTheNewestOfAPlaceOldestFirst) {
    for (auto id : {"a", "b", "c", "d"})
        remember(said(id, "C1"));
    remember(said("e", "C2"));
    auto edited = said("b", "C1");
    edited.line = "edited";
    remember(edited);
    auto gone = said("c", "C1");
    gone.removed = true;
    remember(gone);

    EXPECT_THAT(recalled("C1", 10), testing::ElementsAre("a", "b", "d"));
    EXPECT_THAT(recalled("C1", 2), testing::ElementsAre("b", "d"));
    EXPECT_EQ(harness.run(memory.recall_one("b"))->line, "edited");
}

TEST_F(WorkspaceMemories, FindTheMessagesOfADelivery) {
    auto first = said("a", "C1");
    first.delivery = DeliveryId{7};
    auto copy = said("b", "C1");
    copy.delivery = DeliveryId{7};
    remember(first);
    remember(copy);
    remember(said("c", "C1"));

    EXPECT_EQ(harness.run(memory.recall_delivery(DeliveryId{7})).size(), 2u);
    EXPECT_TRUE(harness.run(memory.recall_delivery(DeliveryId{})).empty());
}

TEST_F(WorkspaceMemories, SayWhenTheStoreDoesNotKeepAMessage) {
    harness.run(harness.store->close());
    EXPECT_FALSE(harness.run(memory.remember(said("a", "C1"))));
}

}  // namespace
}  // namespace muster::sqlite
