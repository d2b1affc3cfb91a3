#include "bot/cli/prometheus_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muster::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr Counter answers{{"answers_total", "Answers, by\ncode and \\.", {"listener", "code"}}};
constexpr Gauge memory{{"process_resident_memory_bytes", "Memory.", {}}};
constexpr double bounds[] = {.05, 3};
constexpr Histogram waits{{"wait_seconds", "Waits.", {"provider"}}, bounds};
constexpr Histogram plain_waits{{"plain_wait_seconds", "Waits.", {}}, bounds};

TEST(PrometheusText, WritesEachMeasureWithItsHelpItsTypeAndItsSeries) {
    Metrics metrics;
    metrics.count(answers, {"public", "200"}, 3);
    metrics.count(answers, {"public", "503"});
    metrics.observe(waits, {"slack"}, 50ms);
    metrics.observe(waits, {"slack"}, 4s);

    EXPECT_EQ(
        prometheus_text({&metrics}),
        "# HELP muster_answers_total Answers, by\\ncode and \\\\.\n"
        "# TYPE muster_answers_total counter\n"
        "muster_answers_total{listener=\"public\",code=\"200\"} 3\n"
        "muster_answers_total{listener=\"public\",code=\"503\"} 1\n"
        "# HELP muster_wait_seconds Waits.\n"
        "# TYPE muster_wait_seconds histogram\n"
        "muster_wait_seconds_bucket{provider=\"slack\",le=\"0.05\"} 1\n"
        "muster_wait_seconds_bucket{provider=\"slack\",le=\"3\"} 1\n"
        "muster_wait_seconds_bucket{provider=\"slack\",le=\"+Inf\"} 2\n"
        "muster_wait_seconds_sum{provider=\"slack\"} 4.05\n"
        "muster_wait_seconds_count{provider=\"slack\"} 2\n"
    );
}

TEST(PrometheusText, LeavesTheNamesOfTheProcessAsToolsExpectThem) {
    Metrics metrics;
    metrics.set(memory, {}, 12'345'678'901);
    EXPECT_THAT(
        prometheus_text({&metrics}), HasSubstr("\nprocess_resident_memory_bytes 12345678901\n")
    );
}

TEST(PrometheusText, WritesAHistogramWithoutLabels) {
    Metrics metrics;
    metrics.observe(plain_waits, {}, 1s);
    EXPECT_THAT(prometheus_text({&metrics}), HasSubstr("_bucket{le=\"0.05\"} 0\n"));
    EXPECT_THAT(prometheus_text({&metrics}), HasSubstr("plain_wait_seconds_count 1\n"));
}

TEST(PrometheusText, LetsNoLabelForgeALine) {
    Metrics metrics;
    metrics.count(answers, {"a\"b\\c\nmuster_forged 1", "200"});
    EXPECT_THAT(
        prometheus_text({&metrics}),
        HasSubstr(R"({listener="a\"b\\c\nmuster_forged 1",code="200"} 1)")
    );
}

TEST(PrometheusText, SortsWhatComesFromSeveralPlaces) {
    Metrics one;
    Metrics other;
    one.set(memory, {}, 1);
    other.count(answers, {"admin", "200"});
    auto text = prometheus_text({&one, &other});
    EXPECT_LT(text.find("muster_answers_total"), text.find("process_resident"));
}

}  // namespace
}  // namespace muster::cli
