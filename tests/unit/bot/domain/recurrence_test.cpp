#include "bot/domain/recurrence.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/bot/domain/property.hpp"

using namespace muster;
using namespace std::chrono;

namespace {

constexpr auto some_thursday = 2026y / December / 3;

Recurrence rule(std::string_view text, std::optional<LocalDate> from = std::nullopt) {
    return parse_recurrence(text, from).value();
}

std::vector<std::string> first_dates(const Recurrence& recurrence, LocalDate earliest, int limit) {
    std::vector<std::string> dates;
    while (limit-- > 0) {
        const auto date = next_date(recurrence, earliest);
        if (!date) break;
        dates.push_back(to_text(*date));
        earliest = add_days(*date, 1);
    }
    return dates;
}

using Dates = std::vector<std::string>;

TEST(Recurrence, TakesPlaceOnWeekdays) {
    const auto weekdays = rule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
    EXPECT_EQ(
        first_dates(weekdays, 2026y / November / 26, 4),
        (Dates{"2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01"})
    );
    EXPECT_FALSE(takes_place_on(weekdays, 2026y / November / 28));
    EXPECT_TRUE(takes_place_on(weekdays, 2026y / November / 30));
}

TEST(Recurrence, TakesEverySecondThursdayFromItsFirst) {
    const auto fortnightly = rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", some_thursday);
    EXPECT_EQ(
        first_dates(fortnightly, 2026y / January / 1, 3),
        (Dates{"2026-12-03", "2026-12-17", "2026-12-31"})
    );
    EXPECT_EQ(next_date(fortnightly, 2030y / January / 1), 2030y / January / 10);
    EXPECT_FALSE(takes_place_on(fortnightly, 2026y / December / 10));
}

TEST(Recurrence, CountsWeeksFromTheMondayOfTheFirstOne) {
    // From a Thursday: Friday is in the same week, Monday two weeks on.
    const auto rule_of_two_days = rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", some_thursday);
    EXPECT_EQ(
        first_dates(rule_of_two_days, some_thursday, 3),
        (Dates{"2026-12-04", "2026-12-14", "2026-12-18"})
    );
}

TEST(Recurrence, TakesTheWeekdayOrDayOfItsFirstDateWhenNoneIsSaid) {
    EXPECT_EQ(to_text(rule("FREQ=WEEKLY", some_thursday)), "FREQ=WEEKLY;BYDAY=TH");
    EXPECT_EQ(to_text(rule("FREQ=MONTHLY", some_thursday)), "FREQ=MONTHLY;BYMONTHDAY=3");
}

TEST(Recurrence, TakesTheLastDayOfAMonthThatIsTooShort) {
    EXPECT_EQ(
        first_dates(rule("FREQ=MONTHLY;BYMONTHDAY=31"), 2027y / January / 1, 4),
        (Dates{"2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"})
    );
    EXPECT_EQ(
        first_dates(rule("FREQ=MONTHLY;BYMONTHDAY=29"), 2028y / February / 1, 2),
        (Dates{"2028-02-29", "2028-03-29"})
    );
    EXPECT_TRUE(takes_place_on(rule("FREQ=MONTHLY;BYMONTHDAY=29"), 2027y / February / 28));
    EXPECT_TRUE(takes_place_on(rule("FREQ=MONTHLY;BYMONTHDAY=-1"), 2028y / February / 29));
    EXPECT_TRUE(takes_place_on(
        rule("FREQ=MONTHLY;INTERVAL=12", 2028y / February / 29), 2029y / February / 28
    ));
}

TEST(Recurrence, TakesTheNthWeekdayOfAMonth) {
    EXPECT_EQ(
        first_dates(rule("FREQ=MONTHLY;BYDAY=1MO"), 2026y / November / 3, 2),
        (Dates{"2026-12-07", "2027-01-04"})
    );
    EXPECT_EQ(
        first_dates(rule("FREQ=MONTHLY;BYDAY=-1FR"), 2026y / November / 1, 2),
        (Dates{"2026-11-27", "2026-12-25"})
    );
    EXPECT_EQ(  // only months with a fifth Tuesday
        first_dates(rule("FREQ=MONTHLY;BYDAY=5TU"), 2026y / November / 1, 2),
        (Dates{"2026-12-29", "2027-03-30"})
    );
}

TEST(Recurrence, EndsAfterItsLastDayOrItsCount) {
    EXPECT_EQ(
        first_dates(rule("FREQ=DAILY;UNTIL=20261204"), some_thursday, 9),
        (Dates{"2026-12-03", "2026-12-04"})
    );
    EXPECT_EQ(
        first_dates(rule("FREQ=DAILY;INTERVAL=3;COUNT=3", some_thursday), 2026y / January / 1, 9),
        (Dates{"2026-12-03", "2026-12-06", "2026-12-09"})
    );
    EXPECT_EQ(
        first_dates(
            rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=3", some_thursday), some_thursday, 9
        ),
        (Dates{"2026-12-04", "2026-12-14", "2026-12-18"})
    );
    EXPECT_EQ(
        first_dates(rule("FREQ=MONTHLY;BYDAY=5TU;COUNT=2", some_thursday), some_thursday, 9),
        (Dates{"2026-12-29", "2027-03-30"})
    );
    EXPECT_FALSE(next_date(rule("FREQ=DAILY;COUNT=3", some_thursday), 2026y / December / 6));
}

TEST(Recurrence, GivesUpAfterSixtyYearsAndInTheYear9999) {
    // Of every 366th month from February 2026 on, August 2117 is the first with a fifth Monday.
    const auto rare = rule("FREQ=MONTHLY;INTERVAL=366;BYDAY=5MO", 2026y / February / 1);
    EXPECT_FALSE(next_date(rare, 2026y / February / 1));
    EXPECT_EQ(next_date(rare, 2058y / January / 1), 2117y / August / 30);
    EXPECT_FALSE(next_date(rule("FREQ=DAILY;INTERVAL=366", 2026y / 1 / 1), 9999y / December / 31));
    EXPECT_FALSE(next_date(rule("FREQ=DAILY"), LocalDate{year::max() / December / 31}));
    EXPECT_FALSE(next_date(Recurrence{}, 2026y / 1 / 1));  // weekly, on no day
}

TEST(RecurrenceText, MayBeInAnyOrderAndSmallLetters) {
    EXPECT_EQ(
        rule("byday=fr,mo,fr;count=5;interval=2;freq=weekly", some_thursday),
        rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=5", some_thursday)
    );
    EXPECT_EQ(
        to_text(rule("count=5;interval=2;byday=fr,mo;freq=weekly", some_thursday)),
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=5"
    );
    EXPECT_EQ(
        to_text(rule("until=20261231;byday=-1fr;freq=monthly")),
        "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231"
    );
}

TEST(RecurrenceText, SaysWhatIsWrongAndWhere) {
    struct Case {
        const char* text;
        const char* part;
        const char* expected;
    };

    for (const auto& [text, part, expected] : {
             Case{"", "", "made of FREQ"},
             Case{"FREQ", "FREQ", "made of FREQ"},
             Case{"BYDAY=MO", "no FREQ", "FREQ=DAILY, FREQ=WEEKLY or FREQ=MONTHLY"},
             Case{"FREQ=YEARLY", "FREQ=YEARLY", "FREQ=MONTHLY"},
             Case{"FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY", "only once"},
             Case{"FREQ=DAILY;", "", "made of FREQ"},
             Case{"FREQ=DAILY;BYHOUR=9", "BYHOUR=9", "made of FREQ"},
             Case{"FREQ=DAILY;BYDAY=MO", "BYDAY=MO", "FREQ=WEEKLY or"},
             Case{"FREQ=DAILY;INTERVAL=2", "INTERVAL=2", "first date"},
             Case{"FREQ=DAILY;INTERVAL=0", "INTERVAL=0", "1 to 366"},
             Case{"FREQ=DAILY;INTERVAL=367", "INTERVAL=367", "1 to 366"},
             Case{"FREQ=DAILY;INTERVAL=99999999999", "INTERVAL=99999999999", "1 to 366"},
             Case{"FREQ=DAILY;INTERVAL=", "INTERVAL=", "1 to 366"},
             Case{"FREQ=DAILY;COUNT=5", "COUNT=5", "first date"},
             Case{"FREQ=DAILY;COUNT=x", "COUNT=X", "1 to 10000"},
             Case{"FREQ=DAILY;COUNT=2;UNTIL=20261231", "UNTIL and COUNT", "not both"},
             Case{"FREQ=DAILY;UNTIL=20260231", "UNTIL=20260231", "takes a date"},
             Case{"FREQ=DAILY;UNTIL=20261231T000000Z", "UNTIL=20261231T000000Z", "takes a date"},
             Case{"FREQ=WEEKLY", "FREQ=WEEKLY", "BYDAY or a first date"},
             Case{"FREQ=WEEKLY;BYDAY=", "BYDAY=", "MO, TU"},
             Case{"FREQ=WEEKLY;BYDAY=MO,,TU", "BYDAY=MO,,TU", "MO, TU"},
             Case{"FREQ=WEEKLY;BYDAY=1MO", "BYDAY=1MO", "MO, TU"},
             Case{"FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY=1", "FREQ=MONTHLY"},
             Case{"FREQ=MONTHLY", "FREQ=MONTHLY", "first date"},
             Case{"FREQ=MONTHLY;BYDAY=MO", "BYDAY=MO", "place in the month"},
             Case{"FREQ=MONTHLY;BYDAY=6MO", "BYDAY=6MO", "place in the month"},
             Case{"FREQ=MONTHLY;BYDAY=0MO", "BYDAY=0MO", "place in the month"},
             Case{"FREQ=MONTHLY;BYDAY=-2MO", "BYDAY=-2MO", "place in the month"},
             Case{"FREQ=MONTHLY;BYDAY=1", "BYDAY=1", "place in the month"},
             Case{"FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0", "1 to 31"},
             Case{"FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32", "1 to 31"},
             Case{"FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=1MO", "BYDAY and BYMONTHDAY", "not both"},
         }) {
        const auto parsed = parse_recurrence(text, std::nullopt);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().part, part);
        EXPECT_NE(parsed.error().expected.find(expected), std::string::npos)
            << text << ": " << parsed.error().expected;
    }
    EXPECT_FALSE(parse_recurrence("FREQ=DAILY", 2027y / February / 30));
}

