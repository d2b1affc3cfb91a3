#include "bot/domain/examination.hpp"

#include <gmock/gmock.h>

#include "tests/unit/bot/domain/payments_scene.hpp"

namespace muster::examination {
namespace {

using namespace payments_scene;
using testing::ElementsAre;
using testing::IsEmpty;
using Kind = Finding::Kind;

constexpr ConnectionId slack{7};

Person at_home(Person person) {
    person.home = AccountId{person.id.value};
    return person;
}

std::vector<Kind> kinds_of(const std::vector<Finding>& findings) {
    std::vector<Kind> kinds;
    for (const auto& finding : findings)
        kinds.push_back(finding.kind);
    return kinds;
}

// Payments of London, with Dev as its delivery manager and Ana, who is asked at half past nine.
struct Scene {
    Roster roster;
    Ground ground;

    Scene() {
        roster.team = payments();
        roster.members = {
            {at_home(ana()), Standing::participant, {}},
            {at_home(someone(2, "Dev Patel")), Standing::observer, {}}};
        roster.roles = {{TeamId{20}, Role::delivery_manager, PersonId{2}, {}}};
        roster.channels = {{ChannelId{8}, TeamId{20}, slack, "CTEAM"}};
        roster.ceremonies = {a_stand_up()};
        roster.calendars = ground.calendars = std::make_shared<const CalendarBook>();
        ground.connections = {{slack, OrganisationId{1}, "main", "slack"}};
        for (const auto& member : roster.members) {
            Account account{member.person.home, slack, member.person.id, "U1", {}};
            ground.accounts.emplace(account.id, account);
        }
    }

    Person& asked() { return roster.members[0].person; }

    Ceremony& stand_up() { return roster.ceremonies[0]; }

    std::vector<Finding> findings() const {
        return of_all({roster.members[0].person}, {roster}, ground, at(9, 0));
    }

