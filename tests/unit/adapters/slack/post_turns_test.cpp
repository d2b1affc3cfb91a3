#include "adapters/slack/post_turns.hpp"

#include <gtest/gtest.h>

namespace muster::slack {
namespace {

constexpr SteadyInstant now{1'000s};

TEST(SlackPostTurns, ComeASecondApartAtOnePlace) {
    PostTurns turns;
    EXPECT_EQ(turns.wait_at("C1", now), 0ms);

    turns.take("C1", now);
    EXPECT_EQ(turns.wait_at("C1", now), 1s);
    EXPECT_EQ(turns.wait_at("C1", now + 400ms), 600ms);
    EXPECT_EQ(turns.wait_at("C1", now + 2s), 0ms);
    EXPECT_EQ(turns.wait_at("C2", now), 0ms);

    turns.take("C1", now);
    EXPECT_EQ(turns.wait_at("C1", now), 2s);
}

TEST(SlackPostTurns, AreThoseOfBothNamesOfAPlace) {
    PostTurns turns;
    turns.take("U1", now);
    turns.is_also("U1", "D1");
    turns.is_also("U2", "D2");

    EXPECT_EQ(turns.wait_at("D1", now), 1s);
    EXPECT_EQ(turns.wait_at("D2", now), 0ms);
}

TEST(SlackPostTurns, AreForgottenTheNextFirstWhereThereAreTooMany) {
    PostTurns turns;
    turns.take("C-first", now);
    turns.take("C-first", now);
    turns.take("C-next", now);
    for (int place = 0; place < 9'998; ++place)
        turns.take("C" + std::to_string(place), now + 1ms);
    EXPECT_EQ(turns.wait_at("C-next", now + 1ms), 999ms);

    turns.take("C-last", now + 1ms);
    EXPECT_EQ(turns.wait_at("C-next", now + 1ms), 0ms);
    EXPECT_EQ(turns.wait_at("C-first", now + 1ms), 1'999ms);
}

}  // namespace
}  // namespace muster::slack
