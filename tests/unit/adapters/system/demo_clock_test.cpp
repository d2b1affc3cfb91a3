#include "adapters/system/demo_clock.hpp"

#include <fstream>
#include <memory>
#include <stdexcept>

#include "adapters/system/virtual_clock.hpp"
#include "tests/unit/adapters/system/clock_story.hpp"

namespace muster {
namespace {

class DemoClockStory : public ClockStory {
protected:
    DemoClockStory() {
        auto pattern = (std::filesystem::temp_directory_path() / "demo_clock.XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
        folder = pattern;
        file = folder / "muster.db.clock";
    }

    ~DemoClockStory() override {
        group.cancel();
        loop.restart();
        loop.poll();
        std::filesystem::remove_all(folder);
    }

    void write_offset(const std::string& text) { std::ofstream{file} << text; }

    std::filesystem::path folder;
    std::filesystem::path file;
    VirtualClock base{loop, noon};
};

TEST_F(DemoClockStory, IsTheBaseClockUntilSomebodyJumps) {
    DemoClock clock{base, file};

    EXPECT_EQ(clock.offset(), 0ms);
    EXPECT_EQ(clock.now(), noon);
    EXPECT_EQ(clock.steady_now(), base.steady_now());
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(DemoClockStory, KeepsItsOffsetOverARestart) {
    {
        DemoClock clock{base, file};
        clock.set_offset(25h);
    }
    DemoClock again{base, file};

    EXPECT_EQ(again.now(), noon + 25h);
    EXPECT_EQ(again.steady_now(), base.steady_now() + 25h);
    EXPECT_FALSE(std::filesystem::exists(file.string() + ".new"));
}

TEST_F(DemoClockStory, NeverGoesBack) {
    DemoClock clock{base, file};
    clock.set_offset(1h);

    EXPECT_THROW(clock.set_offset(1h - 1ms), std::invalid_argument);
    EXPECT_EQ(clock.now(), noon + 1h);
}

TEST_F(DemoClockStory, StaysWhereItIsWhenTheOffsetCannotBeStored) {
    DemoClock clock{base, folder / "missing" / "clock"};

    EXPECT_THROW(clock.set_offset(1h), std::system_error);
    EXPECT_EQ(clock.now(), noon);
}

TEST_F(DemoClockStory, NamesABrokenFile) {
    for (auto* text : {"", "soon\n", "12 \n", "-5\n", "12\n13\n", "99999999999999999999\n"}) {
        write_offset(text);
        try {
            DemoClock clock{base, file};
            FAIL() << "accepted: " << text;
        } catch (const std::runtime_error& error) {
            EXPECT_EQ(
                error.what(),
                file.string() + ": expected the demo clock's offset in milliseconds, a whole number"
            );
        }
    }
}

TEST_F(DemoClockStory, AMovedOffsetWakesWhoeverIsDueAndNobodyElse) {
    DemoClock clock{base, file};
    Bell first;
    Bell second;
    sleeps(clock, "due", noon + 1h, first);
    sleeps(clock, "not due", noon + 2h, second);
    base.run_until(noon + 1s);

    clock.set_offset(1h);
    base.run_until(noon + 1s);
    EXPECT_EQ(log, Log{"due +3601000"});

    base.run_until(noon + 1h);
    EXPECT_EQ(log, (Log{"due +3601000", "not due +7200000"}));
}

TEST_F(DemoClockStory, ARingWakesEarlyAndIsKept) {
    DemoClock clock{base, file};
    Bell bell;
    sleeps(clock, "rung", noon + 1h, bell);
    base.run_until(noon + 1s);
    bell.ring();
    base.run_until(noon + 2s);

    bell.ring();
    sleeps(clock, "kept", noon + 1h, bell);
    base.run_until(noon + 2s);

    EXPECT_EQ(log, (Log{"rung +1000", "kept +2000"}));
}

class DemoClockJump : public DemoClockStory {
protected:
    // Timers as the store has them; settling fires what is due.
    DemoClock::NextTimer next = [this]() -> Task<std::optional<Instant>> {
        if (timers.empty()) co_return std::nullopt;
        co_return timers.front();
    };
    DemoClock::Settled settled = [this]() -> Task<> {
        while (fires && !timers.empty() && timers.front() <= clock.now()) {
            tell(clock, "fired");
            timers.erase(timers.begin());
        }
        tell(clock, "settled");
        co_return;
    };

    std::vector<Instant> timers;
    bool fires = true;
    DemoClock clock{base, file};
};

TEST_F(DemoClockJump, StopsAtEachTimerOnTheWayAndSettlesThere) {
    timers = {noon + 1s, noon + 3s, noon + 9s};
    group.spawn(clock.jump_to(noon + 5s, next, settled));
    base.run_until(noon);

    EXPECT_EQ(
        log, (Log{"fired +1000", "settled +1000", "fired +3000", "settled +3000", "settled +5000"})
    );
    EXPECT_EQ(clock.offset(), 5s);
}

TEST_F(DemoClockJump, ToThePastOnlySettles) {
    timers = {noon - 1s};
    group.spawn(clock.jump_to(noon - 1s, next, settled));
    base.run_until(noon);

    EXPECT_EQ(log, (Log{"fired +0", "settled +0", "settled +0"}));
    EXPECT_EQ(clock.offset(), 0s);
}

TEST_F(DemoClockJump, SaysWhichTimerDoesNotGoAway) {
    timers = {noon + 1s};
    fires = false;
    group.spawn(clock.jump_to(noon + 5s, next, settled));
    base.run_until(noon);

    EXPECT_EQ(log.back(), "the timer due at 2026-11-24T12:00:01.000Z does not go away");
    EXPECT_EQ(clock.now(), noon + 1s);
}

}  // namespace
}  // namespace muster
