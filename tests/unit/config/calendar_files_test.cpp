#include "config/calendar_files.hpp"

#include <gmock/gmock.h>

#include "config/settings_file.hpp"

namespace muster::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

std::string calendar_of(const std::string& events) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n" + events +
           "END:VCALENDAR\r\n";
}

std::string event(const std::string& lines) {
    return "BEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20260101T000000Z\r\n" + lines + "END:VEVENT\r\n";
}

std::vector<std::string> days_of(const CalendarFile& file) {
    EXPECT_EQ(file.expected, "");
    std::vector<std::string> days;
    for (const auto& [day, title] : file.calendar.days)
        days.push_back(muster::to_text(day) + (title.empty() ? "" : " " + title));
    return days;
}

std::vector<std::string> days_in(const std::string& lines) {
    return days_of(calendar_from_ics(calendar_of(event(lines))));
}

// ---- iCalendar

TEST(IcsCalendar, HoldsAllDayEventsByName) {
    EXPECT_THAT(
        days_in(
            "DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261226\r\nSUMMARY:Christmas Day\r\n"
        ),
        ElementsAre("2026-12-25 Christmas Day")
    );
}

TEST(IcsCalendar, CountsADayWithoutAnEndOnce) {
    EXPECT_THAT(days_in("DTSTART;VALUE=DATE:20261225\r\n"), ElementsAre("2026-12-25"));
}

TEST(IcsCalendar, CountsEachDayOfAnEventButTheOneItEndsBefore) {
    EXPECT_THAT(
        days_in("DTSTART;VALUE=DATE:20261228\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:Closed\r\n"),
        ElementsAre(
            "2026-12-28 Closed", "2026-12-29 Closed", "2026-12-30 Closed", "2026-12-31 Closed"
        )
    );
    EXPECT_THAT(
        days_in("DTSTART;VALUE=DATE:20261228\r\nDURATION:P2D\r\n"),
        ElementsAre("2026-12-28", "2026-12-29")
    );
}

TEST(IcsCalendar, LeavesOutWhatHasATimeOfDayAndWhatWasCancelled) {
    auto text = calendar_of(
        event("DTSTART:20261224T120000Z\r\nDTEND:20261224T130000Z\r\nSUMMARY:Lunch\r\n") +
        event("DTSTART;VALUE=DATE:20261224\r\nSTATUS:CANCELLED\r\n") +
        event("DTSTART;VALUE=DATE:20261231\r\nSUMMARY:Office closed\r\n")
    );
    EXPECT_THAT(days_of(calendar_from_ics(text)), ElementsAre("2026-12-31 Office closed"));
}

TEST(IcsCalendar, UnfoldsLinesAndEscapes) {
    EXPECT_THAT(
        days_in("DTSTART;VALUE=DATE:20261224\r\nSUMMARY:Party\\, in the\r\n  office\r\n"),
        ElementsAre("2026-12-24 Party, in the office")
    );
}

TEST(IcsCalendar, TellsWhatRecursUpToItsEnd) {
    EXPECT_THAT(
        days_in("DTSTART;VALUE=DATE:20261224\r\nRRULE:FREQ=YEARLY;COUNT=3\r\n"),
        ElementsAre("2026-12-24", "2027-12-24", "2028-12-24")
    );
}

TEST(IcsCalendar, TellsWhatRecursForEverForTenYears) {
    auto file =
        calendar_from_ics(calendar_of(event("DTSTART;VALUE=DATE:20261224\r\nRRULE:FREQ=YEARLY\r\n"))
        );
    EXPECT_EQ(file.calendar.days.size(), 11U);
    EXPECT_EQ(muster::to_text(*file.calendar.data_ends), "2036-12-31");
}

TEST(IcsCalendar, KnowsDaysThatWereTakenOutOfASeriesOrMoved) {
    auto series = event(
        "DTSTART;VALUE=DATE:20261204\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE;VALUE=DATE:20261211\r\n"
    );
    auto moved = event("DTSTART;VALUE=DATE:20261217\r\nRECURRENCE-ID;VALUE=DATE:20261218\r\n");
    EXPECT_THAT(
        days_of(calendar_from_ics(calendar_of(series + moved))),
        ElementsAre("2026-12-04", "2026-12-17", "2026-12-25")
    );
}

