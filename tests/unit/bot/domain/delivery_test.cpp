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

Delivery under_way(const DeliveryKey& key) {
    return sending_to(first_told(tell(key)), local, "there", now);
}

// Posted, or not: nobody heard.
Delivery lost(const DeliveryKey& key) {
    return unheard_of(under_way(key), "reset", now + 5s, now);
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

TEST(ADeliveryToldAgain, IsNewsFromTheFirstWordThatTheWorldDoesNotShow) {
    auto paused = too_soon(under_way(to_amira), now + 1min, "busy");
    EXPECT_EQ(told(paused, now + 5s).told_at, now);
    EXPECT_EQ(told(sent(to_amira), now + 1h).told_at, now + 1h);
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
    auto after = found(lost(to_amira), "m1", now + 10s);

    EXPECT_EQ(after.state, DeliveryState::pending);
    EXPECT_EQ(after.due, now + 10s);
    EXPECT_EQ(after.shown, 0);
}

TEST(ADelivery, RemembersItsFirstTryUntilItHasSettled) {
    auto again = sending_to(put_off(lost(to_amira), now, ""), local, "there", now + 2min);

    EXPECT_EQ(again.tried_since, now);
    EXPECT_EQ(again.unheard, 1);
    auto settled = posted(again, "m1", 1, 77, now + 2min);
    EXPECT_FALSE(settled.tried_since);
    EXPECT_EQ(settled.unheard, 0);
}

// ---- a call of which nobody heard

TEST(ADeliveryOfUnknownFate, IsLookedForAfterTenSecondsAndASecondTimeAfterAMinute) {
    EXPECT_EQ(lost(to_amira).state, DeliveryState::uncertain);
    EXPECT_EQ(lost(to_amira).due, now + 10s);
    for (auto sighting : {Sighting::absent, Sighting::cannot_tell}) {
        auto first = looked_for(lost(to_amira), sighting, 0s, now + 10s);
        EXPECT_EQ(first.state, DeliveryState::uncertain);
        EXPECT_EQ(first.due, now + 60s);
        auto second = looked_for(first, sighting, 0s, now + 60s);
        EXPECT_EQ(second.state, DeliveryState::pending);
        EXPECT_EQ(second.due, now + 60s);
    }
}

TEST(ADeliveryOfUnknownFate, IsRepeatedBlindlyOnceOnly) {
    auto twice = sending_to(put_off(lost(to_amira), now, ""), local, "there", now + 1min);
    auto again = unheard_of(twice, "reset", now, now + 1min);

    EXPECT_EQ(looked_for(again, Sighting::cannot_tell, 0s, now + 1h).state, DeliveryState::failed);
    EXPECT_EQ(looked_for(again, Sighting::absent, 0s, now + 1h).state, DeliveryState::pending);
}

TEST(ADeliveryOfUnknownFate, IsNotRepeatedBlindlyWhereASecondCopyIsWorseThanNone) {
    for (auto purpose : {Purpose::reminder, Purpose::downtime, Purpose::welcome_back}) {
        auto once = lost({purpose, 41, PersonId{5}, 0});
        auto after = looked_for(once, Sighting::cannot_tell, 0s, now + 1h);
        EXPECT_EQ(after.state, DeliveryState::failed) << name(purpose);
        EXPECT_FALSE(after.reason.empty());
        EXPECT_EQ(looked_for(once, Sighting::absent, 0s, now + 1h).state, DeliveryState::pending);
    }
}

TEST(ADeliveryOfUnknownFate, WaitsForAPlatformThatCanTellLater) {
    for (auto sighting : {Sighting::try_later, Sighting::suspended}) {
        auto after = looked_for(lost(to_amira), sighting, 45s, now + 1h);
        EXPECT_EQ(after.state, DeliveryState::uncertain);
        EXPECT_EQ(after.due, now + 1h + 45s);
        EXPECT_EQ(looked_for(after, sighting, 0s, now + 1h).due, now + 1h + 1s) << "never at once";
    }
}

TEST(ADeliveryOfUnknownFate, IsAskedAboutAtOnceWhenItsProcessHasEndedAndEditedAgainWhenPosted) {
    EXPECT_EQ(left_half_done(under_way(to_amira), now).state, DeliveryState::uncertain);
    EXPECT_EQ(left_half_done(under_way(to_amira), now).due, now);

    auto edit = sending_to(told(sent(to_amira)), local, "there", now);
    EXPECT_EQ(left_half_done(edit, now).state, DeliveryState::pending);
    EXPECT_EQ(unheard_of(edit, "reset", now + 5s, now).state, DeliveryState::pending);
    EXPECT_EQ(unheard_of(edit, "reset", now + 5s, now).due, now + 5s);
}

// ---- a call that fails

TEST(ARefusedDelivery, HasFailedWhereItWasForAPersonAndWaitsForAChannel) {
    EXPECT_EQ(refused(under_way(to_amira), "gone", now).state, DeliveryState::failed);

    auto waits = refused(under_way(to_channel), "archived", now);
    EXPECT_EQ(waits.state, DeliveryState::pending);
    EXPECT_EQ(waits.due, now + 10min);
    EXPECT_EQ(refused(waits, "archived", now).due, now + 20min);
    waits.failures = 2;
    EXPECT_EQ(refused(waits, "archived", now).due, now + 40min);
    waits.failures = 20;
    EXPECT_EQ(refused(waits, "archived", now).due, now + 6h);
    EXPECT_EQ(refused(waits, "archived", now + 16h).state, DeliveryState::failed);
}

TEST(ARefusedDelivery, IsWaitedForAnewAfterThePlatformRefusedEverything) {
    auto waiting = not_served(under_way(to_channel), now + 1s, "token_revoked");
    EXPECT_EQ(waiting.attempt, 0);
    auto probe = sending_to(waiting, local, "there", now + 24h);
    EXPECT_EQ(refused(probe, "archived", now + 24h).state, DeliveryState::pending);

    auto again = sending_to(refused(probe, "archived", now + 24h), local, "there", now + 25h);
    auto patient = not_served(again, now + 25h, "token_revoked");
    EXPECT_FALSE(patient.tried_since);
}

TEST(ARefusedDelivery, IsWaitedForNoLongerWhenThePlatformAskedForPausesBetween) {
    auto refused_once = refused(under_way(to_channel), "archived", now);
    auto second = sending_to(refused_once, local, "there", now + 1h);

    EXPECT_EQ(too_soon(second, now + 2h, "busy").tried_since, now);
    EXPECT_EQ(not_called(second, now + 2h).tried_since, now);
}

TEST(ADeliveryThatWasNotCalled, IsAsItWasBeforeTheLease) {
    auto fresh = first_told(tell(to_amira));
    auto before = put_off(fresh, now + 1min, "paused");

    EXPECT_EQ(told(not_called(under_way(to_amira), now + 1min)).due, now) << "no pause to keep to";
    auto after = not_called(under_way(to_amira), now + 1min);
    EXPECT_EQ(after.attempt, before.attempt);
    EXPECT_EQ(after.tried_since, before.tried_since);
    EXPECT_EQ(after.due, before.due);
    EXPECT_EQ(after.state, before.state);
}

TEST(ADeliveryOfUnknownFate, RemembersItsFirstTryThroughPausesAndRefusals) {
    auto second = sending_to(put_off(lost(to_amira), now, ""), local, "there", now + 2min);

    EXPECT_EQ(not_called(second, now + 3min).tried_since, now);
    EXPECT_EQ(too_soon(second, now + 3min, "busy").tried_since, now);
    EXPECT_EQ(not_served(second, now + 3min, "token_revoked").tried_since, now);
}

TEST(ADeliveryThatStumbles, KeepsItsPauseWhenToldAgain) {
    auto delivery = told(stumbled(first_told(tell(to_amira)), "a corrupt row", now));
    EXPECT_EQ(delivery.due, now + 20s);
}

TEST(ADeliveryThatStumbles, ComesAgainLongerEachTimeAndFailsInTheEnd) {
    auto delivery = first_told(tell(to_amira));
    for (auto stumble = 1; stumble <= 8; ++stumble) {
        delivery = stumbled(delivery, "a corrupt row", now);
        EXPECT_EQ(delivery.due, now + 10s * (1 << stumble));
        EXPECT_EQ(delivery.state, DeliveryState::pending);
    }
    EXPECT_EQ(stumbled(delivery, "a corrupt row", now).state, DeliveryState::failed);
    delivery.provider_id = "m1";
    EXPECT_EQ(stumbled(delivery, "a corrupt row", now).state, DeliveryState::sent);
}

TEST(ADelivery, IsTooLateFromTheMomentItExpiresUnlessItIsPosted) {
    auto prompt = first_told(tell(to_amira, now, now + 2h));
    EXPECT_FALSE(is_too_late(prompt, now + 2h - 1ms));
    EXPECT_TRUE(is_too_late(prompt, now + 2h));
    EXPECT_FALSE(is_too_late(first_told(tell(to_amira)), now + 2h));
    prompt.provider_id = "m1";
    EXPECT_FALSE(is_too_late(prompt, now + 2h));
}

TEST(ARefusedDelivery, StandsAsItIsForGoodWhereItIsPosted) {
    auto edit = sending_to(told(sent(to_channel)), local, "there", now);
    auto standing = refused(told(edit), "message_not_found", now);

    EXPECT_EQ(standing.state, DeliveryState::sent);
    EXPECT_TRUE(is_posted(standing));
    EXPECT_EQ(standing.reason, "message_not_found");
    EXPECT_EQ(told(standing, now + 1h), standing) << "no call is made in vain again";
}

}  // namespace
}  // namespace muster
