#include "bot/domain/calendar.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/bot/domain/property.hpp"

using namespace muster;
using namespace std::chrono;

namespace {

constexpr auto monday = 2026y / November / 23;
constexpr auto tuesday = 2026y / November / 24;
constexpr auto friday = 2026y / November / 27;
constexpr auto saturday = 2026y / November / 28;
constexpr auto next_monday = 2026y / November / 30;

// In London's winter local time is UTC.
constexpr auto at(LocalDate date, minutes time) {
    return Instant{sys_days{date} + time};
}

std::vector<Hours> hours(std::string_view text) {
    return hours_from(text).value();
}

WorkPattern works(
    std::string_view text, std::string_view days = "mon-fri", ZoneName zone = "Europe/London"
) {
    WorkPattern pattern;
    pattern.zone = std::move(zone);
    pattern.hours.week = {};
    for (const auto day : days_from(days))
        pattern.hours.week.days[day.iso_encoding() - 1] = hours(text);
    return pattern;
}

std::string in_utc(const std::vector<Stretch>& stretches) {
    std::string text;
    for (const auto& [from, to] : stretches)
        text += to_text(from).substr(0, 16) + '/' + to_text(to).substr(11, 5) + ' ';
    return text;
}

minutes day_length(const WorkPattern& pattern, LocalDate date) {
    const auto from = *instant_at(pattern.zone, date, 0h);
    return working_time_between(pattern, from, *instant_at(pattern.zone, date, 24h)).length;
}

// ---- text

TEST(HoursText, HasSeveralIntervalsOfADay) {
    EXPECT_EQ(
        hours("09:00-12:30,13:30-17:30"),
        (std::vector<Hours>{{9h, 12h + 30min}, {13h + 30min, 17h + 30min}})
    );
    EXPECT_EQ(to_text(hours("13:30 - 17:30, 9:00 - 12:30")), "09:00-12:30,13:30-17:30");
    EXPECT_EQ(hours("00:00-24:00"), (std::vector<Hours>{{0h, 24h}}));
    EXPECT_TRUE(hours("").empty());
}

TEST(HoursText, IsRefusedWhenItIsNotHours) {
    for (const std::string_view text :
         {"9",
          "9-17",
          "09:00",
          "17:00-09:00",
          "09:00-09:00",
          "09:00-12:30,12:00-17:00",
          "09:00-24:01",
          ",",
          "09:00-12:00,",
          "09:00-12:00-13:00",
          "x",
          "-",
          "--"})
        EXPECT_FALSE(hours_from(text)) << text;
    EXPECT_FALSE(hours_from(std::string(1'000'000, ',')));
}

TEST(DaysText, HasDaysAndRanges) {
    EXPECT_EQ(days_from("mon-thu"), (std::vector{Monday, Tuesday, Wednesday, Thursday}));
    EXPECT_EQ(days_from("Sat"), (std::vector{Saturday}));
    EXPECT_EQ(days_from("fri, mon-wed,fri"), (std::vector{Monday, Tuesday, Wednesday, Friday}));
    EXPECT_EQ(days_from("sat-mon"), (std::vector{Monday, Saturday, Sunday}));
    for (const std::string_view text :
         {"", "monday", "mo", "mon-", "-mon", "mon,", "mon--tue", "mon-tue-wed", "x"})
        EXPECT_TRUE(days_from(text).empty()) << text;
    EXPECT_TRUE(days_from(std::string(1'000'000, '-')).empty());
}

// ---- the days of a person

TEST(WorkingHours, AlternateBetweenWeekAAndWeekB) {
    WorkPattern pattern;
    pattern.hours.week_a = monday;
    pattern.hours.week_b = works("10:00-14:00", "tue").hours.week;

    EXPECT_EQ(pattern.hours.on(tuesday), hours("09:00-17:30"));
    EXPECT_EQ(pattern.hours.on(add_days(tuesday, 7)), hours("10:00-14:00"));
    EXPECT_EQ(pattern.hours.on(add_days(monday, 7)), hours(""));
    EXPECT_EQ(pattern.hours.on(add_days(tuesday, 14)), hours("09:00-17:30"));

    // And back over the new year, long before the week A that was named.
    EXPECT_EQ(pattern.hours.on(add_days(tuesday, -7)), hours("10:00-14:00"));
    EXPECT_EQ(pattern.hours.on(add_days(tuesday, -7 * 100)), hours("09:00-17:30"));
    EXPECT_EQ(pattern.hours.on(add_days(monday, -1)), hours(""));  // the Sunday of a week B
    EXPECT_EQ(pattern.hours.on(add_days(monday, -7 * 101 + 1)), hours("10:00-14:00"));
}

TEST(DayKind, SaysWhyADayIsNotWorked) {
    const Calendar england{
        "england-and-wales",
        {{2026y / December / 25, "Christmas Day"}, {saturday, "A Saturday"}},
        {}};
    WorkPattern pattern;
    pattern.calendars = {&england};
    pattern.away = {{.from = 2026y / December / 24, .to = 2026y / December / 25}};

    EXPECT_EQ(day_kind(pattern, monday), DayKind::working);
    EXPECT_EQ(day_kind(pattern, add_days(saturday, 1)), DayKind::not_a_working_day);
    EXPECT_EQ(day_kind(pattern, saturday), DayKind::holiday);
    EXPECT_EQ(day_kind(pattern, 2026y / December / 24), DayKind::away);
    EXPECT_EQ(day_kind(pattern, 2026y / December / 25), DayKind::away);
    pattern.away.clear();
    EXPECT_EQ(day_kind(pattern, 2026y / December / 25), DayKind::holiday);
}

TEST(HalfDays, LeaveTheOtherHalfFromOneOClock) {
    auto pattern = works("09:00-12:30,12:45-17:30");
    pattern.away = {{.from = monday, .to = monday, .last_day = DayPart::morning}};
    EXPECT_EQ(day_kind(pattern, monday), DayKind::working);
    EXPECT_EQ(in_utc(working_stretches(pattern, monday)), "2026-11-23T13:00/17:30 ");

    pattern.away = {{.from = monday, .to = monday, .first_day = DayPart::afternoon}};
    EXPECT_EQ(
        in_utc(working_stretches(pattern, monday)), "2026-11-23T09:00/12:30 2026-11-23T12:45/13:00 "
    );
}

TEST(HalfDays, CountOnTheFirstAndTheLastDayOnly) {
    WorkPattern pattern;
    pattern.away = {
        {.from = monday,
         .to = friday,
         .first_day = DayPart::afternoon,
         .last_day = DayPart::morning}};
    EXPECT_EQ(in_utc(working_stretches(pattern, monday)), "2026-11-23T09:00/13:00 ");
    EXPECT_EQ(day_kind(pattern, tuesday), DayKind::away);
    EXPECT_EQ(in_utc(working_stretches(pattern, friday)), "2026-11-27T13:00/17:30 ");
}

TEST(HalfDays, ThatLeaveNothingAreADayAway) {
    WorkPattern pattern;
    pattern.away = {
        {.from = monday, .to = monday, .last_day = DayPart::morning},
        {.from = monday, .to = monday, .first_day = DayPart::afternoon}};
    EXPECT_EQ(day_kind(pattern, monday), DayKind::away);

    auto mornings = works("09:00-12:30");
    mornings.away = {{.from = monday, .to = monday, .last_day = DayPart::morning}};
    EXPECT_EQ(day_kind(mornings, monday), DayKind::away);
    EXPECT_TRUE(working_stretches(mornings, monday).empty());
}

TEST(WorkingDays, AreFoundOverHolidaysAndWeekends) {
    const Calendar england{"england-and-wales", {{friday, "A bank holiday"}}, {}};
    WorkPattern pattern;
    pattern.calendars = {&england};
    EXPECT_EQ(next_working_day(pattern, 2026y / November / 26), next_monday);
    EXPECT_EQ(previous_working_day(pattern, next_monday), 2026y / November / 26);
    EXPECT_FALSE(next_working_day(works("", "mon"), monday));
    EXPECT_FALSE(previous_working_day(works("", "mon"), monday));
}

TEST(WorkingDays, DoNotIncludeADateThatWasSkipped) {
    const auto samoa = works("09:00-17:00", "mon-sun", "Pacific/Apia");
    EXPECT_TRUE(working_stretches(samoa, 2011y / December / 30).empty());
    EXPECT_EQ(next_working_day(samoa, 2011y / December / 29), 2011y / December / 31);
}

// ---- working stretches where clocks change

TEST(WorkingStretches, BeginAtTheFirstAndEndAtTheLastOfATimeThatHappensTwice) {
    constexpr auto fall_back = 2027y / October / 31;
    EXPECT_EQ(
        in_utc(working_stretches(works("01:30-01:45", "sun"), fall_back)), "2027-10-31T00:30/01:45 "
    );
    EXPECT_EQ(  // one does not run into the next
        in_utc(working_stretches(works("00:30-01:30,01:30-02:30", "sun"), fall_back)),
        "2027-10-30T23:30/01:30 2027-10-31T01:30/02:30 "
    );
    EXPECT_EQ(day_length(works("00:00-24:00", "sun"), fall_back), 25h);
}

TEST(WorkingStretches, BeginAfterTheGapAndVanishInsideIt) {
    constexpr auto spring_forward = 2027y / March / 28;
    EXPECT_EQ(
        in_utc(working_stretches(works("01:30-04:00", "sun"), spring_forward)),
        "2027-03-28T01:00/03:00 "
    );
    EXPECT_TRUE(working_stretches(works("01:15-01:45", "sun"), spring_forward).empty());
    EXPECT_EQ(day_length(works("00:00-24:00", "sun"), spring_forward), 23h);
}

TEST(WorkingStretches, OfEveryUnusualZoneMeasureTheSameInEverySeason) {
    for (const auto* zone :
         {"Europe/London",
          "America/New_York",
          "Asia/Kolkata",
          "Australia/Lord_Howe",
          "Antarctica/Troll",
          "Africa/Casablanca",
          "Asia/Kathmandu",
          "Pacific/Chatham",
          "Pacific/Kiritimati",
          "Pacific/Pago_Pago",
          "America/Havana",
          "America/Nuuk",
          "Pacific/Apia"}) {
        const auto pattern = works("09:00-17:30", "mon-sun", zone);
        for (LocalDate date = 2026y / January / 1; date < 2029y / January / 1;
             date = add_days(date, 1))
            ASSERT_EQ(day_length(pattern, date), 510min) << zone << ' ' << to_text(date);
    }
}

// ---- working time

TEST(WorkingTime, CountsOnlyHoursAtWork) {
    const auto pattern = works("09:00-12:30,13:30-17:30");
    const auto between = [&](Instant from, Instant to) {
        return working_time_between(pattern, from, to).length;
    };
    EXPECT_EQ(between(at(monday, 9h), at(monday, 17h + 30min)), 450min);
    EXPECT_EQ(between(at(monday, 12h), at(monday, 14h)), 60min);
    EXPECT_EQ(between(at(friday, 17h), at(next_monday, 9h + 30min)), 60min);
    EXPECT_EQ(between(at(saturday, 0h), at(next_monday, 9h)), 0min);
    EXPECT_EQ(between(at(monday, 12h), at(monday, 9h)), 0min);
}

TEST(WorkingTime, IsAddedFromNowOrFromTheNextWorkingMinute) {
    const auto pattern = works("09:00-12:30,13:30-17:30");
    const auto add = [&](Instant from, minutes time) {
        return add_working_time(pattern, from, {time});
    };
    EXPECT_EQ(add(at(monday, 9h), 2h), at(monday, 11h));
    EXPECT_EQ(add(at(monday, 12h), 1h), at(monday, 14h));
    EXPECT_EQ(add(at(monday, 12h), 30min), at(monday, 12h + 30min));  // the earliest such instant
    EXPECT_EQ(add(at(friday, 17h) + 20s, 1h), at(next_monday, 9h + 30min) + 20s);
    EXPECT_EQ(add(at(saturday, 10h), 0min), at(saturday, 10h));
    EXPECT_EQ(add(at(saturday, 10h), 1min), at(next_monday, 9h + 1min));
}

TEST(WorkingTime, NeverComesForThoseWhoDoNotWork) {
    EXPECT_FALSE(add_working_time(works("", "mon"), at(monday, 9h), {1min}));
    EXPECT_FALSE(next_working_instant(works("", "mon"), at(monday, 9h)));
    EXPECT_FALSE(add_working_time(WorkPattern{}, at(monday, 9h), {1'000'000min}));
}

TEST(WorkingTime, StopsForLeaveAndHolidays) {
    const Calendar england{"england-and-wales", {{tuesday, "A bank holiday"}}, {}};
    WorkPattern pattern;
    pattern.calendars = {&england};
    pattern.away = {{.from = 2026y / November / 25, .to = friday, .last_day = DayPart::morning}};
    EXPECT_EQ(add_working_time(pattern, at(monday, 17h), {1h}), at(friday, 13h + 30min));
    EXPECT_EQ(next_working_instant(pattern, at(monday, 17h + 30min)), at(friday, 13h));
}

TEST(Working, IsFromTheFirstMinuteUntilBeforeTheLast) {
    const auto pattern = works("09:00-12:30,13:30-17:30");
    EXPECT_FALSE(is_working(pattern, at(monday, 9h) - 1ms));
    EXPECT_TRUE(is_working(pattern, at(monday, 9h)));
    EXPECT_FALSE(is_working(pattern, at(monday, 12h + 30min)));
    EXPECT_FALSE(is_working(pattern, at(saturday, 10h)));
    EXPECT_EQ(next_working_instant(pattern, at(monday, 12h + 30min)), at(monday, 13h + 30min));
    EXPECT_EQ(next_working_instant(pattern, at(monday, 10h) + 7ms), at(monday, 10h) + 7ms);
    EXPECT_EQ(next_working_instant(pattern, at(friday, 17h + 30min)), at(next_monday, 9h));
}

TEST(Working, FollowsThePersonsOwnDateFarFromUtc) {
    // 2026-11-23 09:00 is still the 22nd in UTC on Kiritimati, and 20:00 UTC in Pago Pago.
    EXPECT_TRUE(is_working(
        works("09:00-17:30", "mon", "Pacific/Kiritimati"), at(2026y / November / 22, 19h)
    ));
    EXPECT_TRUE(is_working(works("09:00-17:30", "mon", "Pacific/Pago_Pago"), at(monday, 20h)));
    EXPECT_TRUE(
        is_working(works("20:00-24:00", "mon", "Pacific/Pago_Pago"), at(tuesday, 10h + 59min))
    );
    EXPECT_FALSE(is_working(works("20:00-24:00", "mon", "Pacific/Pago_Pago"), at(tuesday, 11h)));
}

// ---- properties

rc::Gen<WorkPattern> any_pattern() {
    return rc::gen::exec([] {
        const auto day = [] {
            return hours(*rc::gen::element<std::string>(
                "",
                "09:00-17:30",
                "09:00-12:30,13:30-17:30",
                "00:00-24:00",
                "01:15-01:45,02:00-02:15,22:00-24:00",
                "00:00-06:00"
            ));
        };
        WorkPattern pattern;
        pattern.zone = *rc::gen::element<std::string>(
            "Europe/London",
            "America/New_York",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "Antarctica/Troll",
            "Africa/Casablanca",
            "Pacific/Chatham",
            "Pacific/Kiritimati",
            "Pacific/Pago_Pago",
            "America/Havana",
            "America/Nuuk",
            "Atlantic/Azores"
        );
        for (auto& hours_of_day : pattern.hours.week.days)
            hours_of_day = day();
        if (*rc::gen::arbitrary<bool>()) {
            pattern.hours.week_a = monday;
            for (auto& hours_of_day : pattern.hours.week_b.emplace().days)
                hours_of_day = day();
        }
        const auto absences = *rc::gen::inRange(0, 3);
        for (int count = 0; count < absences; ++count) {
            const auto from = add_days(2027y / January / 1, *rc::gen::inRange(0, 365));
            pattern.away.push_back(
                {from,
                 add_days(from, *rc::gen::inRange(0, 20)),
                 *rc::gen::element(DayPart::whole, DayPart::afternoon),
                 *rc::gen::element(DayPart::whole, DayPart::morning)}
            );
        }
        return pattern;
    });
}

// Often close to one of 2027's changes of the clocks.
Instant any_instant() {
    const auto day = *rc::gen::oneOf(
        rc::gen::inRange(0, 365), rc::gen::element(66, 72, 85, 86, 93, 299, 303, 304, 309, 310)
    );
    return at(2027y / January / 1, 24h * day) + milliseconds{*rc::gen::inRange(0, 86'400'000)};
}

RC_GTEST_PROP(WorkingTime, AddsUpAndNeverShrinks, ()) {
    const auto pattern = *any_pattern();
    std::array<Instant, 3> instants{any_instant(), any_instant(), any_instant()};
    std::ranges::sort(instants);
    const auto [a, b, c] = instants;
    const auto whole = working_time_between(pattern, a, c).length;
    const auto first = working_time_between(pattern, a, b).length;
    RC_ASSERT(first + working_time_between(pattern, b, c).length == whole);
    RC_ASSERT(first <= whole);
    RC_ASSERT(whole <= ceil<minutes>(c - a));
}

RC_GTEST_PROP(WorkingTime, ThatWasAddedIsTheTimeBetween, ()) {
    const auto pattern = *any_pattern();
    const auto from = any_instant();
    const WorkingMinutes time{minutes{*rc::gen::inRange(0, 20'000)}};
    const auto to = add_working_time(pattern, from, time);
    if (!to) return;
    RC_ASSERT(working_time_between(pattern, from, *to) == time);
    RC_ASSERT(*to >= from);
}

RC_GTEST_PROP(WorkingTime, BetweenTwoInstantsLeadsFromOneToTheOther, ()) {
    const auto pattern = *any_pattern();
    const auto from = floor<minutes>(any_instant());
    const auto to = from + minutes{*rc::gen::inRange(0, 100'000)};
    const auto found = add_working_time(pattern, from, working_time_between(pattern, from, to));
    RC_ASSERT(found.has_value());
    RC_ASSERT(*found <= to);
    if (is_working(pattern, to - 1min) && is_working(pattern, to)) RC_ASSERT(*found == to);
}

RC_GTEST_PROP(WorkingTime, PassesExactlyWhileSomeoneIsWorking, ()) {
    const auto pattern = *any_pattern();
    const auto start = floor<minutes>(any_instant());
    auto worked = 0min;
    for (auto instant = Instant{start}; instant < start + 30h; instant += 1min)
        if (is_working(pattern, instant)) ++worked;
    RC_ASSERT(working_time_between(pattern, start, start + 30h).length == worked);
}

RC_GTEST_PROP(Working, BeginsAtTheNextWorkingInstantAndNotBefore, ()) {
    const auto pattern = *any_pattern();
    const auto earliest = any_instant();
    const auto next = next_working_instant(pattern, earliest);
    if (!next) return;
    RC_ASSERT(is_working(pattern, *next));
    RC_ASSERT(working_time_between(pattern, earliest, *next) == WorkingMinutes{0min});
    if (*next > earliest) RC_ASSERT(!is_working(pattern, *next - 1ms));
}

RC_GTEST_PROP(HoursText, ReadsBackWhatItWrote, ()) {
    auto times = *rc::gen::container<std::set<int>>(rc::gen::inRange(0, 1441));
    if (times.size() > 16) times.erase(std::next(times.begin(), 16), times.end());
    if (times.size() % 2 == 1) times.erase(times.begin());
    std::vector<Hours> day;
    for (auto time = times.begin(); time != times.end(); std::advance(time, 2))
        day.push_back({minutes{*time}, minutes{*std::next(time)}});
    RC_ASSERT(hours_from(to_text(day)) == day);
}

RC_GTEST_PROP(HoursText, OfAnyKindNeverThrows, ()) {
    const auto noise =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0129:-, monfri\0\xff")));
    hours_from(noise);
    days_from(noise);
    RC_ASSERT(true);
}

}  // namespace
