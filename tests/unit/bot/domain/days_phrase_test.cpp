#include "bot/domain/days_phrase.hpp"

#include <gtest/gtest.h>

#include "tests/unit/bot/domain/typed_words.hpp"

using namespace muster;
using namespace muster::typed;

namespace {

DaysAway morning(LocalDate day) {
    return {.from = day, .to = day, .last_day = DayPart::morning};
}

DaysAway afternoon(LocalDate day) {
    return {.from = day, .to = day, .first_day = DayPart::afternoon};
}

}  // namespace

// Days are read as part of a command: "away" and what follows.
TEST(AwayPhrase, SaysOneDay) {
    EXPECT_EQ(away("away"), days(tuesday, tuesday));
    EXPECT_EQ(away("away today"), days(tuesday, tuesday));
    EXPECT_EQ(away("away tomorrow"), days(nov(25), nov(25)));
    EXPECT_EQ(away("away fri"), days(nov(27), nov(27)));
    EXPECT_EQ(away("away on Friday"), days(nov(27), nov(27)));
    EXPECT_EQ(away("away tuesday"), days(tuesday, tuesday));
    EXPECT_EQ(away("away mon"), days(nov(30), nov(30)));
    EXPECT_EQ(away("away next wed"), days(dec(2), dec(2)));
    EXPECT_EQ(away("away 4 december"), days(dec(4), dec(4)));
    EXPECT_EQ(away("away december 4th"), days(dec(4), dec(4)));
    EXPECT_EQ(away("away 4th of Dec 2026"), days(dec(4), dec(4)));
    EXPECT_EQ(away("away 2026-12-04"), days(dec(4), dec(4)));
}

TEST(AwayPhrase, KnowsEveryWeekdayShortAndLong) {
    const std::vector<std::vector<const char*>> names{
        {"tue", "tues", "tuesday"},
        {"wed", "weds", "wednesday"},
        {"thu", "thur", "thurs", "thursday"},
        {"fri", "friday"},
        {"sat", "saturday"},
        {"sun", "sunday"},
        {"mon", "monday"}};
    for (std::size_t ahead = 0; ahead < names.size(); ++ahead)
        for (const auto* name : names[ahead]) {
            const auto day = add_days(tuesday, static_cast<int>(ahead));
            EXPECT_EQ(away(std::string{"away "} + name), days(day, day)) << name;
        }
}

TEST(AwayPhrase, SaysUntilWhenWithTheEndIncluded) {
    EXPECT_EQ(away("away until fri"), days(tuesday, nov(27)));
    EXPECT_EQ(away("away till friday"), days(tuesday, nov(27)));
    EXPECT_EQ(away("away until 4 december"), days(tuesday, dec(4)));
    EXPECT_EQ(away("away until tomorrow"), days(tuesday, nov(25)));
    EXPECT_EQ(away("away until 1/12"), days(tuesday, dec(1)));
}

TEST(AwayPhrase, SaysARange) {
    EXPECT_EQ(away("away 1/12 to 3/12"), days(dec(1), dec(3)));
    EXPECT_EQ(away("away 1/12-3/12"), days(dec(1), dec(3)));
    EXPECT_EQ(away("away 1/12 \u2013 3/12"), days(dec(1), dec(3)));
    EXPECT_EQ(away("away 01/12/26 until 03/12/2026"), days(dec(1), dec(3)));
    EXPECT_EQ(away("away from mon to wed"), days(nov(30), dec(2)));
    EXPECT_EQ(away("away mon-wed"), days(nov(30), dec(2)));
    EXPECT_EQ(away("away thu to mon"), days(nov(26), nov(30)));
    EXPECT_EQ(away("away 24 to 27 november"), days(tuesday, nov(27)));
    EXPECT_EQ(away("away from tomorrow until fri"), days(nov(25), nov(27)));
    EXPECT_EQ(away("away 2026-12-01 to 2026-12-03"), days(dec(1), dec(3)));
}

TEST(AwayPhrase, SaysHalfDays) {
    EXPECT_EQ(away("away fri morning"), morning(nov(27)));
    EXPECT_EQ(away("away friday afternoon"), afternoon(nov(27)));
    EXPECT_EQ(away("away this afternoon"), afternoon(tuesday));
    EXPECT_EQ(away("away tomorrow morning"), morning(nov(25)));
    EXPECT_EQ(away("away 4/12 pm"), afternoon(dec(4)));
    EXPECT_EQ(away("away fri all day"), days(nov(27), nov(27)));

    auto until_noon = days(tuesday, nov(27));
    until_noon.last_day = DayPart::morning;
    EXPECT_EQ(away("away until fri morning"), until_noon);
    auto both = days(nov(30), dec(2));
    both.first_day = DayPart::afternoon;
    both.last_day = DayPart::morning;
    EXPECT_EQ(away("away mon afternoon to wed morning"), both);
    EXPECT_EQ(away("away mon morning to wed afternoon"), days(nov(30), dec(2)));
}

