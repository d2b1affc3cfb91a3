#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

namespace muster {
namespace {

using namespace scene;

Calendar with_holidays(std::vector<const char*> days) {
    Calendar calendar;
    calendar.key = "england-and-wales";
    for (const auto* day : days)
        calendar.days[date(day)] = "Bank holiday";
    return calendar;
}

Roster with_calendar(Calendar calendar) {
    auto team = roster();
    team.team.calendar = calendar.key;
    team.calendars = calendars({calendar});
    return team;
}

std::optional<LocalDate> held(
    OnHoliday rule, const char* rule_date, std::vector<const char*> holidays
) {
    auto team = with_calendar(with_holidays(holidays));
    auto ceremony = stand_up();
    ceremony.on_holiday = rule;
    ceremony.recurrence = *parse_recurrence("FREQ=WEEKLY;BYDAY=MO", std::nullopt);
    return standup::held_on(ceremony, date(rule_date), team.team, *team.calendars);
}

TEST(StandupSchedule, SkipsABankHolidayUnlessToldOtherwise) {
    EXPECT_EQ(held(OnHoliday::skip, "2026-12-28", {"2026-12-28"}), std::nullopt);
    EXPECT_EQ(held(OnHoliday::hold, "2026-12-28", {"2026-12-28"}), date("2026-12-28"));
}

TEST(StandupSchedule, MovesABankHolidaysStandUpToTheNextOrThePreviousWorkingDay) {
    EXPECT_EQ(held(OnHoliday::after, "2026-12-28", {"2026-12-28"}), date("2026-12-29"));
    EXPECT_EQ(
        held(OnHoliday::before, "2026-12-28", {"2026-12-25", "2026-12-28"}), date("2026-12-24")
    );
}

TEST(StandupSchedule, DoesNotMoveToADayThatHasOneAlready) {
    auto team = with_calendar(with_holidays({"2026-12-28"}));
    auto ceremony = stand_up();
    ceremony.on_holiday = OnHoliday::after;

    EXPECT_EQ(
        standup::held_on(ceremony, date("2026-12-28"), team.team, *team.calendars), std::nullopt
    );
}

TEST(StandupSchedule, PlansTheNextWorkingDayAfterAFriday) {
    auto friday = at("2026-11-27T09:30");
    auto planned =
        standup::next_planned(stand_up(), roster(), friday, {{date("2026-11-27"), "main"}});

    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->date, date("2026-11-30"));
    EXPECT_EQ(planned->opens_at, at("2026-11-30T09:30"));
}

TEST(StandupSchedule, OpensWithTheFirstMemberOfTheWorld) {
    auto world = roster(
        {amira, person(3, "Priya Nair", "Asia/Kolkata"), person(4, "Tom Reid", "America/New_York")}
    );
    auto planned = standup::next_planned(stand_up(), world, at("2026-11-22T12:00"), {});

    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->date, monday);
    EXPECT_EQ(planned->opens_at, at("2026-11-23T04:00"));  // 9:30am in Kolkata
}

TEST(StandupSchedule, StillHoldsTodaysForThoseWhoseWindowHasNotOpened) {
    auto world = roster({amira, person(4, "Tom Reid", "America/New_York")});
    auto planned = standup::next_planned(stand_up(), world, at("2026-11-23T12:00"), {});

    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->date, monday);
}

TEST(StandupSchedule, MovingATimeNeverMakesASecondOccurrence) {
    auto ceremony = stand_up();
    ceremony.slots.front().at = 14h;
    auto planned =
        standup::next_planned(ceremony, roster(), at("2026-11-23T10:00"), {{monday, "main"}});

    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->date, date("2026-11-24"));
}

TEST(StandupSchedule, HoldsEverySlotOfADay) {
    auto ceremony = stand_up();
    ceremony.slots = {{"am", 9h + 30min}, {"pm", 16h}};
    auto planned = standup::next_planned(ceremony, roster(), nine_thirty, {{monday, "am"}});

    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->date, monday);
    EXPECT_EQ(planned->slot, "pm");
}

TEST(StandupSchedule, PlansNothingWhilePaused) {
    auto ceremony = stand_up();
    ceremony.paused = true;

    EXPECT_FALSE(standup::next_planned(ceremony, roster(), nine_thirty, {}));
}

Decision open(
    const Roster& team, const Ceremony& ceremony, Instant opens_at = nine_thirty, int held = 0
) {
    auto chance = ids();
    return standup::open_run(
        team, ceremony, {ceremony.id, monday, monday, "main", opens_at}, {}, held, chance
    );
}

TEST(StandupOpenRun, GivesEveryParticipantARoundAndObserversNone) {
    auto team = roster();
    team.members.back().standing = Standing::observer;
    auto decision = open(team, stand_up());

    ASSERT_EQ(rows<Round>(decision).size(), 1);
    EXPECT_EQ(row<Round>(decision).person, amira.id);
    EXPECT_EQ(timer(decision, TimerKind::ask), nine_thirty);
    EXPECT_EQ(timer(decision, TimerKind::complete_run), half_past_eleven);
}

TEST(StandupOpenRun, PlansTheNextOccurrence) {
    auto decision = open(roster(), stand_up());

    EXPECT_EQ(row<PlannedRun>(decision).date, date("2026-11-24"));
    EXPECT_EQ(timer(decision, TimerKind::open_run), at("2026-11-24T09:30"));
}

