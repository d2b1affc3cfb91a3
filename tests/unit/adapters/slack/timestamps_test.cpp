#include "adapters/slack/timestamps.hpp"

#include <gtest/gtest.h>

namespace muster::slack {
namespace {

std::string moment_of(std::string_view ts) {
    auto instant = instant_of(ts);
    return instant ? to_text(*instant) : "none";
}

TEST(SlackTimestamps, AreReadToTheMillisecond) {
    EXPECT_EQ(moment_of("1531420618.000200"), "2018-07-12T18:36:58.000Z");
    EXPECT_EQ(moment_of("1531420618.999999"), "2018-07-12T18:36:58.999Z");
    EXPECT_EQ(moment_of("1531420618.5"), "2018-07-12T18:36:58.500Z");
    EXPECT_EQ(moment_of("1531420618.05"), "2018-07-12T18:36:58.050Z");
    EXPECT_EQ(moment_of("111.222"), "1970-01-01T00:01:51.222Z");
}

TEST(SlackTimestamps, AreExactWhereADoubleIsNot) {
    EXPECT_EQ(moment_of("1795512600.001000"), "2026-11-24T09:30:00.001Z");
    EXPECT_EQ(moment_of("99999999999.999999"), "5138-11-16T09:46:39.999Z");
}

TEST(SlackTimestamps, AreNotGuessedAt) {
    for (auto* ts :
         {"",
          ".",
          "1531420618",
          "1531420618.",
          ".000200",
          "1531420618.0002.1",
          "1531420618.00x",
          "-1531420618.000200",
          "+1531420618.000200",
          " 1531420618.000200",
          "01531420618.000200",
          "1531420618,000200",
          "1e9.5",
          "1531420618/000200",
          "9223372036854775807.000000",
          "0.0"})
        EXPECT_EQ(moment_of(ts), "none") << ts;
}

TEST(SlackTimestamps, OfARequestAreWholeSeconds) {
    EXPECT_EQ(instant_of_seconds("1531420618"), Instant{std::chrono::seconds{1'531'420'618}});
    EXPECT_EQ(to_text(*instant_of_seconds("253402300799")), "9999-12-31T23:59:59.000Z");
    for (auto* stamp : {"", "0", "01", "-1", "1.0", "1531420618 ", "1000000000000"})
        EXPECT_EQ(instant_of_seconds(stamp), std::nullopt) << stamp;
}

}  // namespace
}  // namespace muster::slack
