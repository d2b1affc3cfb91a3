#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

namespace muster {
namespace {

using namespace scene;

TEST(StandupWasDown, TellsADeliveryManagerOfTwoTeamsOnce) {
    auto refunds = roster();
    refunds.team.id = TeamId{101};
    for (auto& role : refunds.roles)
        role.team = refunds.team.id;
    auto chance = ids();
    auto decision = standup::was_down(nine_thirty - 1h, nine_thirty, {roster(), refunds}, chance);

    ASSERT_EQ(decision.deliveries.size(), 1);
    EXPECT_EQ(decision.deliveries[0].key.recipient, Recipient{dev.id});
    EXPECT_GT(decision.deliveries[0].due, nine_thirty);
    EXPECT_EQ(row<Downtime>(decision).from, nine_thirty - 1h);
    EXPECT_EQ(row<Downtime>(decision).to, nine_thirty);
}

TEST(StandupWasDown, IsRecordedWhereNobodyIsToBeTold) {
    auto chance = ids();
    auto decision = standup::was_down(nine_thirty - 1h, nine_thirty, {}, chance);

    EXPECT_EQ(rows<Downtime>(decision).size(), 1);
    EXPECT_TRUE(decision.deliveries.empty());
}

}  // namespace
}  // namespace muster
