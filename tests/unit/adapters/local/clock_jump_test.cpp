#include "adapters/local/clock_jump.hpp"

#include <gtest/gtest.h>

namespace muster::local {
namespace {

Instant at(std::string_view text) {
    return instant_from(text).value();
}

TEST(TomorrowMorning, IsFiveMinutesBeforeTheStandUpInTheTeamsZone) {
    auto in_london = tomorrow_morning("Europe/London", at("2026-11-24T08:00:00.000Z"));
    auto in_new_york = tomorrow_morning("America/New_York", at("2026-11-24T08:00:00.000Z"));

    EXPECT_EQ(in_london, at("2026-11-25T09:25:00.000Z"));
    EXPECT_EQ(in_new_york, at("2026-11-25T14:25:00.000Z"));
}

TEST(TomorrowMorning, IsOfTheNextDateThereNotHere) {
    auto in_kolkata = tomorrow_morning("Asia/Kolkata", at("2026-11-24T20:00:00.000Z"));

    EXPECT_EQ(in_kolkata, at("2026-11-26T03:55:00.000Z"));
}

TEST(TomorrowMorning, KeepsTheWallClockOverAChangeOfTheClocks) {
    auto first_summer_morning = tomorrow_morning("Europe/London", at("2027-03-27T12:00:00.000Z"));

    EXPECT_EQ(first_summer_morning, at("2027-03-28T08:25:00.000Z"));
}

TEST(TomorrowMorning, IsTheDayAfterADateThatTheZoneSkipped) {
    auto in_apia = tomorrow_morning("Pacific/Apia", at("2011-12-29T22:00:00.000Z"));

    EXPECT_EQ(in_apia, at("2011-12-30T19:25:00.000Z"));
}

}  // namespace
}  // namespace muster::local
