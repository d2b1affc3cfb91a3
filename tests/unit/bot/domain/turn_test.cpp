#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

namespace muster {
namespace {

using namespace scene;

// One round in every state that decides what it still takes.
struct State {
    const char* story;
    bool newest;
    bool left;
    Standing standing;
    std::chrono::hours age;
    Takes takes;
};

constexpr auto participant = Standing::participant;
constexpr auto observer = Standing::observer;

const std::vector<State> states{
    {"asked just now", true, false, participant, 0h, Takes::lines},
    {"asked a week ago, and never since", true, false, participant, 168h, Takes::lines},
    {"more than a week ago", true, false, participant, 169h, Takes::nothing},
    {"asked again since", false, false, participant, 24h, Takes::nothing},
    {"observes since", true, false, observer, 1h, Takes::answers},
    {"observes since more than a week", true, false, observer, 169h, Takes::nothing},
    {"observes, and the team's next has opened", false, false, observer, 24h, Takes::nothing},
    {"has left the team", true, true, participant, 1h, Takes::corrections},
    {"has left the team, and more than a week ago", true, true, observer, 169h, Takes::nothing},
    {"has left the team, and was asked again before", false, true, observer, 24h, Takes::nothing},
};

Turn turn_in(const State& state) {
    auto turn = open_turn();
    turn.newest = state.newest;
    turn.left = state.left;
    turn.standing = state.standing;
    return turn;
}

TEST(WhatARoundTakes, FollowsFromWhoItsPersonIsAndWhatCameSince) {
    for (const auto& state : states)
        EXPECT_EQ(what_it_takes(turn_in(state), nine_thirty + state.age), state.takes)
            << state.story;
}

TEST(WhatARoundTakes, HoldsWhateverBecameOfTheRound) {
    for (auto phase : {Phase::asked, Phase::answered, Phase::late, Phase::skipped, Phase::silent}) {
        auto turn = open_turn();
        turn.round.phase = phase;
        EXPECT_TRUE(takes(turn, Takes::lines, half_past_eleven + 24h)) << name(phase);
    }
}

TEST(WhatARoundTakes, IsCountedFromTheRunWhereThereWasNoWindow) {
    auto turn = open_turn();
    turn.round.opens_at.reset();

    EXPECT_TRUE(takes(turn, Takes::lines, nine_thirty + 168h));
    EXPECT_FALSE(takes(turn, Takes::corrections, nine_thirty + 169h));
}

TEST(WhatARoundTakes, IncludesAllThatIsLess) {
    auto turn = open_turn();
    turn.standing = observer;

    EXPECT_TRUE(takes(turn, Takes::corrections, nine_thirty));
    EXPECT_TRUE(takes(turn, Takes::answers, nine_thirty));
    EXPECT_FALSE(takes(turn, Takes::lines, nine_thirty));
}

}  // namespace
}  // namespace muster
