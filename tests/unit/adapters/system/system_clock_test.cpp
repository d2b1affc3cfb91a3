#include "adapters/system/system_clock.hpp"

#include "tests/unit/adapters/system/clock_story.hpp"

namespace muster {
namespace {

class SystemClockStory : public ClockStory {
protected:
    Task<> sleep_and_count(Instant until, Bell& bell) {
        co_await clock.sleep_until(until, bell);
        ++woken;
    }

    void run() {
        loop.restart();
        loop.run();
    }

    SystemClock clock{loop.get_executor()};
    int woken = 0;
};

TEST_F(SystemClockStory, NeverWakesBeforeTheInstant) {
    auto until = clock.now() + 20ms;
    group.spawn(sleep_and_count(until, silent));
    run();

    EXPECT_EQ(woken, 1);
    EXPECT_GE(clock.now(), until);
}

TEST_F(SystemClockStory, ReturnsAtOnceForThePast) {
    group.spawn(sleep_and_count(clock.now() - 1h, silent));
    loop.poll();

    EXPECT_EQ(woken, 1);
}

TEST_F(SystemClockStory, ARingEndsALongSleep) {
    Bell bell;
    group.spawn(sleep_and_count(clock.now() + 24h, bell));
    loop.poll();
    EXPECT_EQ(woken, 0);

    bell.ring();
    run();

    EXPECT_EQ(woken, 1);
    EXPECT_FALSE(bell.take());
}

TEST_F(SystemClockStory, ARingIsKeptForTheNextSleep) {
    Bell bell;
    bell.ring();
    group.spawn(sleep_and_count(clock.now() + 24h, bell));
    run();

    EXPECT_EQ(woken, 1);
}

TEST_F(SystemClockStory, ACancelledSleepOrPauseEndsWithoutWaking) {
    group.spawn(sleep_and_count(clock.now() + 24h, silent));
    pauses(clock, "pause", 24h);
    loop.poll();
    ASSERT_EQ(group.size(), 2U);

    group.cancel();
    run();

    EXPECT_EQ(woken, 0);
    EXPECT_EQ(log, Log{});
    EXPECT_EQ(group.size(), 0U);
}

TEST_F(SystemClockStory, APauseLastsItsLengthOnTheSteadyClock) {
    auto before = clock.steady_now();
    pauses(clock, "pause", 20ms);
    run();

    EXPECT_EQ(log.size(), 1U);
    EXPECT_GE(clock.steady_now() - before, 20ms);
}

TEST_F(SystemClockStory, APauseWithABellEndsAtTheRing) {
    Bell bell;
    pauses(clock, "rung", 24h, bell);
    loop.poll();
    bell.ring();
    run();

    EXPECT_EQ(log.size(), 1U);
    EXPECT_FALSE(bell.take());
}

}  // namespace
}  // namespace muster
