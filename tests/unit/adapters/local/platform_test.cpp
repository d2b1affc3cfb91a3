#include "adapters/local/platform.hpp"

#include "tests/unit/adapters/local/workspace_story.hpp"

namespace muster {
namespace {

class LocalPlatformStory : public WorkspaceStory {
protected:
    Outcome deliver(std::string words, std::optional<std::string> thread = std::nullopt) {
        auto to = amira;
        to.thread = thread;
        return result_of(platform.deliver(prompt, to, a_message(words)));
    }

    Found look() { return result_of(platform.find(prompt, amira, nine_thirty)); }

    DeliveryId prompt{0x2a};
    Destination amira{.connection = {1}, .address = "amira", .direct = true, .thread = {}};
};

TEST_F(LocalPlatformStory, PostsToThePlaceAndSaysUnderWhichId) {
    auto outcome = deliver("What will you do today?");

    EXPECT_EQ(outcome.kind, Outcome::Kind::sent);
    ASSERT_EQ(memory.messages.size(), 1u);
    const auto& posted = memory.messages.front();
    EXPECT_EQ(posted.id, outcome.provider_id);
    EXPECT_EQ(posted.place, "amira");
    EXPECT_EQ(posted.author, "");
    EXPECT_EQ(posted.at, nine_thirty);
    EXPECT_EQ(posted.message, a_message("What will you do today?"));
}

TEST_F(LocalPlatformStory, JoinsAThread) {
    deliver("A plan", "m1");

    EXPECT_EQ(memory.messages.front().thread, "m1");
}

TEST_F(LocalPlatformStory, KeepsOneMessagePerDeliveryHoweverOftenItIsDelivered) {
    auto first = deliver("What will you do today?");
    clock.run_until(nine_thirty + 5min);
    auto again = deliver("What will you do today?");

    EXPECT_EQ(again.provider_id, first.provider_id);
    ASSERT_EQ(memory.messages.size(), 1u);
    EXPECT_EQ(memory.messages.front().at, nine_thirty);
}

TEST_F(LocalPlatformStory, ChangesAMessageInPlace) {
    auto posted = deliver("Open until 11:30am");
    clock.run_until(nine_thirty + 5min);
    auto changed =
        result_of(platform.update(prompt, amira, posted.provider_id, a_message("Answered")));

    EXPECT_EQ(changed.kind, Outcome::Kind::sent);
    EXPECT_EQ(changed.provider_id, posted.provider_id);
    ASSERT_EQ(memory.messages.size(), 1u);
    EXPECT_EQ(memory.messages.front().message, a_message("Answered"));
    EXPECT_EQ(memory.messages.front().at, nine_thirty);
    EXPECT_EQ(memory.messages.front().edited_at, nine_thirty + 5min);
}

TEST_F(LocalPlatformStory, RefusesToChangeWhatIsGone) {
    auto never = result_of(platform.update(prompt, amira, "m404", a_message("Answered")));
    auto posted = deliver("A reminder");
    result_of(platform.remove(prompt, amira, posted.provider_id));
    auto removed =
        result_of(platform.update(prompt, amira, posted.provider_id, a_message("Again")));

    EXPECT_EQ(never.kind, Outcome::Kind::refused);
    EXPECT_EQ(removed.kind, Outcome::Kind::refused);
}

TEST_F(LocalPlatformStory, RemovesAMessageAndMayBeAskedTwice) {
    auto posted = deliver("A reminder");
    auto once = result_of(platform.remove(prompt, amira, posted.provider_id));
    auto twice = result_of(platform.remove(prompt, amira, posted.provider_id));

    EXPECT_EQ(once.kind, Outcome::Kind::sent);
    EXPECT_EQ(twice.kind, Outcome::Kind::sent);
    EXPECT_TRUE(result_of(workspace.recall("amira", 10)).empty());
}

TEST_F(LocalPlatformStory, KnowsExactlyWhatWasDelivered) {
    EXPECT_EQ(look().kind, Found::Kind::absent);

    auto posted = deliver("What will you do today?");
    EXPECT_EQ(look().kind, Found::Kind::present);
    EXPECT_EQ(look().provider_ids, std::vector{posted.provider_id});

    result_of(platform.remove(prompt, amira, posted.provider_id));
    EXPECT_EQ(look().kind, Found::Kind::absent);
}

TEST_F(LocalPlatformStory, AsksToTryLaterWhenTheMemoryCannotStore) {
    memory.full = true;
    auto outcome = deliver("What will you do today?");

    EXPECT_EQ(outcome.kind, Outcome::Kind::try_later);
    EXPECT_GT(outcome.retry_after, 0ms);
    EXPECT_EQ(look().kind, Found::Kind::absent);
}

}  // namespace
}  // namespace muster
