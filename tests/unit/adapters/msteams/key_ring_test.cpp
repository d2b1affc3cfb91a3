#include "tests/unit/adapters/msteams/gate_story.hpp"

namespace muster::msteams {
namespace {

class TheKeys : public GateStory {
protected:
    bool is_known(const std::string& id) { return result_of(ring.find(id)) != nullptr; }

    static std::string published(const std::string& id) {
        static Authority authority{"template"};
        auto text = authority.published();
        return text.replace(text.find("template"), 8, id);
    }

    // Of the keys; the metadata is asked for before.
    auto fetches_made() const { return std::ranges::count(login.asked, login.keys_url); }
};

TEST_F(TheKeys, AreFetchedWhenTheFirstTokenComes) {
    login.keys = key_set({published("k1"), published("k2")});
    EXPECT_TRUE(is_known("k1"));
    EXPECT_TRUE(is_known("k2"));
    EXPECT_EQ(login.asked, (std::vector{login.metadata_url, login.keys_url}));
}

TEST_F(TheKeys, AreFetchedOnceForFiftyThatNobodyKnows) {
    login.keys = key_set({published("k1")});
    EXPECT_TRUE(is_known("k1"));
    for (int number = 0; number < 50; ++number)
        EXPECT_FALSE(is_known("made up " + std::to_string(number)));
    EXPECT_EQ(fetches_made(), 1);

    pass(5min);
    for (int number = 0; number < 50; ++number)
        EXPECT_FALSE(is_known("made up again " + std::to_string(number)));
    EXPECT_EQ(fetches_made(), 2);
}

TEST_F(TheKeys, AreExchangedWithoutRefusingAGoodToken) {
    login.keys = key_set({published("old")});
    EXPECT_TRUE(is_known("old"));
    pass(5min);
    login.keys = key_set({published("new"), published("old")});
    int refused = 0;
    for (int request = 0; request < 100; ++request)
        refused += is_known(request % 2 == 0 ? "new" : "old") ? 0 : 1;
    EXPECT_EQ(refused, 0);
    EXPECT_EQ(fetches_made(), 2);
}

// Whoever comes while the first fetch is under way does not use up the one in five minutes.
TEST_F(TheKeys, AreAskedForAgainAfterAFetchThatHadBegunAlready) {
    login.keys = key_set({published("old")});
    login.takes = 100ms;
    auto spawned = ring.run();
    fetches.spawn(std::move(spawned));
    pass(50ms);
    EXPECT_TRUE(is_known("old"));
    login.keys = key_set({published("new")});
    EXPECT_TRUE(is_known("new"));
    EXPECT_EQ(fetches_made(), 2);
}

TEST_F(TheKeys, AreFetchedOnceForAllWhoWait) {
    login.keys = key_set({published("k1")});
    std::vector<std::future<std::shared_ptr<const SigningKey>>> waiting;
    for (int request = 0; request < 20; ++request)
        waiting.push_back(boost::asio::co_spawn(loop, ring.find("k1"), boost::asio::use_future));
    pass(1s);
    for (auto& one : waiting)
        EXPECT_NE(one.get(), nullptr);
    EXPECT_EQ(fetches_made(), 1);
}

TEST_F(TheKeys, StayWhenMicrosoftIsNotReached) {
    login.keys = key_set({published("k1")});
    EXPECT_TRUE(is_known("k1"));
    auto spawned = ring.run();
    fetches.spawn(std::move(spawned));
    login.is_down = true;
    pass(24h);
    EXPECT_TRUE(is_known("k1"));
    EXPECT_FALSE(is_known("k2"));
    EXPECT_FALSE(log.lines.empty());

    login.is_down = false;
    login.keys = key_set({published("k2")});
    pass(1h + 1min);
    EXPECT_TRUE(is_known("k2"));
    EXPECT_FALSE(is_known("k1"));
}

TEST_F(TheKeys, StayWhenSomethingElseIsPublished) {
    login.keys = key_set({published("k1")});
    EXPECT_TRUE(is_known("k1"));
    for (const auto* rubbish : {"", "[]", "{}", R"({"keys":[]})", R"({"keys":5})", "<html>"}) {
        login.keys = rubbish;
        pass(6min);
        EXPECT_FALSE(is_known("k2")) << rubbish;
        EXPECT_TRUE(is_known("k1")) << rubbish;
    }
}

TEST_F(TheKeys, AreTakenFromTheHostOfTheMetadataOnly) {
    login.metadata = R"({"jwks_uri":"https://evil.example/keys"})";
    login.keys = key_set({published("k1")});
    EXPECT_FALSE(is_known("k1"));
    EXPECT_EQ(login.asked, std::vector{login.metadata_url});
}

TEST_F(TheKeys, AreAskedForAgainSoonWhenTheFirstFetchFailed) {
    login.is_down = true;
    login.keys = key_set({published("k1")});
    for (int request = 0; request < 10; ++request)
        EXPECT_FALSE(is_known("k1"));
    EXPECT_EQ(login.asked.size(), 1U);
    login.is_down = false;
    pass(10s);
    EXPECT_TRUE(is_known("k1"));
}

TEST_F(TheKeys, AreRefreshedAboutTwentyHoursLater) {
    login.keys = key_set({published("k1")});
    auto running = ring.run();
    fetches.spawn(std::move(running));
    pass(20h);
    EXPECT_EQ(fetches_made(), 1);
    pass(2h);
    EXPECT_EQ(fetches_made(), 2);
}

}  // namespace
}  // namespace muster::msteams
