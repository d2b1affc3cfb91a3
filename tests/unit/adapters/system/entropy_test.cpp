#include "adapters/system/entropy.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(SeededEntropy, GivesTheSameChancesForTheSameNumber) {
    SeededEntropy one{7};
    SeededEntropy again{7};
    SeededEntropy other{8};

    auto seed = one.seed();
    EXPECT_EQ(seed, again.seed());
    EXPECT_NE(seed, other.seed());
    EXPECT_NE(seed, one.seed());
    again.seed();
    EXPECT_EQ(one.fraction(), again.fraction());
}

TEST(SeededEntropy, KeepsItsNumbersFromOneReleaseToTheNext) {
    EXPECT_EQ(SeededEntropy{1}.seed().high, 2469588189546311528ULL);
}

TEST(Entropy, FractionsFillTheRangeFromZeroToBelowOne) {
    SeededEntropy seeded{1};
    SystemEntropy system;
    for (Entropy* entropy : {static_cast<Entropy*>(&seeded), static_cast<Entropy*>(&system)}) {
        double sum = 0;
        for (int draw = 0; draw < 10'000; ++draw) {
            auto fraction = entropy->fraction();
            ASSERT_GE(fraction, 0.0);
            ASSERT_LT(fraction, 1.0);
            sum += fraction;
        }
        EXPECT_NEAR(sum / 10'000, 0.5, 0.05);
    }
}

TEST(SystemEntropy, NeverRepeatsASeed) {
    SystemEntropy entropy;
    EXPECT_NE(entropy.seed(), entropy.seed());
}

}  // namespace
}  // namespace muster
