#include "bot/domain/mention.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

const NamedAccounts office{{"U1", "Amira Khan"}, {"U12", "Bo Lund"}};

std::string named(std::string_view text) {
    return with_names_for_accounts(text, office);
}

TEST(Mention, IsAnAccountBehindItsSign) {
    using Accounts = std::vector<std::string>;
    EXPECT_EQ(accounts_mentioned_in("ask @U1, @U12 and @U1"), (Accounts{"U1", "U12"}));
    EXPECT_EQ(accounts_mentioned_in("@U1"), Accounts{"U1"});
    EXPECT_EQ(accounts_mentioned_in(""), Accounts{});
    EXPECT_EQ(accounts_mentioned_in("at 9 @ home, @"), Accounts{});
    EXPECT_EQ(accounts_mentioned_in("@" + std::string(65, 'U')), Accounts{});
}

TEST(Mention, MayHaveAHyphenWithinOrBehindIt) {
    using Accounts = std::vector<std::string>;
    EXPECT_EQ(accounts_mentioned_in("@U-bo-led"), (Accounts{"U-bo-led", "U-bo", "U"}));
    EXPECT_EQ(with_names_for_accounts("@U-bo-led", {{"U-bo", "Bo"}}), "@Bo-led");
    EXPECT_EQ(named("@U1- can you look"), "@Amira Khan- can you look");
    EXPECT_EQ(accounts_mentioned_in("@--"), (Accounts{"--", "-"}));
}

TEST(Mention, IsNoneWithinAWord) {
    for (const auto* text :
         {"mail a.b@U1.example", "a-@U1", "https://example.org/@U1/page", "1@U1", "_@U1"}) {
        EXPECT_TRUE(accounts_mentioned_in(text).empty()) << text;
        EXPECT_EQ(named(text), text);
    }
    EXPECT_EQ(named("(@U1)"), "(@Amira Khan)");
    EXPECT_EQ(named("\u00e9@U1"), "\u00e9@Amira Khan");
}

TEST(Mention, IsLookedForWithinBounds) {
    std::string crowd;
    for (int number = 0; number < 1'000; ++number)
        crowd += "@U" + std::to_string(number) + " ";
    EXPECT_EQ(accounts_mentioned_in(crowd).size(), most_mentions);
}

TEST(Mention, OfSomebodyKnownBecomesTheirName) {
    EXPECT_EQ(named("Ask @U1 about refunds"), "Ask @Amira Khan about refunds");
    EXPECT_EQ(named("@U12"), "@Bo Lund");
    EXPECT_EQ(named("@U1@U12: @U1's form."), "@Amira Khan@Bo Lund: @Amira Khan's form.");
}

TEST(Mention, OfAnybodyElseStaysAsItWas) {
    for (const auto* text : {"", "@", "a@", "@U123 @U @u1 U1", "one\n@ U1", "mail a@example.org"})
        EXPECT_EQ(named(text), text);
}

}  // namespace
}  // namespace muster
