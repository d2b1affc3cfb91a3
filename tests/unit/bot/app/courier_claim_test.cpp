#include "bot/app/courier_claim.hpp"

#include "tests/unit/bot/app/claim_story.hpp"

namespace muster {
namespace {

TEST_F(ClaimStory, RecordsTheLeaseBeforeTheCallIsMade) {
    auto taken = take_lease();

    EXPECT_EQ(taken->call, Call::deliver);
    EXPECT_EQ(taken->destination.address, "U-amira");
    EXPECT_TRUE(taken->destination.direct);
    EXPECT_EQ(prompt("amira").state, DeliveryState::sending);
    EXPECT_EQ(prompt("amira").sending_since, clock.now());
    EXPECT_EQ(prompt("amira").attempt, 1);
}

TEST_F(ClaimStory, GivesALeaseOnce) {
    take_lease();

    EXPECT_FALSE(take_lease());
}

TEST_F(ClaimStory, GivesNoLeaseBeforeItIsDue) {
    EXPECT_FALSE(take_lease(prompt("amira").id, clock.now() - 2min));
    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
}

TEST_F(ClaimStory, CallsTheRoundNotAskedWhenThePromptHasExpired) {
    auto expiry = *prompt("amira").expires_at;
    EXPECT_FALSE(take_lease(prompt("amira").id, expiry));

    EXPECT_EQ(round("amira").phase, Phase::not_asked);
    EXPECT_EQ(round("amira").not_asked, NotAsked::downtime);
    EXPECT_EQ(round("bo").phase, Phase::asked);
    EXPECT_FALSE(take_lease(prompt("amira").id, expiry + 1s));
    EXPECT_NE(prompt("amira").state, DeliveryState::pending);
}

TEST_F(ClaimStory, PostsUntilTheLastMomentBeforeItExpires) {
    auto expiry = *prompt("amira").expires_at;

    EXPECT_EQ(take_lease(prompt("amira").id, expiry - 1ms).value().call, Call::deliver);
}

TEST_F(ClaimStory, NotesWhenSomebodyWasAsked) {
    auto taken = take_lease();
    pass(1s);
    settle_with(taken, Outcome::Kind::sent, "m1");

    EXPECT_EQ(prompt("amira").state, DeliveryState::sent);
    EXPECT_EQ(prompt("amira").provider_id, "m1");
    EXPECT_EQ(round("amira").asked_at, clock.now());
}

TEST_F(ClaimStory, PutsOffWhatWasTooSoon) {
    settle_with(take_lease(), Outcome::Kind::try_later);

    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
    EXPECT_EQ(prompt("amira").due, clock.now() + 30s);
    EXPECT_FALSE(round("amira").asked_at);
}

TEST_F(ClaimStory, CountsNoTryOfAPostThatTheWholeConnectionRefused) {
    settle_with(take_lease(), Outcome::Kind::suspended);

    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
    EXPECT_EQ(prompt("amira").attempt, 0);
    EXPECT_FALSE(prompt("amira").tried_since);
}

TEST_F(ClaimStory, CountsAPostThatWasTooSoonForItsPausesOnly) {
    for (auto too_soon = 1; too_soon <= 9; ++too_soon) {
        settle_with(take_lease(), Outcome::Kind::try_later);
        EXPECT_EQ(prompt("amira").attempt, too_soon);
        EXPECT_FALSE(prompt("amira").tried_since);
        pass(30s);
    }
    set_back_once();

    EXPECT_EQ(prompt("amira").state, DeliveryState::pending) << "one exception is none too many";
    EXPECT_EQ(prompt("amira").due, clock.now() + 20s);
}

TEST_F(ClaimStory, LooksAtThePlatformTenSecondsAfterAnAmbiguousPost) {
    settle_with(take_lease(), Outcome::Kind::ambiguous);

    EXPECT_EQ(prompt("amira").state, DeliveryState::uncertain);
    EXPECT_EQ(prompt("amira").due, clock.now() + 10s);
}

TEST_F(ClaimStory, WaitsRatherThanPostsBlindlyWhenThePlatformCannotBeAskedYet) {
    settle_with(take_lease(), Outcome::Kind::ambiguous);
    pass(2min);  // after the second look one that cannot tell is posted again
    settle_found_with({Found::Kind::try_later, {}, 45s});

    EXPECT_EQ(prompt("amira").state, DeliveryState::uncertain);
    EXPECT_EQ(prompt("amira").due, clock.now() + 45s);
    settle_found_with({Found::Kind::try_later, {}, 0s});
    EXPECT_EQ(prompt("amira").due, clock.now() + 1s) << "never at once";
    settle_found_with({Found::Kind::present, {"m1"}});
    EXPECT_EQ(prompt("amira").provider_id, "m1");
}

TEST_F(ClaimStory, MakesAnAmbiguousEditAgainWithoutAsking) {
    settle_with(take_lease(), Outcome::Kind::sent, "m1");
    take("amira", press(Verb::skip, round("amira").id.value)).value();
    auto edit = take_lease();
    ASSERT_EQ(edit->call, Call::update);
    settle_with(edit, Outcome::Kind::ambiguous);

    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
    EXPECT_EQ(prompt("amira").provider_id, "m1");
}

TEST_F(ClaimStory, RemembersThatAnEditNeededAnotherPart) {
    settle_with(take_lease(), Outcome::Kind::sent, "D1/17.1");
    take("amira", press(Verb::skip, round("amira").id.value)).value();
    settle_with(take_lease(), Outcome::Kind::sent, "D1/17.1 17.2");

    EXPECT_EQ(prompt("amira").state, DeliveryState::sent);
    EXPECT_EQ(prompt("amira").provider_id, "D1/17.1 17.2");
}

TEST_F(ClaimStory, LetsAMessageStandThatCannotBeEditedAnyMore) {
    settle_with(take_lease(), Outcome::Kind::sent, "m1");
    take("amira", press(Verb::skip, round("amira").id.value)).value();
    settle_with(take_lease(), Outcome::Kind::refused);

    EXPECT_EQ(prompt("amira").state, DeliveryState::sent);
    EXPECT_EQ(round("amira").phase, Phase::skipped);
}

TEST_F(ClaimStory, KeepsAnEditThatWasAskedForWhileThePostWasUnderWay) {
    auto taken = take_lease();
    take("amira", press(Verb::skip, round("amira").id.value)).value();
    settle_with(taken, Outcome::Kind::sent, "m1");

    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
    EXPECT_EQ(take_lease().value().call, Call::update);
}

TEST_F(ClaimStory, PutsAPromptOffThatComesUpInABreak) {
    auto amira = person("amira");
    amira.hours.week.days[0] = {{9h, 9h + 30min}, {10h, 17h}};
    apply({.changes = {amira}});

    EXPECT_FALSE(take_lease());
    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
    EXPECT_EQ(prompt("amira").due, at("2026-11-23T10:00"));
    EXPECT_EQ(take_lease(prompt("amira").id, at("2026-11-23T10:00")).value().call, Call::deliver);
}

TEST_F(ClaimStory, EditsTheCardThatIsFoundWhenTheAnswerCameMeanwhile) {
    settle_with(take_lease(), Outcome::Kind::ambiguous);
    take("amira", press(Verb::skip, round("amira").id.value)).value();
    settle_found_with({Found::Kind::present, {"m1"}});

    EXPECT_EQ(take_lease().value().call, Call::update);
}

TEST_F(ClaimStory, PostsNothingAnewOnceTheRoundIsAnswered) {
    settle_with(take_lease(), Outcome::Kind::ambiguous);
    take("amira", press(Verb::skip, round("amira").id.value)).value();
    pass(2min);
    settle_found_with({Found::Kind::absent, {}});

    EXPECT_FALSE(take_lease());
    EXPECT_EQ(prompt("amira").state, DeliveryState::cancelled);
}

TEST_F(ClaimStory, EditsACardWhereItIsAlsoWhenTheHomeHasChanged) {
    settle_with(take_lease(), Outcome::Kind::sent, "m1");
    auto moved = person("amira");
    apply({.changes = {Account{AccountId{77}, connection, moved.id, "U-other", {}}}});
    moved.home = AccountId{77};
    apply({.changes = {moved}});
    take("amira", press(Verb::skip, round("amira").id.value)).value();

    auto edit = take_lease();
    EXPECT_EQ(edit->call, Call::update);
    EXPECT_EQ(edit->destination.address, "U-amira");
}

TEST_F(ClaimStory, GivesNoLeaseForAPlaceWhereItNoLongerGoes) {
    Destination elsewhere{connection, "U-other", true, {}};
    IdSource ids{entropy.seed()};
    auto take = [=, id = prompt("amira").id, now = clock.now()](Transaction& transaction
                ) mutable -> Result<std::optional<Claim>> {
        return claim(transaction, id, elsewhere, now, ids);
    };

    EXPECT_FALSE(write(take).value());
    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
}

TEST_F(ClaimStory, CallsWhatAnEndedProcessWasPostingUncertain) {
    take_lease();
    mark_all_uncertain();

    EXPECT_EQ(prompt("amira").state, DeliveryState::uncertain);
    EXPECT_EQ(prompt("bo").state, DeliveryState::pending);
}

TEST_F(ClaimStory, SimplyRepeatsTheEditThatAnEndedProcessWasMaking) {
    settle_with(take_lease(), Outcome::Kind::sent, "m1");
    take("amira", press(Verb::skip, round("amira").id.value)).value();
    take_lease();
    mark_all_uncertain();

    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
}

}  // namespace
}  // namespace muster
