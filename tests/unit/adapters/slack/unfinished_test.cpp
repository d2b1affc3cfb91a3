#include "adapters/slack/unfinished.hpp"

#include <gtest/gtest.h>

namespace muster::slack {
namespace {

constexpr DeliveryId delivery{12};
constexpr SteadyInstant now{1'000s};
const Named one{"C1", {"17.1"}};
const Named two{"C1", {"17.1", "17.2"}};
const Named copy{"C1", {"18.1"}};

TEST(SlackUnfinished, IsKnownByItsFirstPart) {
    UnfinishedMessages messages;
    EXPECT_EQ(messages.find(delivery), nullptr);
    messages.keep(delivery, two);

    ASSERT_NE(messages.find(delivery, one), nullptr);
    EXPECT_EQ(messages.find(delivery, one)->standing.parts, two.parts);
    EXPECT_EQ(messages.find(delivery, copy), nullptr);
    EXPECT_NE(messages.find(delivery), nullptr);

    messages.forget(delivery);
    EXPECT_EQ(messages.find(delivery), nullptr);
}

TEST(SlackUnfinished, CountsWhatNobodyHeardOfUntilItIsSeen) {
    UnfinishedMessages messages;
    messages.heard_nothing(delivery, one, now);
    messages.heard_nothing(delivery, one, now + 1s);
    EXPECT_EQ(messages.keep(delivery, one).unheard, 2);
    EXPECT_EQ(messages.keep(delivery, one).unheard_at, now + 1s);

    EXPECT_EQ(messages.keep(delivery, two).unheard, 0);
}

TEST(SlackUnfinished, BeginsAnewWithAnotherCopy) {
    UnfinishedMessages messages;
    messages.heard_nothing(delivery, one, now);

    EXPECT_EQ(messages.keep(delivery, copy).unheard, 0);
}

TEST(SlackUnfinished, IsBounded) {
    UnfinishedMessages messages;
    for (int number = 1; number <= 1'001; ++number)
        messages.keep(DeliveryId{number}, one);
    messages.keep(DeliveryId{1'001}, two);

    auto known = 0;
    for (int number = 1; number <= 1'001; ++number)
        known += messages.find(DeliveryId{number}) != nullptr;
    EXPECT_EQ(known, 1'000);
}

}  // namespace
}  // namespace muster::slack
