#include "tests/unit/bot/domain/spoken.hpp"

namespace muster {
namespace {

const Catalogue& real() {
    return spoken::catalogue();
}

std::string english(const Text& text, const ZoneName& zone = "Europe/London") {
    return real().plain(text, {"en", zone});
}

std::string welsh(const Text& text) {
    return real().plain(text, {"cy", "Europe/London"});
}

// One English sentence and its words with these arguments.
std::string filled(
    const std::string& sentence, std::vector<std::pair<std::string, Argument>> arguments
) {
    auto languages = std::map<std::string, Catalogue::Language>{
        {"en",
         {{"one.sentence", {"", {{"other", sentence}}}},
          {"list.and", {"", {{"other", "{first} and {last}"}}}},
          {"list.and_before_vowel", {"", {{"other", "{first} and {last}"}}}},
          {"list.comma", {"", {{"other", "{first}, {last}"}}}}}}};
    return Catalogue(languages).plain(text("one.sentence", std::move(arguments)), {"en", "UTC"});
}

Instant at(int hour, int minute) {
    using namespace std::chrono;
    return sys_days{year{2026} / 11 / 24} + hours{hour} + minutes{minute};
}

Text time_of(Instant instant) {
    return text("date.at_time", {{"at", instant}});
}

Text day_time_of(Instant instant) {
    return text("date.at_day_time", {{"at", instant}});
}

Text list_of(const std::vector<std::string>& names) {
    TextList list;
    for (const auto& name : names)
        list.push_back(verbatim(name));
    return text("list.joined", {{"parts", list}});
}

Text length(minutes length) {
    return text("prompt.late", {{"late", length}});
}

TEST(Texts, WritesTimesAsPeopleSayThem) {
    EXPECT_EQ(english(time_of(at(11, 30))), "11:30am");
    EXPECT_EQ(english(time_of(at(14, 0))), "2pm");
    EXPECT_EQ(english(time_of(at(9, 5))), "9:05am");
    EXPECT_EQ(english(time_of(at(0, 30))), "12:30am");
    EXPECT_EQ(english(time_of(at(12, 30))), "12:30pm");
    EXPECT_EQ(english(time_of(at(12, 0))), "midday");
    EXPECT_EQ(english(time_of(at(0, 0))), "midnight");
    EXPECT_EQ(welsh(time_of(at(12, 0))), "canol dydd");
}

TEST(Texts, PutsInstantsInTheZoneOfTheReader) {
    EXPECT_EQ(english(day_time_of(at(20, 0)), "Asia/Kolkata"), "1:30am on Wednesday 25 November");
    EXPECT_EQ(english(day_time_of(at(20, 0)), "America/New_York"), "3pm on Tuesday 24 November");
    EXPECT_EQ(welsh(day_time_of(at(11, 30))), "11:30am, dydd Mawrth 24 Tachwedd");
    EXPECT_EQ(english(time_of(at(11, 30)), "No/Such_Zone"), "11:30am") << "UTC when all else fails";
}

TEST(Texts, JoinsLists) {
    EXPECT_EQ(english(list_of({"Ana"})), "Ana");
    EXPECT_EQ(english(list_of({"Ana", "Bo"})), "Ana and Bo");
    EXPECT_EQ(english(list_of({"Ana", "Bo", "Dev"})), "Ana, Bo and Dev");
    EXPECT_EQ(english(list_of({})), "");
    EXPECT_EQ(welsh(list_of({"Ana", "Bo"})), "Ana a Bo");
    EXPECT_EQ(welsh(list_of({"Bo", "Ana"})), "Bo ac Ana");
    EXPECT_EQ(welsh(list_of({"12", "13"})), "12 ac 13") << "un deg tri";

    const TextList two{verbatim("one"), verbatim("two")};
    EXPECT_EQ(filled("{list|commas}", {{"list", two}}), "one, two");
    EXPECT_EQ(filled("{list|lines}", {{"list", two}}), "one\ntwo");
    EXPECT_EQ(filled("{list|sentences}", {{"list", two}}), "one two");
}

TEST(Texts, SaysLengthsInTheirTwoLargestUnits) {
    EXPECT_EQ(english(length(24min)), "This is 24 minutes late because Muster was not running.");
    EXPECT_THAT(english(length(1min)), testing::HasSubstr("1 minute late"));
    EXPECT_THAT(english(length(90min)), testing::HasSubstr("1 hour and 30 minutes late"));
    EXPECT_THAT(english(length(120min)), testing::HasSubstr("2 hours late"));
    EXPECT_THAT(english(length(48h + 3h + 5min)), testing::HasSubstr("2 days and 3 hours late"));
    EXPECT_THAT(english(length(0min)), testing::HasSubstr("less than a minute late"));
    EXPECT_THAT(welsh(length(61min)), testing::HasSubstr("1 awr ac 1 munud"));
}

TEST(Texts, ChoosesThePluralOfTheLanguage) {
    EXPECT_EQ(plural_category("en", 1), "one");
    EXPECT_EQ(plural_category("en", 0), "other");
    const std::vector<std::string> counted{"zero", "one", "two", "few", "other", "other", "many"};
    for (std::size_t count = 0; count < counted.size(); ++count)
        EXPECT_EQ(plural_category("cy", static_cast<std::int64_t>(count)), counted[count]);

    auto days = [](std::int64_t count) { return text("length.days", {{"count", count}}); };
    EXPECT_EQ(english(days(1)), "1 day");
    EXPECT_EQ(english(days(2)), "2 days");
    EXPECT_EQ(welsh(days(2)), "2 ddiwrnod");
    EXPECT_EQ(welsh(days(3)), "3 diwrnod");
}

TEST(Texts, NeverReadsWhatAPersonTypedAsAPlaceholder) {
    EXPECT_EQ(
        filled("You wrote {line}.", {{"line", UserText{"{team} {"}}, {"team", UserText{"x"}}}),
        "You wrote {team} {."
    );
    EXPECT_EQ(english(verbatim("{closes|time} [not a link](x)")), "{closes|time} [not a link](x)");
}

TEST(Texts, ShowsWhatIsMissingAndDoesNotThrow) {
    EXPECT_EQ(english(text("no.such_key")), "[no.such_key]");
    EXPECT_EQ(filled("Closes at {closes|time}.", {}), "Closes at [closes].");
    EXPECT_EQ(filled("{name|no_such_style} {", {{"name", UserText{"Ana"}}}), "Ana {");
    EXPECT_EQ(filled("{on}", {{"on", LocalDate{}}}), "[" + to_text(LocalDate{}) + "]");
    EXPECT_EQ(real().plain(text("form.send"), {"xx", "Europe/London"}), "Send") << "English then";
}

TEST(Texts, MarksWhatAnAdapterMustTreatWithCare) {
    const auto spans = real().phrase(
        text(
            "why_about.asked",
            {{"person", NamedPerson{PersonId{7}, "Ana"}}, {"at", TextList{time_of(at(9, 30))}}}
        ),
        {}
    );
    ASSERT_EQ(spans.size(), 4U);
    EXPECT_EQ(spans[0], (Span{Span::Kind::person, "Ana", PersonId{7}, {}}));
    EXPECT_EQ(spans[1].words, " was asked at ");
    EXPECT_EQ(spans[2], (Span{Span::Kind::instant, "9:30am", {}, at(9, 30)}));
    EXPECT_EQ(spans[3].kind, Span::Kind::plain);
    EXPECT_EQ(real().phrase(verbatim("<b>"), {}).front().kind, Span::Kind::user);
}

// "ar", "o", "i" and "tan" soften the day that follows them.
TEST(WelshDates, AreSoftenedAfterAPreposition) {
    const LocalDate monday{std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};
    const LocalDate friday{std::chrono::year{2026}, std::chrono::November, std::chrono::day{27}};
    const auto away = [](Text days) {
        return welsh(text("absence.proposed", {{"days", TextList{std::move(days)}}}));
    };

    EXPECT_EQ(
        away(text("absence.days_one", {{"from", friday}})),
        "Rydych i ffwrdd ar ddydd Gwener 27 Tachwedd."
    );
    EXPECT_EQ(
        away(text("absence.days_range", {{"from", monday}, {"to", friday}})),
        "Rydych i ffwrdd o ddydd Llun 23 Tachwedd i ddydd Gwener 27 Tachwedd, gan gynnwys y ddau "
        "ddiwrnod."
    );
    EXPECT_EQ(
        welsh(text("why.away", {{"date", friday}})),
        "Rydych i ffwrdd ddydd Gwener 27 Tachwedd, felly ni ofynnir i chi."
    );
}

}  // namespace
}  // namespace muster
