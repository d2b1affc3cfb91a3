#include "adapters/slack/phrasing.hpp"

#include "tests/unit/adapters/slack/golden.hpp"

namespace muster::slack {
namespace {

const Reader in_london{"en", "Europe/London"};
const auto half_past_four = instant_from("2026-11-24T16:30:00.000Z").value();

Leaves leaves(const Text& said, Readers readers, const Reader& reader = in_london) {
    return Phrasing(golden::catalogue(), reader, readers).leaves(said);
}

std::string words(const Text& said) {
    return Phrasing(golden::catalogue(), in_london, Readers::many).words(said);
}

Text due() {
    return text("summary.due", {{"count", std::int64_t{1}}, {"by", half_past_four}});
}

TEST(SlackPhrasing, TellsOneReaderTheirOwnTimeInWords) {
    const auto told = leaves(due(), Readers::one, {"en", "Asia/Kolkata"});
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().words, "1 more is due by 10pm.");
}

TEST(SlackPhrasing, LeavesTheTimeToTheDevicesOfManyReaders) {
    const auto told = leaves(due(), Readers::many);
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(told[1].kind, Leaf::Kind::time);
    EXPECT_EQ(told[1].words, "4:30pm") << "for what cannot show it";
    EXPECT_EQ(told[1].at, half_past_four);
    EXPECT_EQ(told[1].format, "{date_short_pretty} at {time}");
    EXPECT_EQ(
        leaves(due(), Readers::many, {"cy", "Europe/London"})[1].format,
        "{date_short_pretty} am {time}"
    );
    EXPECT_EQ(words(due()), "1 more is due by 4:30pm.") << "where only words are possible";
}

TEST(SlackPhrasing, LeavesADayWithoutATimeAsItIs) {
    const auto told = leaves(text("why.next_stand_up", {{"at", half_past_four}}), Readers::many);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().words, "Next stand-up: Tuesday 24 November.");
}

TEST(SlackPhrasing, MakesLinksOnlyOfWhatAPersonTyped) {
    const auto typed = leaves(verbatim("see https://a.uk"), Readers::one);
    EXPECT_EQ(typed.back().kind, Leaf::Kind::link);
    const NamedPerson bold_name{{3}, "https://a.uk"};
    for (const auto& leaf : leaves(text("person.name", {{"person", bold_name}}), Readers::one))
        EXPECT_EQ(leaf.kind, Leaf::Kind::words);
}

// NOLINTBEGIN(misc-misleading-bidirectional): words that mislead are what this is about
TEST(SlackPhrasing, DoesNotLetTypedWordsTurnItsOwnAround) {
    const auto said = text("receipt.plan", {{"line", UserText{"\u202Eabc"}}});
    EXPECT_EQ(words(said), "Saved as your plan for today: \"\u202Eabc\u202C\".");
    EXPECT_EQ(leaves(said, Readers::one).front().words, words(said));

    const auto named = text("person.name", {{"person", NamedPerson{{3}, "\u2067Ana"}}});
    EXPECT_EQ(words(named), "\u2067Ana\u2069");
}

// NOLINTEND(misc-misleading-bidirectional)

}  // namespace
}  // namespace muster::slack
