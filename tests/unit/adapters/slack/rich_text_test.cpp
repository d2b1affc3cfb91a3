#include "adapters/slack/rich_text.hpp"

#include <gtest/gtest.h>

#include "adapters/words/lengths.hpp"
#include "tests/unit/adapters/slack/block_reader.hpp"

namespace muster::slack {
namespace {

const std::string family = "👨‍👩‍👧‍👦";

std::string times(const std::string& words, std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i)
        all += words;
    return all;
}

Leaves words(std::string_view said, bool bold = false) {
    Leaves leaves;
    append_words(leaves, said, bold);
    return leaves;
}

BlockReader read(const std::vector<Worded>& blocks) {
    BlockReader reader;
    for (const auto& [block, said] : blocks)
        reader.read({block}, 1);
    return reader;
}

std::string dumped(const std::vector<Worded>& blocks) {
    std::string all;
    for (const auto& [block, said] : blocks)
        all += json::dump(block);
    return all;
}

TEST(SlackRichText, ShowsWordsLinksAndTimes) {
    auto leaves = words("See ");
    append(leaves, {.kind = Leaf::Kind::link, .words = "https://a.uk"});
    append_words(leaves, " by ", true);
    append(
        leaves,
        {.kind = Leaf::Kind::time,
         .words = "4:30pm",
         .at = Instant{std::chrono::milliseconds{1'795'537'800'999}},
         .format = "{time}"}
    );

    EXPECT_EQ(
        dumped(paragraph(leaves)),
        R"({"type":"rich_text","elements":[{"type":"rich_text_section","elements":[)"
        R"({"type":"text","text":"See "},{"type":"link","url":"https://a.uk"},)"
        R"({"type":"text","text":" by ","style":{"bold":true}},)"
        R"({"type":"date","timestamp":1795537800,"format":"{time}","fallback":"4:30pm"}]}]})"
    );
}

TEST(SlackRichText, ShowsAListWithBullets) {
    EXPECT_EQ(
        dumped(bullets({words("one"), words("two")})),
        R"({"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","elements":[)"
        R"({"type":"rich_text_section","elements":[{"type":"text","text":"one"}]},)"
        R"({"type":"rich_text_section","elements":[{"type":"text","text":"two"}]}]}]})"
    );
}

TEST(SlackRichText, ShowsNothingWhereThereAreNoWords) {
    EXPECT_TRUE(paragraph(words("")).empty());
    EXPECT_TRUE(bullets({words(""), words("")}).empty());
    EXPECT_TRUE(pieces_of("", 500).empty());
}

TEST(SlackRichText, PutsLongWordsIntoSeveralLeavesOfOneBlock) {
    const auto said = times("word ", 1'000);
    const auto reader = read(paragraph(words(said)));
    EXPECT_EQ(paragraph(words(said)).size(), 1U);
    EXPECT_EQ(reader.leaves.size(), 2U);
    EXPECT_EQ(reader.words, said);
    EXPECT_TRUE(reader.problems.empty());
}

TEST(SlackRichText, CutsAfterALineBeforeItCutsAfterAWord) {
    const auto line = times("word ", 100) + "\n";
    EXPECT_EQ(pieces_of(line + "and so on", 565), (std::vector<std::string>{line, "and so on"}));
    EXPECT_EQ(
        pieces_of("one " + times("a", 490) + " b\nc", 565),
        (std::vector<std::string>{"one " + times("a", 490) + " b\nc"})
    );
    EXPECT_EQ(
        pieces_of("one two " + times("a", 500), 565),
        (std::vector<std::string>{"one two ", times("a", 500)})
    );
    EXPECT_EQ(
        pieces_of("one\ntwo " + times("a", 500), 565),
        (std::vector<std::string>{"one\n", "two " + times("a", 500)})
    );
}

TEST(SlackRichText, CutsAWordThatIsTooLongBetweenCharacters) {
    const auto said = times(family, 2'000);
    const auto reader = read(paragraph(words(said)));
    EXPECT_EQ(reader.words, said);
    EXPECT_GT(reader.leaves.size(), 5U);
    for (const auto& leaf : reader.leaves)
        EXPECT_EQ(leaf.size() % family.size(), 0U);
    EXPECT_TRUE(reader.problems.empty()) << reader.problems.front();
}

TEST(SlackRichText, NeverCutsALink) {
    const auto address = "https://example.org/" + std::string(1'500, 'a');
    Leaves leaves;
    for (int i = 0; i < 20; ++i) {
        append(leaves, {.kind = Leaf::Kind::link, .words = address});
        append_words(leaves, " and ");
    }
    const auto reader = read(paragraph(leaves));
    EXPECT_EQ(reader.links, std::vector<std::string>(20, address));
    EXPECT_GT(paragraph(leaves).size(), 3U);
    EXPECT_TRUE(reader.problems.empty());
}

TEST(SlackRichText, KeepsTheEndOfASentenceWithTheLinkBeforeIt) {
    auto leaves = words(times("word ", 1'749));
    append(leaves, {.kind = Leaf::Kind::link, .words = "https://a.uk/"});
    append_words(leaves, ".");
    const auto blocks = paragraph(leaves);
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_EQ(blocks[1].words, "https://a.uk/.");
}

TEST(SlackRichText, GoesOnWithALongItemWithoutABullet) {
    const auto blocks = bullets({words("first"), words(times("word ", 4'000)), words("last")});
    std::size_t lists = 0;
    std::size_t items = 0;
    for (const auto& [block, said] : blocks) {
        const auto& element = block.find("elements")->array()->front();
        if (element.text_of("type") != "rich_text_list") continue;
        ++lists;
        items += element.find("elements")->array()->size();
    }
    EXPECT_EQ(lists, 3U);
    EXPECT_EQ(items, 3U);
    EXPECT_EQ(read(blocks).words, "first" + times("word ", 4'000) + "last");
}

TEST(SlackRichText, PutsManyItemsIntoSeveralLists) {
    const std::vector<Leaves> items(1'000, words("a plan"));
    const auto reader = read(bullets(items));
    EXPECT_EQ(reader.words, times("a plan", 1'000));
    EXPECT_TRUE(reader.problems.empty());
    EXPECT_GT(bullets(items).size(), 5U);
}

TEST(SlackRichText, CutsWhatIsOneWordIntoPiecesThatFit) {
    for (const auto& said : {times("a", 2'000), times(family, 100), times("\xFF", 300)})
        for (const auto& piece : pieces_of(said, 565))
            EXPECT_LE(length_of(piece, room), 565U);
}

// Three pieces that follow each other are never shorter together than one may be. So there are not
// many more than there must be, and as each is found in what one may hold, the work grows as the
// text does.
TEST(SlackRichText, CutsNoMoreOftenThanItMust) {
    constexpr std::size_t most = 600;
    for (const auto& said :
         {times("a", 20'000),
          times("a b\n", 5'000),
          times(times("a", 500) + " " + times("b", 590) + "\n", 40),
          times("\n" + times("a", 599), 40),
          times(" \u0301", 5'000),
          times(family, 1'000)}) {
        const auto pieces = pieces_of(said, most);
        EXPECT_LE(pieces.size(), 3 * (length_of(said, room) / (most - 100)) + 3);
        std::string together;
        for (const auto& piece : pieces)
            together += piece;
        EXPECT_EQ(together, said);
    }
}

TEST(SlackRichText, HoldsAMillionEmoji) {
    const auto said = times("🚀", 1'000'000);
    std::size_t kept = 0;
    for (const auto& [block, words] : paragraph(words(said)))
        kept += words.size();
    EXPECT_EQ(kept, said.size());
}

TEST(SlackRichText, HoldsTowersOfAccents) {
    const auto said = "e" + times("\u0301", 32'768);
    const auto reader = read(paragraph(words(said)));
    EXPECT_EQ(reader.words, said);
    EXPECT_TRUE(reader.problems.empty());
}

}  // namespace
}  // namespace muster::slack