// Regression 14: "ooo 3 days" counted weekends and started tomorrow.
TEST(AwayPhrase, ThreeDaysAreWorkingDaysFromTodayOn) {
    EXPECT_EQ(away("away 3 days"), days(tuesday, nov(26)));
    EXPECT_EQ(away("ooo 3 days", typist_on(nov(26))), days(nov(26), nov(30)));
    EXPECT_EQ(away("ooo 3 days", typist_on(nov(28))), days(nov(30), dec(2)));
    EXPECT_EQ(away("away for three days"), days(tuesday, nov(26)));
    EXPECT_EQ(away("away 1 day"), days(tuesday, tuesday));
    EXPECT_EQ(away("away 3 working days"), days(tuesday, nov(26)));
}

TEST(AwayPhrase, WorkingDaysSkipBankHolidaysAndOwnDaysOff) {
    Calendar england;
    england.days = {{date(2026, 12, 25), "Christmas Day"}, {date(2026, 12, 28), "Boxing Day"}};
    auto typist = typist_on(date(2026, 12, 24));
    typist.pattern.calendars = {&england};
    EXPECT_EQ(away("away 3 days", typist), days(date(2026, 12, 24), date(2026, 12, 30)));

    typist = amira;
    typist.pattern.hours.week.days[2].clear();  // no Wednesdays
    EXPECT_EQ(away("away 3 days", typist), days(tuesday, nov(27)));
}

TEST(AwayPhrase, AnEarlierAbsenceDoesNotLengthenWorkingDays) {
    auto typist = amira;
    typist.pattern.away = {days(tuesday, nov(26))};
    EXPECT_EQ(away("away 3 days", typist), days(tuesday, nov(26)));
}

TEST(AwayPhrase, SaysWeeks) {
    EXPECT_EQ(away("away next week"), days(nov(30), dec(4)));
    EXPECT_EQ(away("away this week"), days(tuesday, nov(27)));
    EXPECT_EQ(away("away the rest of the week"), days(tuesday, nov(27)));
    EXPECT_EQ(away("away a week"), days(tuesday, nov(30)));
    EXPECT_EQ(away("away 2 weeks"), days(tuesday, dec(7)));
}

TEST(AwayPhrase, HasOtherWordsForAway) {
    for (const auto* line :
         {"ooo until fri",
          "leave until fri",
          "holiday until fri",
          "on leave until fri",
          "out of office until fri",
          "I'm away until fri",
          "im off until fri",
          "i am on holiday until fri"})
        EXPECT_EQ(away(line), days(tuesday, nov(27))) << line;
    for (const auto* line : {"leave", "holiday", "off"})
        EXPECT_EQ(away(line), std::nullopt) << line;
}

TEST(AwayPhrase, ADateWithoutAYearIsTheNextOrOneOfTheLastSevenDays) {
    EXPECT_EQ(away("away 24/11"), days(tuesday, tuesday));
    EXPECT_EQ(away("away 17/11 to 25/11"), days(nov(17), nov(25)));
    EXPECT_EQ(away("away 16/11"), days(date(2027, 11, 16), date(2027, 11, 16)));
    EXPECT_EQ(away("away 3/1"), days(date(2027, 1, 3), date(2027, 1, 3)));
    EXPECT_EQ(away("away 28/12 to 3/1"), days(dec(28), date(2027, 1, 3)));
    EXPECT_EQ(
        away("away 28/12 to 3/1", typist_on(date(2027, 1, 2))), days(dec(28), date(2027, 1, 3))
    );
}

TEST(AwayPhrase, ExplainsDatesThatCannotBe) {
    for (const auto* text :
         {"away 31/2",
          "away 12/25",
          "away until 31 november",
          "away 29/2",
          "away 0/12",
          "away 1/12 to 32/12",
          "away 2/13/2026"}) {
        EXPECT_EQ(refused(text), "command.no_such_date") << text;
        EXPECT_TRUE(slip_in_line(text, amira)) << text;
        EXPECT_FALSE(command_in_line(text, amira)) << text;
    }
    EXPECT_EQ(refused("away 29/2/2028"), "command.away_too_long");  // it is, but too far
}

TEST(AwayPhrase, ExplainsAnEndBeforeTheStart) {
    for (const auto* text :
         {"away 3/12 to 1/12", "away until 20/11", "away fri afternoon to fri morning"})
        EXPECT_EQ(refused(text), "command.end_before_start") << text;
}

TEST(AwayPhrase, ExplainsWhatIsTooLongTooFarOrOver) {
    EXPECT_EQ(refused("away 367 days"), "command.away_too_long");
    EXPECT_EQ(refused("away 0 days"), "command.away_too_long");
    EXPECT_EQ(refused("away 53 weeks"), "command.away_too_long");
    EXPECT_EQ(refused("away until 25/11/2027"), "command.away_too_long");
    EXPECT_EQ(refused("away until 24/11/2027"), "");
    EXPECT_EQ(refused("away 1/12/2035"), "command.away_too_long");
    EXPECT_EQ(refused("away 1/12/2020"), "command.days_have_passed");
}

TEST(AwayPhrase, WhoNeverWorksIsToldInsteadOfLookedForForever) {
    auto typist = amira;
    typist.pattern.hours.week = {};
    EXPECT_EQ(refused("away 3 days", typist), "command.away_too_long");
    EXPECT_EQ(away("away next week", typist), days(nov(30), dec(6)));
}
