#include "bot/domain/instant.hpp"

#include <gtest/gtest.h>

using namespace muster;
using namespace std::chrono;

namespace {

constexpr Instant monday_morning = sys_days{2026y / November / 23} + 9h + 30min + 5s + 7ms;

TEST(InstantText, IsUtcToTheMillisecond) {
    EXPECT_EQ(to_text(monday_morning), "2026-11-23T09:30:05.007Z");
    EXPECT_EQ(instant_from("2026-11-23T09:30:05.007Z"), monday_morning);
}

TEST(InstantText, ReadsBackWhatItWroteBeforeAndAfter1970) {
    for (auto instant = Instant{sys_days{1899y / December / 31}}; instant < sys_days{2101y / 1 / 1};
         instant += 1'234'567'891ms)
        ASSERT_EQ(instant_from(to_text(instant)), instant) << to_text(instant);
}

TEST(InstantText, StaysInTheYearsItCanWrite) {
    EXPECT_EQ(to_text(Instant::max()), "9999-12-31T23:59:59.999Z");
    EXPECT_EQ(to_text(Instant::min()), "0000-01-01T00:00:00.000Z");
}

TEST(InstantText, TakesNoOtherForm) {
    for (const std::string_view text : {
             "",
             "2026-11-23",
             "2026-11-23T09:30:05Z",
             "2026-11-23T09:30:05.007",
             "2026-11-23 09:30:05.007Z",
             "2026-02-30T09:30:05.007Z",
             "2026-11-23T24:00:00.000Z",
             "2026-11-23T09:60:00.000Z",
             "2026-11-23T09:30:60.000Z",
             "2026-11-23T09:30:05.007Z ",
             "-026-11-23T09:30:05.007Z",
             "2026-11-23T09:30:05.\0007Z",
         })
        EXPECT_FALSE(instant_from(text)) << text;
}

TEST(DateText, IsTheIsoForm) {
    EXPECT_EQ(to_text(2026y / November / 24), "2026-11-24");
    EXPECT_EQ(to_text(2026y / January / 4), "2026-01-04");
    EXPECT_EQ(date_from("2028-02-29"), 2028y / February / 29);
}

TEST(DateText, TakesOnlyADayThatExists) {
    for (const std::string_view text :
         {"2027-02-29",
          "2026-00-10",
          "2026-13-10",
          "2026-11-00",
          "2026-11-31",
          "2026-1-1",
          "26-11-24",
          "2026/11/24",
          "2026-11-24x",
          "",
          "x"})
        EXPECT_FALSE(date_from(text)) << text;
}

TEST(TimeOfDayText, TakesOneOrTwoDigitsOfTheHourUpToMidnight) {
    EXPECT_EQ(time_of_day_from("09:30"), 9h + 30min);
    EXPECT_EQ(time_of_day_from("9:30"), 9h + 30min);
    EXPECT_EQ(time_of_day_from("0:00"), 0min);
    EXPECT_EQ(time_of_day_from("24:00"), 24h);
    for (const std::string_view text :
         {"24:01",
          "25:00",
          "9:60",
          "9:3",
          "09.30",
          "930",
          "",
          ":",
          "9:",
          "+9:30",
          " 9:30",
          "009:30"})
        EXPECT_FALSE(time_of_day_from(text)) << text;
}

TEST(TimeOfDayText, ReadsBackEveryMinute) {
    for (auto time = TimeOfDay{0}; time <= 24h; ++time)
        ASSERT_EQ(time_of_day_from(to_text(time)), time);
    EXPECT_EQ(to_text(TimeOfDay{9h + 5min}), "09:05");
}

TEST(Dates, AreCountedOverMonthsAndLeapYears) {
    EXPECT_EQ(add_days(2028y / February / 28, 2), 2028y / March / 1);
    EXPECT_EQ(add_days(2027y / January / 1, -1), 2026y / December / 31);
    EXPECT_EQ(days_between(2028y / February / 28, 2028y / March / 1), 2);
    EXPECT_EQ(days_between(2028y / March / 1, 2028y / February / 28), -2);
    EXPECT_EQ(weekday_of(2026y / November / 24), Tuesday);
}

}  // namespace