TEST(RecurrenceText, OfAnyLengthIsRefusedShortly) {
    const auto refused = parse_recurrence("FREQ=WEEKLY;BYDAY=" + std::string(10'000'000, 'M'), {});
    ASSERT_FALSE(refused);
    EXPECT_LE(refused.error().part.size(), 40U);
}

RC_GTEST_PROP(RecurrenceText, OfAnyKindNeverThrows, ()) {
    const auto letters = rc::gen::elementOf(
        std::string("FREQ=WEEKLYDAILYMONTHLY;;==,,BYDAYMOTU0123456789-UNTIL \0\xff")
    );
    const auto noise = *rc::gen::container<std::string>(letters);
    const auto start = *rc::gen::element<std::string>(
        "", "FREQ=DAILY;", "FREQ=WEEKLY;BYDAY=", "FREQ=MONTHLY;BYDAY="
    );
    const auto parsed = parse_recurrence(start + noise, some_thursday);
    if (parsed) RC_ASSERT(parse_recurrence(to_text(*parsed), some_thursday).value() == *parsed);
}

rc::Gen<Recurrence> any_rule() {
    return rc::gen::exec([] {
        Recurrence recurrence;
        recurrence.frequency = *rc::gen::element(
            Recurrence::Frequency::daily,
            Recurrence::Frequency::weekly,
            Recurrence::Frequency::monthly
        );
        recurrence.interval = *rc::gen::inRange(1, 60);
        recurrence.from = add_days(2026y / January / 1, *rc::gen::inRange(0, 3000));
        if (recurrence.frequency == Recurrence::Frequency::weekly) {
            for (unsigned day = 1; day <= 7; ++day)
                if (*rc::gen::arbitrary<bool>()) recurrence.weekdays.emplace_back(day);
            if (recurrence.weekdays.empty()) recurrence.weekdays = {Sunday};
        } else if (recurrence.frequency == Recurrence::Frequency::monthly) {
            if (*rc::gen::arbitrary<bool>())
                recurrence.month_day = *rc::gen::element(-1, 1, 15, 28, 29, 30, 31);
            else
                recurrence.nth_weekday = {
                    *rc::gen::element(-1, 1, 2, 3, 4, 5), weekday{*rc::gen::inRange(1U, 8U)}};
        }
        if (*rc::gen::arbitrary<bool>())
            recurrence.count = *rc::gen::inRange(1, 100);
        else if (*rc::gen::arbitrary<bool>())
            recurrence.until = add_days(*recurrence.from, *rc::gen::inRange(0, 3000));
        return recurrence;
    });
}

