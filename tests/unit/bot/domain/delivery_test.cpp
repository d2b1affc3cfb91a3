#include "bot/domain/delivery.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

using namespace std::chrono_literals;

const Instant now = *instant_from("2026-11-23T09:30:00.000Z");
const DeliveryKey to_amira{Purpose::prompt, 41, PersonId{5}, 0};
const DeliveryKey to_channel{Purpose::summary, 31, ChannelId{6}, 0};
constexpr ConnectionId local{2};

Tell tell(
    const DeliveryKey& key, Instant due = now, std::optional<Instant> expires_at = std::nullopt
) {
    return {DeliveryId{1}, key, {}, due, expires_at};
}

Delivery sent(const DeliveryKey& key) {
    return posted(sending_to(first_told(tell(key)), local, "there", now), "m1", 1, 77, now);
}

Delivery told(Delivery delivery, Instant due = now) {
    return told_again(delivery, tell(delivery.key, due));
}

// ---- to be told again

TEST(ADeliveryToldAgain, KeepsTheEarlierTimeAndTheLatestWordOnHowLongItIsWorthSending) {
    auto first = first_told(tell(to_amira, now + 2h, now + 3h));
    auto earlier = told_again(first, tell(to_amira, now + 1h, now + 4h));
    auto later = told_again(earlier, tell(to_amira, now + 5h, now + 6h));

    EXPECT_EQ(later.due, now + 1h);
    EXPECT_EQ(later.expires_at, now + 6h);
    EXPECT_EQ(later.revision_wanted, 3);
}

TEST(ADeliveryToldAgain, StillExpiresWhenARefreshDoesNotSayHowLongItIsWorthSending) {
    auto refreshed = told(first_told(tell(to_amira, now, now + 3h)));

    EXPECT_EQ(refreshed.expires_at, now + 3h);
}

TEST(ADeliveryToldAgain, PendsAtOnceInADirectMessageAndAfterTheGapInAChannel) {
    for (const auto& key : {to_amira, to_channel}) {
        auto again = told(sent(key), now + 1s);
        EXPECT_EQ(again.state, DeliveryState::pending);
        EXPECT_EQ(again.revision_wanted, 2);
        EXPECT_EQ(again.due, key == to_amira ? now + 1s : now + 15s);
    }
}

TEST(ADeliveryToldAgain, KeepsTheGapOfAnEditThatIsPending) {
    auto again = sent(to_channel);
    for (auto later : {1s, 4s, 9s}) {
        again = told(again, now + later);
        EXPECT_EQ(again.due, now + 15s);
    }
}

TEST(ADeliveryToldAgain, KeepsThePauseAfterACallThatFailed) {
    auto under_way = sending_to(first_told(tell(to_amira)), local, "there", now);
    auto again = told(put_off(under_way, now + 1min, "busy"));

    EXPECT_EQ(again.due, now + 1min);
    EXPECT_EQ(again.revision_wanted, 2);
}

TEST(ADeliveryToldAgain, LeavesACallUnderWayAndAFailedOneAlone) {
    for (auto state : {DeliveryState::sending, DeliveryState::uncertain, DeliveryState::failed}) {
        auto before = first_told(tell(to_amira));
        before.state = state;
        auto again = told(before, now + 1h);
        EXPECT_EQ(again.state, state);
        EXPECT_EQ(again.due, now);
        EXPECT_EQ(again.revision_wanted, 2);
    }
}

TEST(ADeliveryToldAgain, ComesBackWhenItWasCancelledOrHadExpired) {
    for (auto state : {DeliveryState::cancelled, DeliveryState::expired}) {
        auto again = told(ended(first_told(tell(to_amira)), state, "too late"), now + 1h);
        EXPECT_EQ(again.state, DeliveryState::pending);
        EXPECT_EQ(again.due, now + 1h);
        EXPECT_EQ(again.reason, "");
    }
}

// ---- to be sent

TEST(ADelivery, IsPostedFromThePostToTheRemoval) {
    auto fresh = first_told(tell(to_amira));
    EXPECT_FALSE(is_posted(fresh));
    EXPECT_FALSE(is_posted(sending_to(fresh, local, "there", now)));
    EXPECT_TRUE(is_posted(sent(to_amira)));
    EXPECT_TRUE(is_posted(found(sending_to(fresh, local, "there", now), "m1", now)));
    EXPECT_FALSE(is_posted(removed(sent(to_amira), 1, now)));
}

TEST(ADelivery, RemembersWhereItWent) {
    auto delivery = sent(to_channel);
    EXPECT_EQ(delivery.connection, local);
    EXPECT_EQ(delivery.address, "there");
    EXPECT_EQ(delivery.sent_at, now);
    EXPECT_EQ(delivery.shown, 77);
    EXPECT_FALSE(delivery.sending_since);
}

TEST(ADelivery, IsEditedNextWhenAnotherRevisionWasWantedDuringTheCall) {
    auto during = told(sending_to(first_told(tell(to_channel)), local, "there", now), now + 1s);
    auto after = posted(during, "m1", 1, 77, now + 2s);

    EXPECT_EQ(after.state, DeliveryState::pending);
    EXPECT_EQ(after.due, now + 17s);
    EXPECT_EQ(after.attempt, 0);
}

TEST(ADelivery, IsComposedAnewWhenACopyWasFound) {
    auto lost = uncertain(sending_to(first_told(tell(to_amira)), local, "there", now), now, "?");
    auto after = found(lost, "m1", now + 10s);

    EXPECT_EQ(after.state, DeliveryState::pending);
    EXPECT_EQ(after.due, now + 10s);
    EXPECT_EQ(after.shown, 0);
}

TEST(ADelivery, RemembersItsFirstTryUntilItHasSettled) {
    auto first = sending_to(first_told(tell(to_amira)), local, "there", now);
    auto again =
        sending_to(put_off(uncertain(first, now, "?"), now, ""), local, "there", now + 2min);

    EXPECT_EQ(again.tried_since, now);
    EXPECT_EQ(again.unheard, 1);
    auto settled = posted(again, "m1", 1, 77, now + 2min);
    EXPECT_FALSE(settled.tried_since);
    EXPECT_EQ(settled.unheard, 0);
}

TEST(ADelivery, IsNotEditedAgainInVainOnceThePlatformChangesItNoMore) {
    auto standing = left_standing(told(sent(to_channel)), 88, "message_not_found");

    EXPECT_EQ(standing.state, DeliveryState::sent);
    EXPECT_EQ(standing.shown, 88);
    EXPECT_EQ(standing.reason, "message_not_found");
}

}  // namespace
}  // namespace muster
