#include "adapters/slack/emoji.hpp"

#include <gtest/gtest.h>

#include "tests/unit/adapters/slack/inbound_story.hpp"

namespace muster::slack {
namespace {

Value text(const std::string& words) {
    return Object{{"type", "text"}, {"text", words}};
}

Value emoji(const std::string& name, const std::string& unicode) {
    return Object{{"type", "emoji"}, {"name", name}, {"unicode", unicode}};
}

Value in_colour(const std::string& name, const std::string& unicode, int tone) {
    return with(*emoji(name, unicode).object(), "skin_tone", tone);
}

// As Slack sends what was typed: a section of these leaves.
Value typed(Array leaves) {
    Object section{{"type", "rich_text_section"}, {"elements", std::move(leaves)}};
    Object block{{"type", "rich_text"}, {"elements", Array{std::move(section)}}};
    return Object{{"blocks", Array{std::move(block)}}};
}

TEST(SlackEmoji, AreTheCharactersThatTheBlocksTell) {
    auto message = typed({text("Ship it "), emoji("rocket", "1f680"), text(" today")});

    EXPECT_EQ(with_emoji("Ship it :rocket: today", message), "Ship it 🚀 today");
}

TEST(SlackEmoji, MayBeOfSeveralCharacters) {
    auto thumb = in_colour("+1", "1f44d-1f3fb", 2);

    EXPECT_EQ(with_emoji(":+1::skin-tone-2: yes", typed({thumb, text(" yes")})), "👍🏻 yes");
    EXPECT_EQ(with_emoji(":hash:", typed({emoji("hash", "0023-fe0f-20e3")})), "#️⃣");
}

TEST(SlackEmoji, AreNoWordsThatSomebodyTypedOrQuotedAsCode) {
    auto message = typed({text("Write :rocket: for "), emoji("rocket", "1f680")});

    EXPECT_EQ(with_emoji("Write :rocket: for :rocket:", message), "Write :rocket: for 🚀");
    EXPECT_EQ(with_emoji("Write :rocket:", typed({text("Write :rocket:")})), "Write :rocket:");
}

TEST(SlackEmoji, StandBehindWordsThatAreEscaped) {
    auto message = typed({text("R&D < "), emoji("tada", "1f389")});

    EXPECT_EQ(with_emoji("R&amp;D &lt; :tada:", message), "R&amp;D &lt; 🎉");
}

TEST(SlackEmoji, StandInListsAndQuotesToo) {
    Object item{{"type", "rich_text_section"}, {"elements", Array{emoji("tada", "1f389")}}};
    Object list{{"type", "rich_text_list"}, {"elements", Array{item, item}}};
    Object block{{"type", "rich_text"}, {"elements", Array{list}}};
    Value message = Object{{"blocks", Array{block}}};

    EXPECT_EQ(with_emoji("• :tada:\n• :tada:", message), "• 🎉\n• 🎉");
}

TEST(SlackEmoji, OfTheWorkspaceKeepTheirName) {
    Value own = Object{{"type", "emoji"}, {"name", "shipit"}};
    auto message = typed({own, text(" "), emoji("tada", "1f389")});

    EXPECT_EQ(with_emoji(":shipit: :tada:", message), ":shipit: 🎉");
}

TEST(SlackEmoji, StayAsTheyAreWhereTheirCharactersMakeNoSense) {
    for (auto* unicode : {"", "-", "1f680-", "xyz", "d800", "110000", "0", "a", "3c", "26-fe0f"})
        EXPECT_EQ(with_emoji(":odd:", typed({emoji("odd", unicode)})), ":odd:") << unicode;
}

TEST(SlackEmoji, AreLeftAloneInATextWithoutBlocks) {
    EXPECT_EQ(with_emoji("Ship it :rocket:", Object{}), "Ship it :rocket:");
    EXPECT_EQ(with_emoji(":rocket:", Object{{"blocks", "none"}}), ":rocket:");
}

}  // namespace
}  // namespace muster::slack
