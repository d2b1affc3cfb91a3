#include "bot/domain/team.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace muster;
using namespace std::chrono;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr PersonId dev{1};
constexpr PersonId lin{2};
constexpr PersonId amira{3};

Instant at(std::string_view date, TimeOfDay time) {
    return *instant_at("Europe/London", *date_from(date), time);
}

// Dev on Monday to Wednesday and Lin on Thursday and Friday share the delivery manager's job.
// 2026-11-23 is a Monday.
Roster a_job_share() {
    Roster roster;
    roster.team.id = TeamId{9};
    roster.team.zone = "Europe/London";
    for (auto id : {dev, lin, amira}) {
        Member member;
        member.person.id = id;
        member.person.zone = "Europe/London";
        roster.members.push_back(member);
    }
    roster.roles = {
        {TeamId{9}, Role::delivery_manager, dev, {Monday, Tuesday, Wednesday}},
        {TeamId{9}, Role::delivery_manager, lin, {Thursday, Friday}},
        {TeamId{8}, Role::delivery_manager, amira, {}},
        {std::nullopt, Role::fallback, amira, {}},
    };
    roster.calendars = std::make_shared<CalendarBook>();
    return roster;
}

void goes_away(Roster& roster, PersonId id, std::string_view from, std::string_view to) {
    for (auto& member : roster.members) {
        if (member.person.id != id) continue;
        Absence absence;
        absence.person = id;
        absence.days = {*date_from(from), *date_from(to)};
        member.absences.push_back(absence);
    }
}

TEST(RoleHolders, ShareTheJobByTheWeekdayInTheTeamsZone) {
    auto roster = a_job_share();

    EXPECT_THAT(
        holders(roster, Role::delivery_manager, at("2026-11-25", 23h + 59min)), ElementsAre(dev)
    );
    EXPECT_THAT(holders(roster, Role::delivery_manager, at("2026-11-26", 0h)), ElementsAre(lin));

    roster.team.zone = "Pacific/Auckland";  // where it is Thursday already
    EXPECT_THAT(holders(roster, Role::delivery_manager, at("2026-11-25", 12h)), ElementsAre(lin));
}

TEST(RoleHolders, OfOtherTeamsDoNotCountThoseOfTheOrganisationDo) {
    auto roster = a_job_share();

    EXPECT_THAT(holders(roster, Role::fallback, at("2026-11-23", 9h)), ElementsAre(amira));
    EXPECT_THAT(holders(roster, Role::head, at("2026-11-23", 9h)), IsEmpty());
}

TEST(RoleHolders, AreAllOfThemWhenNobodyIsThere) {
    auto roster = a_job_share();
    goes_away(roster, dev, "2026-11-23", "2026-11-24");

    EXPECT_THAT(
        holders(roster, Role::delivery_manager, at("2026-11-24", 9h)), ElementsAre(dev, lin)
    );
    EXPECT_THAT(holders(roster, Role::delivery_manager, at("2026-11-25", 9h)), ElementsAre(dev));
    EXPECT_THAT(
        holders(roster, Role::delivery_manager, at("2026-11-28", 9h)), ElementsAre(dev, lin)
    );  // Saturday
}

TEST(RoleHolders, AreCoveredFromTheFirstDayToTheLast) {
    auto roster = a_job_share();
    goes_away(roster, dev, "2026-11-23", "2026-11-25");
    roster.covers = {
        {CoverId{1},
         TeamId{9},
         Role::delivery_manager,
         amira,
         *date_from("2026-11-24"),
         *date_from("2026-11-25")}};

    EXPECT_THAT(
        holders(roster, Role::delivery_manager, at("2026-11-23", 9h)), ElementsAre(dev, lin)
    );
    EXPECT_THAT(holders(roster, Role::delivery_manager, at("2026-11-24", 9h)), ElementsAre(amira));
    EXPECT_THAT(holders(roster, Role::delivery_manager, at("2026-11-25", 9h)), ElementsAre(amira));
    EXPECT_THAT(holders(roster, Role::delivery_manager, at("2026-11-26", 9h)), ElementsAre(lin));
}

TEST(RoleHolders, AreNotCoveredBySomebodyWhoIsAway) {
    auto roster = a_job_share();
    goes_away(roster, amira, "2026-11-24", "2026-11-24");
    roster.covers = {
        {CoverId{1},
         TeamId{9},
         Role::delivery_manager,
         amira,
         *date_from("2026-11-24"),
         *date_from("2026-11-25")}};

    EXPECT_THAT(holders(roster, Role::delivery_manager, at("2026-11-24", 9h)), ElementsAre(dev));
    EXPECT_THAT(
        holders(roster, Role::delivery_manager, at("2026-11-25", 9h)), ElementsAre(dev, amira)
    );
}

TEST(WorkPatternOfAPerson, KnowsZoneHoursCalendarAndDaysAway) {
    CalendarBook book;
    book["office"].days[*date_from("2026-11-24")] = "Office closed";
    Person person;
    person.calendar = "office";
    Absence absence;
    absence.days = {*date_from("2026-11-25"), *date_from("2026-11-25")};

    auto pattern = work_pattern(person, {absence}, book);

    EXPECT_EQ(day_kind(pattern, *date_from("2026-11-23")), DayKind::working);
    EXPECT_EQ(day_kind(pattern, *date_from("2026-11-24")), DayKind::holiday);
    EXPECT_EQ(day_kind(pattern, *date_from("2026-11-25")), DayKind::away);
    EXPECT_EQ(day_kind(pattern, *date_from("2026-11-28")), DayKind::not_a_working_day);
}

TEST(WorkPatternOfATeam, LivesWithoutACalendarThatDoesNotExist) {
    Team team;
    team.calendar = "gone";

    EXPECT_EQ(day_kind(work_pattern(team, {}), *date_from("2026-12-25")), DayKind::working);
}

TEST(RoleNames, AreReadAsTheyAreWritten) {
    for (int role = 0; role <= static_cast<int>(Role::fallback); ++role)
        EXPECT_EQ(role_from(name(static_cast<Role>(role))), static_cast<Role>(role));
    EXPECT_EQ(role_from("boss"), std::nullopt);
}

}  // namespace
