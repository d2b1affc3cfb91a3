#include "adapters/http/retry_after.hpp"

namespace muster::http {
namespace {

TEST(RetryAfter, IsReadInSeconds) {
    Instant now{};

    EXPECT_EQ(pause_in("30", now), 30s);
    EXPECT_EQ(pause_in("0", now), 0s);
    EXPECT_EQ(pause_in("007", now), 7s);
}

TEST(RetryAfter, IsReadAsADate) {
    auto now = instant_from("1994-11-06T08:49:07.500Z").value();

    EXPECT_EQ(pause_in("Sun, 06 Nov 1994 08:49:37 GMT", now), 29'500ms);
    EXPECT_EQ(pause_in("Sat, 31 Dec 1994 23:59:60 GMT", now), 24h * 55 + 15h + 10min + 52'500ms);
}

TEST(RetryAfter, IsNeverNegative) {
    auto now = instant_from("2026-11-24T09:30:00.000Z").value();

    EXPECT_EQ(pause_in("Sun, 06 Nov 1994 08:49:37 GMT", now), 0s);
}

TEST(RetryAfter, IsAtMostAYear) {
    Instant now{};

    EXPECT_EQ(pause_in("99999999999", now), 8'760h);
    EXPECT_EQ(pause_in("999999999999999999999999999999", now), 8'760h);
    EXPECT_EQ(pause_in("Fri, 31 Dec 9999 23:59:59 GMT", now), 8'760h);
}

TEST(RetryAfter, IsTakenForGrantedWhereNothingCanBeRead) {
    auto now = instant_from("1994-11-06T08:00:00.000Z").value();
    for (auto* text :
         {"",
          "-5",
          "+5",
          "1.5",
          "5s",
          " 5",
          "soon",
          "Sun, 06 Nov 1994 08:49:37 CET",
          "Sun, 06 Nov 1994 08:49:37",
          "Sun, 31 Feb 1994 08:49:37 GMT",
          "Sun, 06 Nux 1994 08:49:37 GMT",
          "Sun, 06 ovD 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 24:49:37 GMT",
          "Sun, 06 Nov 1994 08:60:37 GMT",
          "Sun, 06 Nov 1994 08:49:61 GMT",
          "Sun, -6 Nov 1994 08:49:37 GMT",
          "Sun, 06 Nov -994 08:49:37 GMT",
          "Sunday, 06-Nov-94 08:49:37 GMT"})
        EXPECT_EQ(pause_in(text, now), 30s) << text;
}

}  // namespace
}  // namespace muster::http
