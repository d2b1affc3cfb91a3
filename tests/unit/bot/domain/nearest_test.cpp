#include "bot/domain/nearest.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <string>

#include <gtest/gtest.h>

using namespace muster;

namespace {

constexpr std::array<std::string_view, 6> known{"away", "back", "help", "skip", "snooze", "status"};

// The textbook table, without a band: what slips_between must agree with.
int slips_by_the_book(const std::string& a, const std::string& b) {
    std::vector<std::vector<int>> table(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = static_cast<int>(i + j);
                continue;
            }
            auto slips = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            slips = std::min({slips, table[i - 1][j] + 1, table[i][j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                slips = std::min(slips, table[i - 2][j - 2] + 1);
            table[i][j] = slips;
        }
    return table[a.size()][b.size()];
}

}  // namespace

TEST(Nearest, CountsAddedMissingChangedAndSwappedLetters) {
    EXPECT_EQ(slips_between("away", "away", 3), 0);
    EXPECT_EQ(slips_between("awayy", "away", 3), 1);
    EXPECT_EQ(slips_between("awy", "away", 3), 1);
    EXPECT_EQ(slips_between("aweY", "awey", 3), 1);
    EXPECT_EQ(slips_between("awya", "away", 3), 1);
    EXPECT_EQ(slips_between("", "away", 9), 4);
    EXPECT_EQ(slips_between("kitten", "sitting", 9), 3);
}

TEST(Nearest, AgreesWithTheTextbookUpToTheLimit) {
    std::mt19937 random{20261122};
    const auto word = [&] {
        std::string letters(random() % 9, 'a');
        for (auto& letter : letters)
            letter = static_cast<char>('a' + random() % 3);
        return letters;
    };
    for (int round = 0; round < 20'000; ++round) {
        const auto a = word();
        const auto b = word();
        const auto limit = static_cast<int>(random() % 5);
        ASSERT_EQ(slips_between(a, b, limit), std::min(slips_by_the_book(a, b), limit + 1))
            << a << " " << b << " " << limit;
    }
}

TEST(Nearest, FindsTheWordThatWasMeant) {
    EXPECT_EQ(nearest_word("awya", known), "away");
    EXPECT_EQ(nearest_word("snoze", known), "snooze");
    EXPECT_EQ(nearest_word("stauts", known), "status");
    EXPECT_EQ(nearest_word("skp", known), "skip");
}

TEST(Nearest, FindsNothingWhereEverythingIsFar) {
    EXPECT_EQ(nearest_word("banana", known), std::nullopt);
    EXPECT_EQ(nearest_word("xy", known), std::nullopt);
    EXPECT_EQ(nearest_word("", known), std::nullopt);
    EXPECT_EQ(nearest_word("deploy", known), std::nullopt);
}

TEST(Nearest, IsQuickOnEndlessWords) {
    const std::string endless(1'000'000, 'a');
    EXPECT_EQ(nearest_word(endless, known), std::nullopt);
    EXPECT_EQ(slips_between(endless, endless + "b", 2), 1);
}
