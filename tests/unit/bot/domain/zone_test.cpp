#include "bot/domain/zone.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace muster {

using namespace std::chrono;

namespace {

constexpr auto utc(LocalDate date, minutes time = 0min) {
    return Instant{sys_days{date} + time};
}

constexpr auto spring_forward = 2027y / March / 28;  // London: 01:00 becomes 02:00
constexpr auto fall_back = 2027y / October / 31;     // London: 02:00 becomes 01:00

TEST(Zone, TakesAWallClockTimeToItsInstant) {
    EXPECT_EQ(
        instant_at("Europe/London", 2026y / July / 1, 9h + 30min), utc(2026y / July / 1, 8h + 30min)
    );
    EXPECT_EQ(instant_at("Europe/London", 2026y / December / 1, 9h), utc(2026y / December / 1, 9h));
    EXPECT_EQ(instant_at("America/New_York", 2026y / July / 1, 9h), utc(2026y / July / 1, 13h));
    EXPECT_EQ(
        instant_at("Asia/Kolkata", 2026y / July / 1, 0h), utc(2026y / June / 30, 18h + 30min)
    );
}

TEST(Zone, MovesATimeInTheGapToTheFirstInstantAfterIt) {
    for (const auto time : {60min, 75min, 119min})
        EXPECT_EQ(instant_at("Europe/London", spring_forward, time), utc(spring_forward, 1h));
    EXPECT_EQ(last_instant_at("Europe/London", spring_forward, 75min), utc(spring_forward, 1h));
    EXPECT_EQ(instant_at("Europe/London", spring_forward, 59min), utc(spring_forward, 59min));
    EXPECT_EQ(instant_at("Europe/London", spring_forward, 2h), utc(spring_forward, 1h));
}

TEST(Zone, TakesTheFirstOfATimeThatHappensTwiceAndTheLastForTheEndOfWork) {
    EXPECT_EQ(instant_at("Europe/London", fall_back, 90min), utc(fall_back, 30min));
    EXPECT_EQ(last_instant_at("Europe/London", fall_back, 90min), utc(fall_back, 90min));
    EXPECT_EQ(last_instant_at("Europe/London", fall_back, 2h), utc(fall_back, 2h));
    EXPECT_EQ(
        last_instant_at("Europe/London", fall_back, 59min), utc(2027y / October / 30, 23h + 59min)
    );
}

TEST(Zone, HasNothingOnADateThatWasSkipped) {
    constexpr auto skipped = 2011y / December / 30;
    for (auto time = TimeOfDay{0}; time <= 24h; time += 15min) {
        ASSERT_FALSE(instant_at("Pacific/Apia", skipped, time)) << to_text(time);
        ASSERT_FALSE(last_instant_at("Pacific/Apia", skipped, time)) << to_text(time);
    }
    EXPECT_EQ(instant_at("Pacific/Apia", 2011y / December / 29, 24h), utc(skipped, 10h));
    EXPECT_EQ(instant_at("Pacific/Apia", 2011y / December / 31, 0h), utc(skipped, 10h));
    EXPECT_EQ(local_date("Pacific/Apia", utc(skipped, 10h) - 1ms), 2011y / December / 29);
    EXPECT_EQ(local_date("Pacific/Apia", utc(skipped, 10h)), 2011y / December / 31);
}

TEST(Zone, EndsADateWhereTheNextBegins) {
    EXPECT_EQ(instant_at("Europe/London", 2026y / July / 1, 24h), utc(2026y / July / 1, 23h));

    // Havana goes back from 01:00 to 00:00: midnight happens twice, both times on the new date.
    constexpr auto saturday = 2027y / November / 6;
    EXPECT_EQ(instant_at("America/Havana", saturday, 24h), utc(2027y / November / 7, 4h));
    EXPECT_EQ(last_instant_at("America/Havana", saturday, 24h), utc(2027y / November / 7, 4h));
    EXPECT_EQ(
        last_instant_at("America/Havana", 2027y / November / 7, 0h), utc(2027y / November / 7, 5h)
    );

    // St John's went back from 00:01 to 23:01: the date ended twice, and the second time was the
    // end.
    constexpr auto november_6 = 2010y / November / 6;
    EXPECT_EQ(
        instant_at("America/St_Johns", november_6, 24h), utc(2010y / November / 7, 2h + 30min)
    );
    EXPECT_EQ(
        last_instant_at("America/St_Johns", november_6, 24h), utc(2010y / November / 7, 3h + 30min)
    );
}

TEST(Zone, KnowsTheUnusualOnes) {
    constexpr auto summer = 2027y / January / 15;
    constexpr auto winter = 2027y / July / 15;
    EXPECT_EQ(instant_at("Australia/Lord_Howe", summer, 12h), utc(summer, 1h));
    EXPECT_EQ(instant_at("Australia/Lord_Howe", winter, 12h), utc(winter, 1h + 30min));
    EXPECT_EQ(instant_at("Antarctica/Troll", summer, 12h), utc(summer, 12h));
    EXPECT_EQ(instant_at("Antarctica/Troll", winter, 12h), utc(winter, 10h));
    EXPECT_EQ(instant_at("Asia/Kathmandu", winter, 12h), utc(winter, 6h + 15min));
    EXPECT_EQ(instant_at("Pacific/Chatham", summer, 13h + 45min), utc(summer));
    EXPECT_EQ(instant_at("Pacific/Kiritimati", summer, 14h), utc(summer));
    EXPECT_EQ(instant_at("Pacific/Pago_Pago", summer, 13h), utc(2027y / January / 16));

    // Morocco's clocks went back an hour for Ramadan, 10 March to 14 April 2024.
    EXPECT_EQ(instant_at("Africa/Casablanca", 2024y / March / 5, 12h), utc(2024y / March / 5, 11h));
    EXPECT_EQ(
        instant_at("Africa/Casablanca", 2024y / March / 20, 12h), utc(2024y / March / 20, 12h)
    );
}

TEST(Zone, ShowsAWallClock) {
    EXPECT_EQ(
        local_time("Asia/Kolkata", utc(2026y / July / 1, 20h) + 59s),
        (LocalTime{2026y / July / 2, 90min})
    );
    EXPECT_EQ(local_time("Europe/London", utc(fall_back, 30min)), (LocalTime{fall_back, 90min}));
    EXPECT_EQ(local_time("Europe/London", utc(fall_back, 90min)), (LocalTime{fall_back, 90min}));
    EXPECT_EQ(local_date("Pacific/Kiritimati", utc(2026y / July / 1, 10h)), 2026y / July / 2);
    EXPECT_EQ(
        local_date("Europe/London", Instant{-1ms}), 1970y / January / 1
    );  // British Standard Time
}

TEST(Zone, KnowsItsNamesAndNoOthers) {
    for (const std::string_view name :
         {"Europe/London", "UTC", "Etc/GMT+12", "America/Argentina/Buenos_Aires"})
        EXPECT_TRUE(is_zone(name)) << name;
    for (const std::string_view name :
         {"",
          "Europe",
          "Europe/",
          "europe/london",
          "Europe/London ",
          "../Europe/London",
          "/etc/passwd",
          "zone.tab",
          "zonenow.tab",
          "tzdata.zi",
          "localtime",
          "posix/Europe/London",
          "Factory",
          "Europe/London\n",
          "\xff"})
        EXPECT_FALSE(is_zone(name)) << name;
    EXPECT_FALSE(is_zone({"UTC\0", 4}));
    EXPECT_FALSE(is_zone(std::string(1'000'000, 'A')));
}

TEST(Zone, ThrowsForAnUnknownName) {
    EXPECT_THROW(local_time("Europe/Atlantis", Instant{}), std::runtime_error);
    EXPECT_THROW(instant_at("Europe/Atlantis", 2026y / July / 1, 9h), std::runtime_error);
    EXPECT_THROW(last_instant_at("Europe/Atlantis", 2026y / July / 1, 9h), std::runtime_error);
}

}  // namespace

}  // namespace muster
