#include "tests/unit/bot/app/claim_story.hpp"

namespace muster {
namespace {

// Amira's prompt is on its way.
class ArrivalStory : public ClaimStory {
protected:
    ArrivalStory() { claimed = take_lease(); }

    void settle_with(Outcome::Kind kind, std::string provider_id = "") {
        ClaimStory::settle_with(claimed, kind, std::move(provider_id));
    }

    // The courier's own look, which came too late or can tell nothing.
    void look_in_vain() { settle_found_with(Found{Found::Kind::cannot_tell, {}, {}}); }

    Result<Reply> is_seen(std::string message = "m1") {
        auto input = inbound("", Seen{prompt("amira").id, std::move(message)});
        input.account = "";
        return take(input);
    }

    Pressed press_of_the_prompt(Verb verb) {
        auto pressed = press(verb, round("amira").id.value, "m1");
        pressed.delivery = prompt("amira").id;
        return pressed;
    }

    std::optional<Claim> claimed;
};

TEST_F(ArrivalStory, CountsAPromptAsSentThatThePlatformShows) {
    settle_with(Outcome::Kind::ambiguous);
    auto reply = is_seen();

    EXPECT_TRUE(std::holds_alternative<NoReply>(*reply));
    EXPECT_EQ(prompt("amira").provider_id, "m1");
    EXPECT_EQ(
        prompt("amira").state, DeliveryState::pending
    );  // it is edited: as what, nobody knows
    EXPECT_EQ(round("amira").asked_at, clock.now());
}

TEST_F(ArrivalStory, LooksNoMoreForWhatWasProved) {
    settle_with(Outcome::Kind::ambiguous);
    is_seen().value();
    auto proved = prompt("amira");
    pass(2min);
    look_in_vain();

    EXPECT_EQ(prompt("amira"), proved);
}

TEST_F(ArrivalStory, CountsAPromptAsSentWhoseButtonIsPressed) {
    settle_with(Outcome::Kind::ambiguous);
    pass(1min);
    take("amira", press_of_the_prompt(Verb::skip)).value();

    EXPECT_EQ(prompt("amira").provider_id, "m1");
    EXPECT_EQ(round("amira").asked_at, clock.now());
    EXPECT_EQ(round("amira").phase, Phase::skipped);
}

TEST_F(ArrivalStory, EditsWhatWasShownWhileItsCallGotNoAnswer) {
    is_seen().value();
    EXPECT_EQ(prompt("amira").state, DeliveryState::sending);
    settle_with(Outcome::Kind::ambiguous);
    pass(2min);
    look_in_vain();

    EXPECT_EQ(prompt("amira").provider_id, "m1");
    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
    EXPECT_TRUE(round("amira").asked_at);
}

TEST_F(ArrivalStory, ChangesNothingOfWhatIsKnownToBeSent) {
    settle_with(Outcome::Kind::sent, "m1");
    auto sent = prompt("amira");
    pass(1s);
    is_seen().value();
    is_seen("m2").value();

    EXPECT_EQ(prompt("amira"), sent);
}

TEST_F(ArrivalStory, BelievesNoOtherConnection) {
    settle_with(Outcome::Kind::ambiguous);
    auto uncertain = prompt("amira");
    auto input = inbound("", Seen{uncertain.id, "m1"});
    input.connection = ConnectionId{2};
    take(input).value();

    EXPECT_EQ(prompt("amira"), uncertain);
}

}  // namespace
}  // namespace muster
