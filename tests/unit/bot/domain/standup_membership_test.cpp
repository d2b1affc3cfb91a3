#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

namespace muster {
namespace {

using namespace scene;

TEST(StandupStop, MakesMeAnObserverAtOnceAndTellsTheDeliveryManager) {
    auto chance = ids();
    auto decision = standup::stop(amira, payments(), {open_turn()}, {dev.id}, nine_thirty, chance);

    EXPECT_EQ(row<Membership>(decision).standing, Standing::observer);
    EXPECT_EQ(row<Membership>(decision).stopped_at, nine_thirty);
    EXPECT_EQ(row<Round>(decision).not_asked, NotAsked::left);
    EXPECT_TRUE(tells(decision, Purpose::left_stand_up));
    EXPECT_EQ(said(decision), "stop.done");
}

TEST(StandupStop, IsUndoneForTodayAsWell) {
    auto turn = open_turn();
    turn.round.phase = Phase::not_asked;
    turn.round.not_asked = NotAsked::left;
    auto chance = ids();
    auto decision =
        standup::undo_stop(amira, payments(), {turn}, {dev.id}, nine_thirty + 5min, chance);

    EXPECT_EQ(row<Membership>(decision).standing, Standing::participant);
    EXPECT_FALSE(row<Membership>(decision).stopped_at);
    EXPECT_EQ(row<Round>(decision).phase, Phase::asked);
    EXPECT_EQ(timer(decision, TimerKind::close_round), half_past_eleven);
    EXPECT_TRUE(tells(decision, Purpose::prompt));
}

TEST(StandupHours, AreQuestionedOnceADayForEachDeliveryManager) {
    auto chance = ids();
    auto decision = standup::question_hours(amira, payments(), {dev.id}, nine_thirty, chance);
    auto again = standup::question_hours(amira, payments(), {dev.id}, nine_thirty + 1h, chance);

    ASSERT_EQ(decision.deliveries.size(), 1);
    EXPECT_EQ(decision.deliveries[0].key, again.deliveries[0].key);
    EXPECT_TRUE(tells(decision, Purpose::wrong_hours));
    EXPECT_EQ(said(decision), "hours.told_delivery_manager");
}

}  // namespace
}  // namespace muster