TEST(IcsCalendar, EndsWithItsLastDay) {
    auto file = calendar_from_ics(calendar_of(event("DTSTART;VALUE=DATE:20261225\r\n")));
    EXPECT_EQ(muster::to_text(*file.calendar.data_ends), "2026-12-25");
}

TEST(IcsCalendar, SaysWhatItExpectedInAnyOtherFile) {
    EXPECT_THAT(calendar_from_ics("").expected, HasSubstr("BEGIN:VCALENDAR"));
    EXPECT_THAT(calendar_from_ics("Dear all,\r\n").expected, HasSubstr("iCalendar file"));
    EXPECT_THAT(calendar_from_ics(calendar_of("")).expected, HasSubstr("all-day events"));
    EXPECT_THAT(
        calendar_from_ics(std::string(longest_calendar_file + 1, 'x')).expected, HasSubstr("1 MiB")
    );
    auto every_day = calendar_of(
        event("DTSTART;VALUE=DATE:20200101\r\nDTEND;VALUE=DATE:20210101\r\nRRULE:FREQ=YEARLY\r\n") +
        event("DTSTART;VALUE=DATE:20310101\r\nDTEND;VALUE=DATE:20320101\r\nRRULE:FREQ=YEARLY\r\n")
    );
    EXPECT_THAT(calendar_from_ics(every_day).expected, HasSubstr("4,000 days"));
}

// ---- CSV

TEST(CsvCalendar, HoldsADayALineWithItsName) {
    auto file = calendar_from_csv("2026-12-24,Office closed\n2026-12-31\n");
    EXPECT_THAT(days_of(file), ElementsAre("2026-12-24 Office closed", "2026-12-31"));
    EXPECT_EQ(muster::to_text(*file.calendar.data_ends), "2026-12-31");
}

TEST(CsvCalendar, TakesAHeadingQuotesAndLineEndsOfWindows) {
    auto file = calendar_from_csv(
        "\xEF\xBB\xBF"
        "date,title\r\n2026-12-24,\"Party, \"\"late\"\"\"\r\n\r\n"
    );
    EXPECT_THAT(days_of(file), ElementsAre("2026-12-24 Party, \"late\""));
}

TEST(CsvCalendar, NamesTheLineThatHasNoDate) {
    EXPECT_THAT(
        calendar_from_csv("2026-12-24\nChristmas\n").expected, HasSubstr("beginning of line 2")
    );
    EXPECT_THAT(calendar_from_csv("2026-12-24\n2026-02-30,x\n").expected, HasSubstr("line 2"));
    EXPECT_THAT(calendar_from_csv("date,title\n").expected, HasSubstr("a date on each line"));
}

// ---- in a settings file

const std::string with_both =
    R"({ "calendars": { "england-and-wales": { "bank_holidays": "builtin", "ics": "office.ics" } } })";

TEST(CalendarOfSettings, AddsTheDaysOfAFileToThoseThatAreBuiltIn) {
    auto files = [](const std::string& path) -> std::optional<std::string> {
        EXPECT_EQ(path, "office.ics");
        return calendar_of(event("DTSTART;VALUE=DATE:20261224\r\nSUMMARY:Closed\r\n"));
    };
    auto read = settings_from(with_both, "settings.jsonc", files);
    ASSERT_TRUE(read);
    const auto& calendar = read->wanted.calendars.at(0);
    EXPECT_EQ(calendar.days.at(*date_from("2026-12-24")), "Closed");
    EXPECT_EQ(calendar.days.at(*date_from("2026-12-25")), "Christmas Day");
    EXPECT_EQ(muster::to_text(*calendar.data_ends), "2026-12-24") << "the source that ends first";
}

TEST(CalendarOfSettings, IsWrittenBackWithAllItsDays) {
    auto files = [](const std::string&) -> std::optional<std::string> {
        return "2026-12-24,Closed\n";
    };
    auto text = R"({ "calendars": { "office": { "csv": "office.csv" } } })";
    auto read = settings_from(text, "settings.jsonc", files);
    ASSERT_TRUE(read);
    auto again = settings_from(settings_text(read->wanted), "again.jsonc");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->wanted, read->wanted);
}

TEST(CalendarOfSettings, NamesTheFileThatCannotBeRead) {
    auto read = settings_from(with_both, "settings.jsonc");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().at(0).pointer, "/calendars/england-and-wales/ics");
    EXPECT_THAT(read.error().at(0).expected, HasSubstr("a file that Muster may read"));
}

}  // namespace
}  // namespace muster::config
