#include "adapters/slack/names.hpp"

#include <gtest/gtest.h>

namespace muster::slack {
namespace {

TEST(SlackNames, MarkAMessageInOnePartWithItsDelivery) {
    EXPECT_EQ(block_id({DeliveryId{123}, 1, 1, ""}), "d:123");
    EXPECT_EQ(mark_in("d:123")->delivery, DeliveryId{123});
    EXPECT_EQ(mark_in("d:123")->parts, 1);
}

TEST(SlackNames, MarkLaterPartsWithTheFirst) {
    EXPECT_EQ(block_id({DeliveryId{123}, 1, 3, ""}), "d:123:1:3");
    EXPECT_EQ(block_id({DeliveryId{123}, 2, 3, "17.1"}), "d:123:2:3:17.1");
    auto later = mark_in("d:123:2:3:17.1");
    ASSERT_TRUE(later);
    EXPECT_EQ(later->part, 2);
    EXPECT_EQ(later->parts, 3);
    EXPECT_EQ(later->first, "17.1");
}

TEST(SlackNames, FindNoMarkInWhatIsNotOurs) {
    for (auto* id :
         {"",
          "d:",
          "d:x",
          "d:-1",
          "d:0",
          "e:1",
          "d:1:1",
          "d:1:4:3:17.1",
          "d:1:2:3",
          "d:1:1:3:17.1"})
        EXPECT_FALSE(mark_in(id)) << id;
}

}  // namespace
}  // namespace muster::slack
