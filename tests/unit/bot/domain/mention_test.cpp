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