    std::vector<Kind> kinds() const { return kinds_of(findings()); }
};

TEST(Examination, FindsNothingWhereAllIsWell) {
    EXPECT_THAT(Scene{}.kinds(), IsEmpty());
}

TEST(Examination, FindsThatThereIsNobodyToAskAtAll) {
    EXPECT_EQ(of_all({}, {}, Scene{}.ground, at(9, 0)).at(0).kind, Kind::no_team);
}

TEST(Examination, FindsWhoWorksTooLittleAfterTheTimeOfTheStandUp) {
    Scene scene;
    scene.stand_up().slots[0].at = 17h + 15min;
    auto finding = scene.findings().at(0);
    EXPECT_EQ(finding.kind, Kind::outside_hours);
    EXPECT_EQ(finding.person->name, "Ana Silva");
    EXPECT_EQ(finding.held, 10);
    EXPECT_EQ(finding.outside, 10);
    EXPECT_EQ(finding.asked, 0);
}

TEST(Examination, TellsTheTimeOfTheTeamByThePersonsClock) {
    Scene scene;
    scene.stand_up().zone = ZoneRule::team;
    scene.asked().zone = "Asia/Tokyo";
    auto finding = scene.findings().at(0);
    EXPECT_EQ(finding.kind, Kind::outside_hours);
    EXPECT_EQ(to_text(finding.at), "09:30");
    EXPECT_EQ(to_text(finding.there), "18:30");
}

TEST(Examination, FindsWhoWorksOnNoneOfItsDays) {
    Scene scene;
    scene.stand_up().recurrence.weekdays = {std::chrono::Tuesday};
    scene.asked().hours.week.days[std::chrono::Tuesday.iso_encoding() - 1] = {};
    EXPECT_THAT(scene.kinds(), ElementsAre(Kind::never_works));
}

TEST(Examination, FindsNoFaultWithWhoIsAway) {
    Scene scene;
    Absence absence;
    absence.days = {tuesday, add_days(tuesday, 20)};
    scene.roster.members[0].absences = {absence};
    EXPECT_THAT(scene.kinds(), IsEmpty());
}

TEST(Examination, FindsWhoIsMissing) {
    Scene scene;
    scene.roster.roles = {};
    scene.roster.members = {};
    scene.roster.channels = {};
    EXPECT_EQ(of_all({}, {scene.roster}, scene.ground, at(9, 0)).size(), 3U);
}

TEST(Examination, FindsWhatNoConnectionLeadsTo) {
    Scene scene;
    scene.ground.not_configured = {slack};
    EXPECT_THAT(
        scene.kinds(), ElementsAre(Kind::home_not_configured, Kind::channel_not_configured)
    );
    scene.ground.accounts.clear();
    EXPECT_THAT(
        scene.kinds(),
        ElementsAre(Kind::no_account, Kind::delivery_managers_gone, Kind::channel_not_configured)
    );
}

TEST(Examination, FindsAStandUpThatIsNotHeld) {
    Scene scene;
    scene.stand_up().paused = true;
    EXPECT_THAT(scene.kinds(), ElementsAre(Kind::paused));
    scene.stand_up().paused = false;
    scene.stand_up().recurrence.from = add_days(tuesday, 14);
    EXPECT_THAT(scene.kinds(), ElementsAre(Kind::not_held));
    scene.stand_up().recurrence.from = add_days(tuesday, 13);
    EXPECT_THAT(scene.kinds(), IsEmpty());
}

TEST(Examination, FindsACalendarThatEndsWithinHalfAYear) {
    Scene scene;
    scene.roster.team.calendar = "scotland";
    EXPECT_THAT(scene.kinds(), ElementsAre(Kind::calendar_missing));
    Calendar calendar;
    calendar.data_ends = add_days(tuesday, 183);
    scene.ground.calendars =
        std::make_shared<const CalendarBook>(CalendarBook{{"scotland", calendar}});
    EXPECT_THAT(scene.kinds(), ElementsAre(Kind::calendar_ends));
    calendar.data_ends = add_days(tuesday, 184);
    scene.ground.calendars =
        std::make_shared<const CalendarBook>(CalendarBook{{"scotland", calendar}});
    EXPECT_THAT(scene.kinds(), IsEmpty());
}

// ---- what came of it so far

TEST(Examination, FindsAConnectionThatRefusesMuster) {
    Scene scene;
    scene.ground.connections[0].suspended_since = at(8, 0);
    EXPECT_THAT(scene.kinds(), ElementsAre(Kind::suspended));
    EXPECT_THAT(
        kinds_of(of_team(scene.roster, scene.ground, at(9, 0))), ElementsAre(Kind::suspended)
    );
    scene.ground.connections[0].id = ConnectionId{99};
    EXPECT_THAT(of_team(scene.roster, scene.ground, at(9, 0)), IsEmpty()) << "it goes over another";
}

TEST(Examination, FindsAChannelThatTakesNoPosts) {
    Scene scene;
    scene.roster.channels[0].refused_since = at(8, 0);
    EXPECT_THAT(scene.kinds(), ElementsAre(Kind::channel_refused));
}

TEST(Examination, FindsWhoCannotBeAskedAndWhy) {
    Scene scene;
    scene.ground.unreached[PersonId{1}] = "forbidden";
    EXPECT_THAT(scene.kinds(), ElementsAre(Kind::not_reached));
    EXPECT_EQ(scene.findings()[0].reason, "forbidden");
    scene.ground.accounts.at(AccountId{1}).closed_at = at(8, 0);
    EXPECT_THAT(scene.kinds(), ElementsAre(Kind::account_closed))
        << "only what is first in the way";
    scene.roster.members[0].standing = Standing::observer;
    EXPECT_THAT(scene.kinds(), ElementsAre(Kind::no_members)) << "who only looks on is not asked";
}

TEST(Examination, FindsATeamWhoseDeliveryManagersHaveAllLeft) {
    Scene scene;
    scene.ground.accounts.at(AccountId{2}).closed_at = at(8, 0);
    EXPECT_THAT(scene.kinds(), ElementsAre(Kind::delivery_managers_gone));
    scene.roster.roles.push_back({TeamId{20}, Role::delivery_manager, PersonId{1}, {}});
    EXPECT_THAT(scene.kinds(), IsEmpty());
}

TEST(Examination, KnowsWhoWasNotReachedWhenTheyWereWrittenToLast) {
    auto refused = a_round(51, PersonId{1}, Phase::unreachable);
    refused.reason = "unknown";
    const auto asked = a_round(52, PersonId{1}, Phase::asked);
    const auto waits = a_round(53, PersonId{1}, Phase::waiting);
    EXPECT_EQ(unreached_in({waits, refused, asked}).at(PersonId{1}), "unknown");
    EXPECT_THAT(unreached_in({waits, asked, refused}), IsEmpty());
}

TEST(Examination, ShowsAdministratorsWhatNobodyElseWouldSee) {
    const Scene scene;
    const auto& connections = scene.ground.connections;
    EXPECT_THAT(of_organisation({payments()}, scene.roster.roles, connections), IsEmpty());
    auto found = of_organisation({payments()}, {}, connections);
    EXPECT_THAT(kinds_of(found), ElementsAre(Kind::no_delivery_manager));
    auto gone = payments();
    gone.archived = true;
    EXPECT_THAT(of_organisation({gone}, {}, connections), IsEmpty());
}

// ---- in words

std::vector<std::string> keys_of(const std::vector<Finding>& findings) {
    std::vector<std::string> keys;
    for (const auto& sentence : in_words(findings).items)
        keys.push_back(sentence.key);
    return keys;
}

TEST(ExaminationWords, NameTheTimeByThePersonsOwnClock) {
    Scene scene;
    scene.stand_up().zone = ZoneRule::team;
    scene.asked().zone = "Asia/Tokyo";
    auto words = spoken::words(note({}, in_words(scene.findings()).items.at(0)));
    EXPECT_THAT(words, testing::HasSubstr("Ana Silva is never asked for the stand-up"));
    EXPECT_THAT(words, testing::HasSubstr("6:30pm"));
}

TEST(ExaminationWords, SayWhatToDoAboutEachReason) {
    Scene scene;
    auto why = [&](const char* reason) {
        scene.ground.unreached[PersonId{1}] = reason;
        return keys_of(scene.findings()).at(0);
    };
    EXPECT_EQ(why("deactivated"), "doctor.account_closed");
    EXPECT_EQ(why("unknown"), "doctor.person_unknown");
    EXPECT_EQ(why("forbidden"), "doctor.person_forbidden");
    EXPECT_EQ(why("some_code"), "doctor.not_reached");
}

TEST(ExaminationWords, LeaveOutWhatSomebodyWantsSoAndWhatIsTheOperators) {
    Scene scene;
    scene.stand_up().paused = true;
    scene.ground.not_configured = {slack};
    EXPECT_EQ(scene.findings().size(), 3U);
    EXPECT_THAT(keys_of(scene.findings()), IsEmpty());
}

}  // namespace
}  // namespace muster::examination
