#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

namespace muster {
namespace {

using namespace scene;

standup::WindowOrWhy window(
    const Person& person, Ceremony ceremony = stand_up(), LocalDate on = monday
) {
    return standup::window_for(
        ceremony,
        ceremony.slots.front(),
        on,
        payments(),
        Member{person, Standing::participant, {}},
        *calendars()
    );
}

standup::WindowOrWhy window_when_away(DaysAway days) {
    Member member{
        amira, Standing::participant, {Absence{AbsenceId{1}, amira.id, std::nullopt, days}}};
    auto ceremony = stand_up();
    return standup::window_for(
        ceremony, ceremony.slots.front(), monday, payments(), member, *calendars()
    );
}

Person working(std::string hours) {
    auto person = amira;
    for (auto& day : person.hours.week.days)
        day = *hours_from(hours);
    return person;
}

using standup::NoWindow;
using standup::Window;

TEST(StandupWindow, OpensAtTheCeremoniesTimeOnTheMembersOwnClock) {
    auto expected = Window{at("2026-11-23T14:30"), at("2026-11-23T16:30")};  // 9:30am in New York

    EXPECT_EQ(window(person(3, "Tom Reid", "America/New_York")), standup::WindowOrWhy{expected});
}

TEST(StandupWindow, OpensAtTheTeamsTimeForAllWhenTheTeamChoseSo) {
    auto ceremony = stand_up();
    ceremony.zone = ZoneRule::team;
    ceremony.slots.front().at = 15h;

    auto expected = Window{at("2026-11-23T15:00"), at("2026-11-23T17:00")};  // 10am in New York
    EXPECT_EQ(
        window(person(3, "Tom Reid", "America/New_York"), ceremony), standup::WindowOrWhy{expected}
    );
}

TEST(StandupWindow, WaitsForTheFirstWorkingMinuteOfAMemberFarInTheWest) {
    auto ceremony = stand_up();
    ceremony.zone = ZoneRule::team;

    auto expected =
        Window{at("2026-11-23T14:00"), at("2026-11-23T16:00")};  // 9am in New York, not 4:30am
    EXPECT_EQ(
        window(person(3, "Tom Reid", "America/New_York"), ceremony), standup::WindowOrWhy{expected}
    );
}

TEST(StandupWindow, ClosesAtTheEndOfTheWorkingDay) {
    auto expected = Window{nine_thirty, at("2026-11-23T10:15")};

    EXPECT_EQ(window(working("09:00-10:15")), standup::WindowOrWhy{expected});
}

TEST(StandupWindow, IsNotShortenedByABreak) {
    auto expected = Window{nine_thirty, half_past_eleven};

    EXPECT_EQ(window(working("09:00-10:00,11:00-17:00")), standup::WindowOrWhy{expected});
}

TEST(StandupWindow, IsNotOpenedForLessThanHalfAnHour) {
    auto expected = NoWindow{Phase::not_asked, NotAsked::outside_hours};

    EXPECT_EQ(window(working("09:00-09:59")), standup::WindowOrWhy{expected});
    EXPECT_TRUE(std::holds_alternative<Window>(window(working("09:00-10:00"))));
}

TEST(StandupWindow, DoesNotExpectWhoDoesNotWorkThatDay) {
    EXPECT_EQ(window(working("")), (standup::WindowOrWhy{NoWindow{Phase::not_expected}}));
}

TEST(StandupWindow, IsTwiceAsLongForWhoAskedForLonger) {
    auto person = amira;
    person.longer = true;

    EXPECT_EQ(window(person), (standup::WindowOrWhy{Window{nine_thirty, at("2026-11-23T13:30")}}));
}

TEST(StandupWindow, IsAwayOnADayOfLeave) {
    EXPECT_EQ(window_when_away({monday, monday}), (standup::WindowOrWhy{NoWindow{Phase::away}}));
}

TEST(StandupWindow, OpensAfterAMorningAway) {
    auto expected = Window{at("2026-11-23T13:00"), at("2026-11-23T15:00")};

    EXPECT_EQ(
        window_when_away({monday, monday, DayPart::whole, DayPart::morning}),
        standup::WindowOrWhy{expected}
    );
}

TEST(StandupWindow, KeepsItsLocalTimeWhenTheClocksChange) {
    auto before = window(amira, stand_up(), date("2027-03-26"));
    auto after = window(amira, stand_up(), date("2027-03-29"));

    EXPECT_EQ(std::get<Window>(before).opens_at, at("2027-03-26T09:30"));
    EXPECT_EQ(std::get<Window>(after).opens_at, at("2027-03-29T08:30"));
}

}  // namespace
}  // namespace muster
