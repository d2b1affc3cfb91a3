#include "bot/app/loop_watch.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "adapters/system/virtual_clock.hpp"
#include "bot/ports/measures.hpp"
#include "bot/ports/task_group.hpp"
#include "tests/unit/bot/ports/measured.hpp"

namespace muster {
namespace {

class CountingLog final : public Log {
public:
    void write(Severity severity, std::string_view event, const Fields&) override {
        if (severity == Severity::alarm && event == "loop.was_stuck") ++alarms;
    }

    int alarms = 0;
};

// Passes everything on; the loop seems to stand still when the test says so.
class StuckClock final : public Clock {
public:
    explicit StuckClock(Clock& clock) : clock_(clock) {}

    Instant now() const override { return clock_.now(); }

    SteadyInstant steady_now() const override { return clock_.steady_now() + stuck; }

    Task<> sleep_until(Instant when, Bell& bell) override { return clock_.sleep_until(when, bell); }

    Task<> pause(milliseconds length) override { return clock_.pause(length); }

    Task<> pause(milliseconds length, Bell& bell) override { return clock_.pause(length, bell); }

    milliseconds stuck{0};

private:
    Clock& clock_;
};

class LoopWatchStory : public testing::Test {
protected:
    LoopWatchStory() { tasks.spawn(watch.run()); }

    ~LoopWatchStory() override {
        tasks.cancel();
        pass(0s);
    }

    void pass(milliseconds length) { clock.run_until(clock.now() + length); }

    auto seen() const { return series_of(metrics, measures::loop_lag); }

    boost::asio::io_context loop;
    VirtualClock clock{loop, *instant_from("2026-11-23T09:00:00.000Z")};
    StuckClock seen_from_inside{clock};
    CountingLog log;
    Metrics metrics;
    LoopWatch watch{seen_from_inside, log, metrics};
    TaskGroup tasks{
        loop.get_executor(), [](std::exception_ptr problem) { std::rethrow_exception(problem); }};
};

TEST_F(LoopWatchStory, LooksEachSecondAndIsContent) {
    pass(10s);
    EXPECT_EQ(seen().within.back(), 10U);
    EXPECT_EQ(seen().within.front(), 10U);
    EXPECT_EQ(log.alarms, 0);
}

TEST_F(LoopWatchStory, RaisesAnAlarmWhenTheLoopWasStuckForMoreThanFiveSeconds) {
    pass(10s);
    seen_from_inside.stuck += 4s;
    pass(1s);
    EXPECT_EQ(log.alarms, 0);
    EXPECT_NEAR(seen().value, 4, .001);

    seen_from_inside.stuck += 6s;
    pass(1s);
    EXPECT_EQ(log.alarms, 1);
    pass(10s);
    EXPECT_EQ(log.alarms, 1) << "told once";
}

}  // namespace
}  // namespace muster
