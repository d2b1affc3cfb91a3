#include "adapters/slack/copies.hpp"

#include <gtest/gtest.h>

namespace muster::slack {
namespace {

using Parts = std::vector<std::string>;

const Identity us{"T1", "", "UBOT", "BBOT"};
constexpr DeliveryId delivery{12};

json::Value message(const std::string& ts, const std::string& block, const char* user = "UBOT") {
    return json::Object{
        {"type", "message"},
        {"user", user},
        {"ts", ts},
        {"blocks", json::Array{json::Object{{"type", "section"}, {"block_id", block}}}},
    };
}

Sighted seen(const std::string& ts, const std::string& block) {
    return {ts, mark_in(block).value()};
}

TEST(SlackCopies, AreFoundByTheMarkOfTheirFirstBlock) {
    auto posts = posts_of(
        delivery, us, {message("17.1", "d:12"), message("18.1", "d:13"), message("19.1", "other")}
    );

    ASSERT_EQ(posts.size(), 1u);
    EXPECT_EQ(posts.front().ts, "17.1");
}

TEST(SlackCopies, AreOursByOurUserOrOurBot) {
    auto by_bot = message("17.1", "d:12", "");
    std::get<json::Object>(by_bot.content).push_back({"bot_id", "BBOT"});
    auto by_other_bot = message("17.2", "d:12", "");
    std::get<json::Object>(by_other_bot.content).push_back({"bot_id", "BOTHER"});
    auto by_nobody = message("17.3", "d:12", "");

    auto posts = posts_of(
        delivery, us, {by_bot, by_other_bot, by_nobody, message("17.4", "d:12", "UMIRROR")}
    );

    ASSERT_EQ(posts.size(), 1u);
    EXPECT_EQ(posts.front().ts, "17.1");
    EXPECT_TRUE(posts_of(delivery, Identity{}, {by_nobody}).empty());
}

TEST(SlackCopies, AreNotFoundInWhatIsWrittenOtherwise) {
    json::Array strange{
        json::Value{"text"},
        json::Object{{"user", "UBOT"}, {"ts", "17.1"}},
        json::Object{{"user", "UBOT"}, {"ts", "17.1"}, {"blocks", "d:12"}},
        json::Object{{"user", "UBOT"}, {"ts", "17.1"}, {"blocks", json::Array{}}},
        json::Object{{"user", "UBOT"}, {"ts", "17.1"}, {"blocks", json::Array{"d:12"}}},
        message("", "d:12"),
    };

    EXPECT_TRUE(posts_of(delivery, us, strange).empty());
}

TEST(SlackCopies, AreInTheOrderInWhichTheyWerePosted) {
    auto copies = copies_in({seen("18.1", "d:12"), seen("17.1", "d:12"), seen("9.1", "d:12")});

    ASSERT_EQ(copies.size(), 3u);
    EXPECT_EQ(copies[0].parts, Parts{"9.1"});
    EXPECT_EQ(copies[1].parts, Parts{"17.1"});
    EXPECT_EQ(copies[2].parts, Parts{"18.1"});
}

TEST(SlackCopies, HoldTogetherByTheFirstPart) {
    auto copies = copies_in({
        seen("17.3", "d:12:3:3:17.1"),
        seen("18.1", "d:12:1:2"),
        seen("17.2", "d:12:2:3:17.1"),
        seen("17.1", "d:12:1:3"),
        seen("17.1", "d:12:1:3"),
    });

    ASSERT_EQ(copies.size(), 2u);
    EXPECT_EQ(copies[0].parts, (Parts{"17.1", "17.2", "17.3"}));
    EXPECT_TRUE(copies[0].is_whole);
    EXPECT_EQ(copies[1].parts, Parts{"18.1"});
    EXPECT_FALSE(copies[1].is_whole);
}

TEST(SlackCopies, AreKeptWholeRatherThanOld) {
    auto copies = copies_in({
        seen("17.1", "d:12:1:2"),
        seen("18.1", "d:12:1:2"),
        seen("18.2", "d:12:2:2:18.1"),
        seen("19.2", "d:12:2:2:19.1"),
    });

    ASSERT_EQ(copies.size(), 3u);
    EXPECT_EQ(copies[0].parts, (Parts{"18.1", "18.2"}));
    EXPECT_EQ(copies[1].parts, Parts{"17.1"});
    EXPECT_EQ(copies[2].parts, Parts{"19.2"});
    EXPECT_FALSE(copies[2].is_whole);
}

TEST(SlackCopies, AreNamedAsTheyAreRead) {
    for (auto* id : {"D1/17.1", "D1/17.1 17.2 17.3"})
        EXPECT_EQ(provider_id_of(named(id).value()), id);
}

}  // namespace
}  // namespace muster::slack