RC_GTEST_PROP(RecurrenceText, ReadsBackWhatItWrote, ()) {
    const auto recurrence = *any_rule();
    RC_ASSERT(parse_recurrence(to_text(recurrence), recurrence.from).value() == recurrence);
}

RC_GTEST_PROP(Recurrence, NeverGoesBackAndLeavesNoDateOut, ()) {
    const auto recurrence = *any_rule();
    const auto earlier = add_days(*recurrence.from, *rc::gen::inRange(-100, 4000));
    const auto later = add_days(earlier, *rc::gen::inRange(0, 400));
    const auto first = next_date(recurrence, earlier);
    const auto second = next_date(recurrence, later);
    if (!first) {
        RC_ASSERT(!second);
        return;
    }
    RC_ASSERT(*first >= earlier && *first >= *recurrence.from);
    RC_ASSERT(takes_place_on(recurrence, *first));
    if (*first > earlier) RC_ASSERT(!takes_place_on(recurrence, add_days(*first, -1)));
    if (later <= *first)
        RC_ASSERT(second == first);
    else if (second)
        RC_ASSERT(*second >= later);
}

RC_GTEST_PROP(Recurrence, WithACountHasExactlyThatManyDates, ()) {
    auto recurrence = *any_rule();
    recurrence.until = std::nullopt;
    recurrence.interval = 1;
    recurrence.count = *rc::gen::inRange(1, 100);
    const auto dates = first_dates(recurrence, *recurrence.from, 200);
    RC_ASSERT(std::ssize(dates) == *recurrence.count);
}

}  // namespace
