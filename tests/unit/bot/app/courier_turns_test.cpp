#include "bot/app/courier_turns.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

using namespace std::chrono_literals;

const SteadyInstant now{1h};
const ConnectionId main_office{1};
const ConnectionId other_office{2};
const Place amira{main_office, "U-amira"};
const Place bo{main_office, "U-bo"};
const Pace three_at_once{0ms, 2s, 3};

int calls_at_once(CourierTurns& turns, SteadyInstant when) {
    auto calls = 0;
    for (; turns.free_at(amira, Call::update) <= when; ++calls)
        turns.take(main_office, Call::update, three_at_once, when);
    return calls;
}

TEST(CourierTurns, LetAsManyGoAtOnceAsThePaceSaysAndThenOneAtATime) {
    CourierTurns turns;

    EXPECT_EQ(calls_at_once(turns, now), 3);
    EXPECT_EQ(turns.free_at(amira, Call::update), now + 2s);
    EXPECT_EQ(calls_at_once(turns, now + 2s), 1);
    EXPECT_EQ(calls_at_once(turns, now + 1h), 3) << "no more after a long rest";
}

TEST(CourierTurns, KeepEachKindOfCallAndEachConnectionApart) {
    CourierTurns turns;
    calls_at_once(turns, now);

    EXPECT_LE(turns.free_at(amira, Call::deliver), now);
    EXPECT_LE(turns.free_at(Place{other_office, "U-amira"}, Call::update), now);
    EXPECT_EQ(turns.next_after(now), now + 2s);
}

TEST(CourierTurns, CostNothingWhenGivenBack) {
    CourierTurns turns;
    for (auto turn = 0; turn < 10; ++turn)
        turns.give_back(turns.take(main_office, Call::update, three_at_once, now));

    EXPECT_EQ(calls_at_once(turns, now), 3);
}

TEST(CourierTurns, LetAPlaceRestAfterACallThere) {
    CourierTurns turns;
    turns.rest(amira, {1s, 0ms, 1}, now);

    EXPECT_EQ(turns.free_at(amira, Call::deliver), now + 1s);
    EXPECT_LE(turns.free_at(bo, Call::deliver), now);
}

TEST(CourierTurns, HoldBackOnlyWhatThePlatformAskedAPauseFor) {
    CourierTurns turns;
    turns.hold_back(amira, Call::update, Scope::call, now + 1min, now);
    EXPECT_EQ(turns.free_at(bo, Call::update), now + 1min);
    EXPECT_LE(turns.free_at(amira, Call::deliver), now);

    turns.hold_back(amira, Call::update, Scope::place, now + 2min, now);
    EXPECT_EQ(turns.free_at(amira, Call::deliver), now + 2min);
    EXPECT_LE(turns.free_at(bo, Call::deliver), now);

    turns.hold_back(amira, Call::update, Scope::connection, now + 3min, now);
    EXPECT_EQ(turns.free_at(bo, Call::find), now + 3min);
    EXPECT_LE(turns.free_at(Place{other_office, "U-bo"}, Call::find), now);
}

TEST(CourierTurns, NeverShortenAPause) {
    CourierTurns turns;
    turns.hold_back(amira, Call::update, Scope::call, now + 2min, now);
    turns.hold_back(amira, Call::update, Scope::call, now + 1min, now);

    EXPECT_EQ(turns.free_at(bo, Call::update), now + 2min);
}

TEST(CourierTurns, LeaveASuspendedConnectionOneProbeEveryTenMinutes) {
    CourierTurns turns;
    turns.suspend(main_office, now);
    EXPECT_TRUE(turns.take(main_office, Call::deliver, {}, now).is_probe);
    EXPECT_EQ(turns.free_at(bo, Call::deliver), now + 10min);
    EXPECT_EQ(turns.next_after(now), now + 10min);

    auto probe = turns.take(main_office, Call::find, {}, now + 10min);
    turns.give_back(probe);
    EXPECT_LE(turns.free_at(bo, Call::deliver), now + 10min) << "there was nothing to call for";

    turns.resume(main_office);
    EXPECT_FALSE(turns.take(main_office, Call::deliver, {}, now).is_probe);
    EXPECT_LE(turns.free_at(bo, Call::deliver), now);
}

TEST(CourierTurns, MakeNoProbeOfWhatHadItsTurnBeforeTheSuspension) {
    CourierTurns turns;
    auto turn = turns.take(main_office, Call::deliver, {}, now);
    turns.suspend(main_office, now + 10min);
    turns.give_back(turn);

    EXPECT_EQ(turns.free_at(bo, Call::deliver), now + 10min);
}

TEST(CourierTurns, RememberABoundedNumberOfPlaces) {
    CourierTurns turns;
    for (auto place = 0; place < 10'001; ++place)
        turns.hold_back(
            Place{main_office, std::to_string(place)},
            Call::deliver,
            Scope::place,
            now + 1h + place * 1s,
            now
        );

    EXPECT_LE(turns.free_at(Place{main_office, "0"}, Call::deliver), now);
    EXPECT_GT(turns.free_at(Place{main_office, "1"}, Call::deliver), now);
}

}  // namespace
}  // namespace muster
