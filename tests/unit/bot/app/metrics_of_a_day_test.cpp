#include "bot/app/measured_platform.hpp"
#include "bot/ports/measures.hpp"
#include "tests/unit/bot/app/courier_story.hpp"
#include "tests/unit/bot/ports/measured.hpp"

namespace muster {
namespace {

// What operators see of a stand-up.
class MetricsOfADay : public CourierStory {
protected:
    double value(const Measure& measure, const std::vector<std::string>& labels = {}) const {
        return value_of(metrics, measure, labels);
    }
};

TEST_F(MetricsOfADay, CountAPromptForEachWhoWasAsked) {
    start();
    until("2026-11-23T12:00");

    EXPECT_EQ(value(measures::prompts, {"sent"}), 3);
    EXPECT_EQ(count_of(metrics, measures::prompt_lateness), 3U);
    EXPECT_EQ(series_of(metrics, measures::prompt_lateness).within.front(), 3U) << "all in time";
    EXPECT_EQ(count_of(metrics, measures::timer_lateness, {"ask"}), 3U);
    EXPECT_EQ(value(measures::send_ambiguous), 0);
}

TEST_F(MetricsOfADay, CountOnceWhatTookSeveralTries) {
    start();
    trouble(posted_but_unheard(), 5s);
    until("2026-11-23T12:00");

    EXPECT_EQ(value(measures::prompts, {"sent"}), 3);
    EXPECT_EQ(value(measures::send_ambiguous), 3);
    EXPECT_EQ(value(measures::reconciled, {"present"}), 3);
    EXPECT_EQ(count_of(metrics, measures::prompt_lateness), 3U);
    EXPECT_GE(value(measures::prompt_lateness), 3 * 10) << "found at the first look";
}

TEST_F(MetricsOfADay, CountLooksThatFindNothingAndCopiesThatAreRemoved) {
    start();
    trouble(lost_on_the_way(), 5s);
    until("2026-11-23T09:40");
    EXPECT_EQ(value(measures::reconciled, {"absent"}), 6);
    EXPECT_EQ(value(measures::duplicates_healed), 0);
}

TEST_F(MetricsOfADay, CountACopyThatIsRemoved) {
    start();
    trouble(posted_but_unheard(), 5s);
    post_once_more(direct("amira").at(0));
    until("2026-11-23T09:40");

    EXPECT_EQ(value(measures::duplicates_healed), 1);
}

TEST_F(MetricsOfADay, CountAsUncertainWhatAnEndedProcessWasPosting) {
    OneSlowPlace slow{platform, clock, sim::account_of("amira")};
    start({{connection, &slow}});
    pass(3s);
    ASSERT_EQ(prompt("amira").state, DeliveryState::sending);
    stop();
    start();
    until("2026-11-23T09:40");

    EXPECT_EQ(value(measures::send_ambiguous), 1);
    EXPECT_EQ(value(measures::prompts, {"sent"}), 3);
}

TEST_F(MetricsOfADay, SayWhyNobodyWasAsked) {
    clock.run_until(at("2026-11-23T12:30"));
    start();
    until("2026-11-23T12:40");

    EXPECT_EQ(value(measures::prompts, {"not_asked"}), 3);
    EXPECT_EQ(value(measures::schedule_missed, {"downtime"}), 3);
    EXPECT_EQ(value(measures::prompts, {"sent"}), 0);
    EXPECT_EQ(series_of(metrics, measures::timer_lateness, {"open_run"}).within.front(), 0U)
        << "fired hours late";
}

TEST_F(MetricsOfADay, CountWhoCannotBeReached) {
    platform.close(sim::account_of("bo"));
    start();
    until("2026-11-23T09:40");

    EXPECT_EQ(value(measures::prompts, {"unreachable"}), 1);
    EXPECT_EQ(value(measures::prompts, {"sent"}), 2);
}

TEST_F(MetricsOfADay, CountAnInputInQuarantineOnceHoweverOftenItIsTried) {
    start();
    until("2026-11-23T09:40");
    store.throws_once = true;
    take("amira", line("Test refunds")).value();
    EXPECT_EQ(value(measures::quarantined), 1);
    pass(10min);

    EXPECT_EQ(value(measures::quarantined), 1);
}

TEST_F(MetricsOfADay, CountNothingThatWasRolledBack) {
    start();
    auto refuse = [now = clock.now()](Transaction& transaction) -> Result<int> {
        Decision decision;
        decision.events = {{"prompt.sent", 1, std::nullopt, {}}};
        transaction.apply(decision, now);
        return Errc::conflict;
    };
    EXPECT_FALSE(write(refuse));
    EXPECT_EQ(value(measures::prompts, {"sent"}), 0);
}

// ---- calls to a platform

class MeasuredPlatformStory : public MetricsOfADay {
protected:
    std::uint64_t calls_of(const char* call) const {
        return count_of(metrics, measures::provider_request, {"slack", call});
    }

    MeasuredPlatform measured{platform, "slack", clock, metrics};
};

TEST_F(MeasuredPlatformStory, MeasuresEachCallByItsKind) {
    OneSlowPlace slow{platform, clock, sim::account_of("amira")};
    MeasuredPlatform with_a_slow_place{slow, "slack", clock, metrics};
    start({{connection, &with_a_slow_place}});
    until("2026-11-23T09:40");
    take("amira", line("Test refunds")).value();
    pass(1min);
    stop();

    EXPECT_GE(calls_of("deliver"), 3U);
    EXPECT_GE(calls_of("update"), 1U);
    EXPECT_EQ(
        value(measures::provider_outcomes, {"slack", "deliver", "sent"}),
        static_cast<double>(calls_of("deliver"))
    );
    auto lengths = series_of(metrics, measures::provider_request, {"slack", "deliver"});
    EXPECT_LT(lengths.within.front(), lengths.within.back()) << "one took nine seconds";
    EXPECT_EQ(value(measures::provider_429, {"slack"}), 0);
}

TEST_F(MeasuredPlatformStory, TellsHowLongAPlatformWantsToBeLeftAlone) {
    start({{connection, &measured}});
    platform.hold_back(Call::deliver, sim::account_of("amira"), Scope::connection, 90s);
    pass(5s);
    EXPECT_GE(value(measures::provider_429, {"slack"}), 1);
    EXPECT_GT(measured.blocked(), 80s);
    EXPECT_LE(measured.blocked(), 90s);
    pass(90s);
    EXPECT_EQ(measured.blocked(), 0s);
    EXPECT_EQ(value(measures::prompts, {"sent"}), 3);
    stop();
}

}  // namespace
}  // namespace muster