// The first begins their day 25 hours before the last does, and both may answer all day.
TEST(StandupOpenRun, ClosesAtTheCapHoweverFarApartItsMembersLive) {
    auto first = person(1, "Amira Khan", "Pacific/Kiritimati");
    auto last = person(2, "Dev Patel", "Pacific/Pago_Pago");
    for (auto* each : {&first, &last})
        each->hours.week.days[0] = *hours_from("00:00-24:00");
    auto all_day = stand_up();
    all_day.slots = {{"main", TimeOfDay{0}}};
    all_day.window = 24h;
    auto opens_at = at("2026-11-22T10:00");
    auto decision = open(roster({first, last}), all_day, opens_at);

    ASSERT_EQ(rows<Round>(decision).size(), 2U);
    EXPECT_EQ(rows<Round>(decision)[0].closes_at, opens_at + 24h);
    EXPECT_EQ(rows<Round>(decision)[1].closes_at, opens_at + standup::longest_run);
    EXPECT_EQ(timer(decision, TimerKind::close_run), opens_at + standup::longest_run);
}

TEST(StandupOpenRun, HoldsNothingOnADayWhenNobodyWorks) {
    auto team = roster();
    for (auto& member : team.members)
        member.person.hours.week.days[0].clear();
    auto decision = open(team, stand_up());

    EXPECT_TRUE(rows<muster::Run>(decision).empty());
    EXPECT_EQ(row<PlannedRun>(decision).date, date("2026-11-24"));
}

TEST(StandupOpenRun, FreezesTheQuestionsAndTurnsThoseThatRotate) {
    auto ceremony = stand_up();
    ceremony.questions.push_back(
        {"fun", "", "Best thing yesterday?", Question::Kind::text, false, {}, "extra"}
    );
    ceremony.questions.push_back(
        {"help", "", "Who helped you?", Question::Kind::text, false, {}, "extra"}
    );

    EXPECT_EQ(
        row<muster::Run>(open(roster(), ceremony, nine_thirty, 0)).questions.back().key, "fun"
    );
    EXPECT_EQ(
        row<muster::Run>(open(roster(), ceremony, nine_thirty, 1)).questions.back().key, "help"
    );
}

TEST(StandupOpenRun, SaysTooLateToWhoseWindowHadPassedWhenTheTeamWasSetUp) {
    auto team = roster({amira, person(3, "Priya Nair", "Asia/Kolkata")});
    auto decision = open(team, stand_up(), nine_thirty);  // Priya's window closed at 6am in London

    auto priyas = rows<Round>(decision).back();
    EXPECT_EQ(priyas.person, PersonId{3});
    EXPECT_EQ(priyas.not_asked, NotAsked::too_late);
}

// ---- one's own next window

TEST(StandupNextWindow, IsOnesOwnWhereverTheOthersAre) {
    auto priya = person(3, "Priya Nair", "Asia/Kolkata");
    auto team = roster({amira, dev, priya});
    auto evening = at("2026-11-23T20:00");

    EXPECT_EQ(standup::next_window(team, stand_up(), amira, evening), at("2026-11-24T09:30"));
    EXPECT_EQ(standup::next_window(team, stand_up(), priya, evening), at("2026-11-24T04:00"));
    EXPECT_EQ(
        standup::next_planned(stand_up(), team, evening, {})->opens_at, at("2026-11-24T04:00")
    );
}

TEST(StandupNextWindow, IsTodaysUntilItOpensThere) {
    EXPECT_EQ(standup::next_window(roster(), stand_up(), amira, nine_thirty - 1ms), nine_thirty);
    EXPECT_EQ(
        standup::next_window(roster(), stand_up(), amira, nine_thirty), at("2026-11-24T09:30")
    );
}

TEST(StandupNextWindow, ComesAfterOnesAbsence) {
    auto team = roster();
    Absence away;
    away.person = amira.id;
    away.days = {.from = date("2026-11-24"), .to = date("2026-11-25")};
    team.members.front().absences = {away};

    EXPECT_EQ(standup::next_window(team, stand_up(), amira, nine_thirty), at("2026-11-26T09:30"));
}

TEST(StandupNextWindow, IsTheFirstOfTheTimesOfADay) {
    auto ceremony = stand_up();
    ceremony.slots = {{"late", 15h}, {"early", 9h + 30min}};

    EXPECT_EQ(standup::next_window(roster(), ceremony, amira, nine_thirty), at("2026-11-23T15:00"));
    EXPECT_EQ(
        standup::next_window(roster(), ceremony, amira, at("2026-11-23T15:00")),
        at("2026-11-24T09:30")
    );
}

TEST(StandupNextWindow, IsNoneForObserversAndOthers) {
    auto team = roster();
    team.members.front().standing = Standing::observer;
    auto paused = stand_up();
    paused.paused = true;

    EXPECT_EQ(standup::next_window(team, stand_up(), amira, nine_thirty), std::nullopt);
    EXPECT_EQ(standup::next_window(team, stand_up(), person(9, "Ola"), nine_thirty), std::nullopt);
    EXPECT_EQ(standup::next_window(roster(), paused, amira, nine_thirty), std::nullopt);
}

}  // namespace
}  // namespace muster
