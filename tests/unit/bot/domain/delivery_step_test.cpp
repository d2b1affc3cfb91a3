#include "bot/domain/delivery_step.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

const Message card = note(Reader{}, text("card.skipped"));
const Message another = note(Reader{}, text("card.away"));
const Instant later{std::chrono::hours{24}};

Delivery pending() {
    Delivery delivery;
    delivery.id = DeliveryId{1};
    delivery.state = DeliveryState::pending;
    return delivery;
}

// Shows the card, and was told again since.
Delivery posted_card() {
    auto delivery = pending();
    delivery.provider_id = "D1/17.1";
    delivery.shown = digest(card);
    return delivery;
}

Delivery row_after(const DeliveryStep& step) {
    const auto* none = std::get_if<NoCall>(&step);
    EXPECT_TRUE(none);
    return none ? none->delivery : Delivery{};
}

TEST(ADeliveryInItsTurn, IsShownAsItIsNow) {
    for (const auto& delivery : {pending(), posted_card()}) {
        auto step = next_step(delivery, another);
        ASSERT_TRUE(std::holds_alternative<ToShow>(step));
        EXPECT_EQ(std::get<ToShow>(step).message, another);
        EXPECT_EQ(std::get<ToShow>(step).shown, digest(another));
    }
}

TEST(ADeliveryInItsTurn, IsLeftAloneWhereItShowsThatAlready) {
    EXPECT_EQ(row_after(next_step(posted_card(), card)).state, DeliveryState::sent);
    EXPECT_EQ(row_after(next_step(posted_card(), KeepAsSent{})).state, DeliveryState::sent);
}

TEST(ADeliveryInItsTurn, IsCancelledWhereThereIsNothingToPost) {
    EXPECT_EQ(row_after(next_step(pending(), KeepAsSent{})).state, DeliveryState::cancelled);

    auto pointless = row_after(next_step(pending(), Pointless{"answered"}));
    EXPECT_EQ(pointless.state, DeliveryState::cancelled);
    EXPECT_EQ(pointless.reason, "answered");
}

TEST(ADeliveryInItsTurn, IsTakenAwayWhereItHasNoPointAnyMore) {
    auto step = next_step(posted_card(), Pointless{"answered"});

    EXPECT_TRUE(std::holds_alternative<ToTakeAway>(step));
}

TEST(ADeliveryInItsTurn, WaitsForTheEndOfABreak) {
    auto waits = row_after(next_step(pending(), NotBefore{later}));

    EXPECT_EQ(waits.state, DeliveryState::pending);
    EXPECT_EQ(waits.due, later);
}

}  // namespace
}  // namespace muster
