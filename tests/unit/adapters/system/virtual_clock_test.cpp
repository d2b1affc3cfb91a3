#include "adapters/system/virtual_clock.hpp"

#include <stdexcept>

#include "tests/unit/adapters/system/clock_story.hpp"

namespace muster {
namespace {

class VirtualClockStory : public ClockStory {
protected:
    // Each sleeper of the story needs a bell of its own when several sleep at once.
    void sleeps(std::string name, Instant until) {
        bells.push_back(std::make_unique<Bell>());
        ClockStory::sleeps(clock, name, until, *bells.back());
    }

    std::vector<std::unique_ptr<Bell>> bells;
    VirtualClock clock{loop, noon, 1'000};
};

TEST_F(VirtualClockStory, MovesOnlyWhenToldAndExactlyToTheLimit) {
    EXPECT_EQ(clock.now(), noon);
    auto steady = clock.steady_now();

    clock.run_until(noon + 90s);

    EXPECT_EQ(clock.now(), noon + 90s);
    EXPECT_EQ(clock.steady_now() - steady, 90s);
}

TEST_F(VirtualClockStory, WakesByInstantThenByOrderOfArrival) {
    sleeps("late", noon + 3s);
    sleeps("first", noon + 1s);
    sleeps("tie one", noon + 2s);
    pauses(clock, "tie two", 2s);
    sleeps("tie three", noon + 2s);

    clock.run_until(noon + 3s);

    EXPECT_EQ(
        log, (Log{"first +1000", "tie one +2000", "tie two +2000", "tie three +2000", "late +3000"})
    );
}

TEST_F(VirtualClockStory, LetsTheLoopSettleAfterEachWakeBeforeTheNext) {
    auto chain = [this]() -> Task<> {
        for (int link = 0; link < 3; ++link)
            co_await sleep_and_tell(clock, "link", clock.now() + 1s, silent);
    };
    group.spawn(chain());
    sleeps("between", noon + 1500ms);

    clock.run_until(noon + 1h);

    EXPECT_EQ(log, (Log{"link +1000", "between +1500", "link +2000", "link +3000"}));
}

TEST_F(VirtualClockStory, LeavesSleepersBeyondTheLimitAsleep) {
    sleeps("beyond", noon + 2s);

    clock.run_until(noon + 1999ms);
    EXPECT_EQ(log, Log{});

    clock.run_until(noon + 2s);
    EXPECT_EQ(log, Log{"beyond +2000"});
}

TEST_F(VirtualClockStory, WakesASleeperOfThePastNow) {
    sleeps("overdue", noon - 1h);

    clock.run_until(noon);

    EXPECT_EQ(log, Log{"overdue +0"});
}

TEST_F(VirtualClockStory, ARingWakesEarly) {
    Bell bell;
    ClockStory::sleeps(clock, "rung", noon + 1h, bell);
    clock.run_until(noon + 5s);

    bell.ring();
    clock.run_until(noon + 6s);

    EXPECT_EQ(log, Log{"rung +5000"});
    EXPECT_FALSE(bell.take());
}

TEST_F(VirtualClockStory, ARingWhileNobodySleepsIsKeptForOneSleep) {
    Bell bell;
    bell.ring();
    bell.ring();
    auto twice = [&]() -> Task<> {
        co_await sleep_and_tell(clock, "kept ring", noon + 1h, bell);
        co_await sleep_and_tell(clock, "slept", noon + 1h, bell);
    };
    group.spawn(twice());

    clock.run_until(noon + 1h);

    EXPECT_EQ(log, (Log{"kept ring +0", "slept +3600000"}));
}

TEST_F(VirtualClockStory, ACancelledSleeperNeitherWakesNorLeavesItsPlaceBehind) {
    Bell bell;
    ClockStory::sleeps(clock, "cancelled", noon + 1s, bell);
    pauses(clock, "cancelled pause", 1s);
    clock.run_until(noon);

    group.cancel();
    clock.run_until(noon + 2s);
    bell.ring();

    EXPECT_EQ(log, Log{});
    EXPECT_EQ(group.size(), 0U);
}

TEST_F(VirtualClockStory, AStepForwardsWakesWhoWaitsForTheWallButNoPause) {
    sleeps("wall", noon + 30min);
    pauses(clock, "pause", 30min);
    clock.run_until(noon + 1s);
    auto steady = clock.steady_now();

    clock.step(1h);
    EXPECT_EQ(clock.steady_now(), steady);
    clock.run_until(clock.now());
    EXPECT_EQ(log, Log{"wall +3601000"});

    clock.run_until(noon + 2h);
    EXPECT_EQ(log, (Log{"wall +3601000", "pause +5400000"}));
}

TEST_F(VirtualClockStory, APauseWithABellEndsAtTheRingAndOtherwiseKeepsToTheSteadyClock) {
    Bell bell;
    pauses(clock, "rung", 30min, bell);
    pauses(clock, "not rung", 30min, silent);
    clock.run_until(noon + 1s);
    clock.step(-1h);
    bell.ring();
    clock.run_until(clock.now());
    EXPECT_EQ(log, Log{"rung +-3599000"});

    clock.run_until(noon);
    EXPECT_EQ(log, (Log{"rung +-3599000", "not rung +-1800000"}));
    EXPECT_FALSE(bell.take());
}

TEST_F(VirtualClockStory, AStepBackwardsMakesTheWallWaitLongerButNoPause) {
    sleeps("wall", noon + 30min);
    pauses(clock, "pause", 30min);
    clock.run_until(noon + 1s);
    auto steady = clock.steady_now();

    clock.step(-1h);
    EXPECT_EQ(clock.now(), noon + 1s - 1h);
    EXPECT_EQ(clock.steady_now(), steady);

    clock.run_until(noon + 30min);
    EXPECT_EQ(log, (Log{"pause +-1800000", "wall +1800000"}));
    EXPECT_EQ(clock.steady_now() - steady, 1h + 30min - 1s);
}

TEST_F(VirtualClockStory, AStepDuringARunCountsAtOnce) {
    auto stepper = [this]() -> Task<> {
        co_await clock.pause(1s);
        clock.step(10s);
    };
    group.spawn(stepper());
    sleeps("wall", noon + 5s);

    clock.run_until(noon + 20s);

    EXPECT_EQ(log, Log{"wall +11000"});
    EXPECT_EQ(clock.now(), noon + 20s);
    EXPECT_EQ(clock.steady_now(), SteadyInstant{10s});
}

TEST_F(VirtualClockStory, NeverMovesTheWallBackToAnOlderLimit) {
    clock.run_until(noon + 1h);
    clock.run_until(noon);

    EXPECT_EQ(clock.now(), noon + 1h);
}

TEST_F(VirtualClockStory, CallsALivelockByItsName) {
    auto spin = [this]() -> Task<> {
        while (true)
            co_await clock.sleep_until(noon, silent);
    };
    group.spawn(spin());

    try {
        clock.run_until(noon + 1s);
        FAIL() << "a livelock went unnoticed";
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(
            error.what(),
            "virtual time stands still at 2026-11-24T12:00:00.000Z: more than 1000 wake-ups at one "
            "instant"
        );
    }
}

TEST_F(VirtualClockStory, FindsALivelockOfABellThatItsOwnSleeperRings) {
    auto spin = [this]() -> Task<> {
        Bell bell;
        while (true) {
            bell.ring();
            co_await clock.sleep_until(noon + 1h, bell);
        }
    };
    group.spawn(spin());

    clock.run_until(noon + 1s);

    ASSERT_EQ(log.size(), 1U);
    EXPECT_NE(log.front().find("virtual time stands still"), std::string::npos);
}

TEST_F(VirtualClockStory, ManyWakesAreNoLivelockWhileTimeMoves) {
    auto tick = [this]() -> Task<> {
        for (int second = 0; second < 5'000; ++second)
            co_await clock.pause(1ms);
        tell(clock, "done");
    };
    group.spawn(tick());

    clock.run_until(noon + 1min);

    EXPECT_EQ(log, Log{"done +5000"});
}

}  // namespace
}  // namespace muster
