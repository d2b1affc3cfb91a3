#include "bot/ports/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bot/ports/measured.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr Counter answers{{"answers_total", "Answers.", {"code"}}};
constexpr Counter starts{{"starts_total", "Starts.", {}}};
constexpr Gauge depth{{"depth", "Depth.", {}}};
constexpr double bounds[] = {.1, 1};
constexpr Histogram waits{{"wait_seconds", "Waits.", {}}, bounds};

TEST(Metrics, CountEachSeriesOnItsOwn) {
    Metrics metrics;
    metrics.count(answers, {"200"});
    metrics.count(answers, {"200"}, 2);
    metrics.count(answers, {"503"});

    EXPECT_EQ(value_of(metrics, answers, {"200"}), 3);
    EXPECT_EQ(value_of(metrics, answers, {"503"}), 1);
}

TEST(Metrics, ShowACounterOfNothingYet) {
    Metrics metrics;
    metrics.count(starts, {}, 0);

    EXPECT_EQ(metrics.families().at("starts_total").series.size(), 1U);
}

TEST(Metrics, KeepOfAGaugeOnlyWhatItIsNow) {
    Metrics metrics;
    metrics.set(depth, {}, 7);
    metrics.set(depth, {}, 3);

    EXPECT_EQ(value_of(metrics, depth), 3);
}

TEST(Metrics, PutALengthIntoEveryBoundThatHoldsIt) {
    Metrics metrics;
    metrics.observe(waits, {}, 50ms);
    metrics.observe(waits, {}, 100ms);
    metrics.observe(waits, {}, 101ms);
    metrics.observe(waits, {}, 2s);

    auto series = series_of(metrics, waits);
    EXPECT_THAT(series.within, ElementsAre(2, 3, 4));
    EXPECT_NEAR(series.value, 2.251, 1e-9);
}

TEST(Metrics, StayBoundedWhateverTheyAreTold) {
    Metrics metrics;
    for (int code = 0; code < 10'000; ++code)
        metrics.count(answers, {std::to_string(code)});

    EXPECT_EQ(metrics.families().at("answers_total").series.size(), Metrics::most_series + 1);
    EXPECT_EQ(value_of(metrics, answers, {"other"}), 10'000 - double{Metrics::most_series});
    EXPECT_EQ(value_of(metrics, answers, {"0"}), 1);
}

}  // namespace
}  // namespace muster
