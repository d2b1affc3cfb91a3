#include "adapters/words/lengths.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

const std::string family =
    "👨‍👩‍👧‍👦";  // one character to a reader: 7 code points, 11 units, 25 bytes
const std::string accents = "e\u0301\u0302\u0303";

std::string times(const std::string& words, std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i)
        all += words;
    return all;
}

TEST(SlackLengths, CountAtLeastWhatSlackCounts) {
    EXPECT_EQ(length_of("ŵy", units), 2U);
    EXPECT_EQ(length_of("🚀", units), 2U);
    EXPECT_EQ(length_of("a & <b>", units_escaped), std::string("a &amp; &lt;b&gt;").size());
    EXPECT_EQ(length_of("a\"\\\n\t", room), std::string(R"(a\"\\\n\u0009)").size());
    EXPECT_EQ(length_of("ŵ🚀", room), std::string(R"(\u0175\uD83D\uDE80)").size());
}

TEST(SlackLengths, CountBrokenBytesAsWhatTheyBecome) {
    EXPECT_EQ(length_of("a\xFF\xC3", units), 3U);
    EXPECT_EQ(length_of("a\xFF", room), 7U);
    EXPECT_EQ(beginning("a\xFF\xC3", 2, units), "a\xFF");
}

TEST(SlackLengths, CutOnlyBetweenWhatReadersSeeAsCharacters) {
    EXPECT_EQ(beginning("plain", 3, units), "pla");
    EXPECT_EQ(beginning("ab" + family, 12, units), "ab");
    EXPECT_EQ(beginning("ab" + family, 13, units), "ab" + family);
    EXPECT_EQ(beginning(times(accents, 2), 7, units), accents);
    EXPECT_EQ(beginning("a\r\nb", 2, units), "a");
    EXPECT_EQ(beginning("🇬🇧🇮🇪", 6, units), "🇬🇧") << "a flag is two code points";
    EXPECT_EQ(beginning("", 3, units), "");
}

TEST(SlackLengths, CutACharacterThatIsTooLongAloneBetweenItsCodePoints) {
    const auto tower = "e" + times("\u0301", 500);
    EXPECT_EQ(length_of(beginning(tower, 100, units), units), 100U);
    EXPECT_EQ(beginning("a" + tower, 100, units), "a") << "what comes before it is cut off first";
}

TEST(SlackLengths, ShowThatWordsWereCut) {
    EXPECT_EQ(shortened("Payments", 8), "Payments");
    EXPECT_EQ(shortened("Payments", 7), "Paymen…");
    EXPECT_EQ(shortened("ab" + family + "c", 13), "ab…");
    EXPECT_EQ(shortened("a<<<<", 10, units_escaped), "a<<…");
}

// So the work for each cut has a bound, however much is behind it.
TEST(SlackLengths, LookNoFurtherThanTheCut) {
    const auto words = times("🚀", 40) + times("e\u0301", 40);
    for (std::size_t most = 1; most < 100; ++most) {
        const auto cut = beginning(words, most, units);
        EXPECT_EQ(
            beginning(std::string{cut} + "z" + times("z", most), most, units).substr(0, cut.size()),
            cut
        );
        EXPECT_EQ(beginning(words + times(family, 1'000), most, units), cut);
    }
}

TEST(SlackLengths, KnowWhereAWordEnds) {
    EXPECT_TRUE(is_border("a b", 2));
    EXPECT_TRUE(is_border("a ", 2));
    EXPECT_FALSE(is_border("a \u0301b", 2)) << "an accent on a space";
    EXPECT_TRUE(is_border("a\n\u0301", 2)) << "nothing joins a line to the next";
}

}  // namespace
}  // namespace muster
