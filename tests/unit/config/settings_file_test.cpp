#include "config/settings_file.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/calendars.hpp"
#include "config/samples.hpp"
#include "tests/unit/bot/domain/settings_story.hpp"

namespace {

using namespace muster;
using namespace muster::config;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

std::vector<std::string> problems_of(const std::string& text) {
    std::vector<std::string> told;
    auto read = settings_from(text, "team.jsonc");
    if (read.has_error()) {
        for (const auto& problem : read.error())
            told.push_back(to_text(problem));
    }
    return told;
}

std::string with_ceremony(const std::string& members) {
    return R"({ "teams": [ { "key": "a", "name": "A", "timezone": "Europe/London", "ceremonies": [ { "key": "standup", )" +
           members + " } ] } ] }";
}

Ceremony ceremony(const std::string& members) {
    return settings_from(with_ceremony(members), "team.jsonc")
        .value()
        .wanted.teams[0]
        .ceremonies[0];
}

settings::WantedPerson person(const std::string& members) {
    auto text =
        R"({ "people": [ { "key": "amira", "name": "Amira Khan", "timezone": "Europe/London",
                     "accounts": { "local": { "connection": "local", "user": "amira" } })" +
        members + " } ] }";
    return settings_from(text, "team.jsonc").value().wanted.people[0];
}

const std::string weekdays = R"("recurrence": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "time": "09:30")";

TEST(SettingsFile, TakesTheDemoAndItIsATeamOfSixInThreeZones) {
    auto wanted = settings_from(demo_settings(), "demo.jsonc").value().wanted;

    EXPECT_THAT(wanted.people, SizeIs(6));
    std::set<ZoneName> zones;
    for (const auto& person : wanted.people)
        zones.insert(person.zone);
    EXPECT_THAT(zones, ElementsAre("America/New_York", "Asia/Kolkata", "Europe/London"));
    EXPECT_EQ(wanted.teams[0].roles.at(Role::delivery_manager)[0].first, "dev");
    EXPECT_EQ(wanted.teams[0].ceremonies[0].questions, usual_questions());
    EXPECT_THAT(wanted.calendars, ElementsAre(builtin_calendars().front()));

    settings::Document empty;
    empty.organisation.id = {1};
    empty.connections = {{ConnectionId{2}, OrganisationId{1}, "local", "local"}};
    IdSource ids({1, 1});
    EXPECT_TRUE(settings::change(empty, wanted, false, std::nullopt, ids).has_value());
}

// What `muster export settings` writes of a big organisation can be applied again.
TEST(SettingsFile, TakesTenThousandPeople) {
    settings::Wanted wanted;
    for (int number = 0; number < 10'000; ++number) {
        settings::WantedPerson person;
        person.key = "p" + std::to_string(number);
        person.name = "Person " + std::to_string(number);
        person.zone = "Europe/London";
        person.accounts = {{"slack", "main", "U0" + std::to_string(number)}};
        wanted.people.push_back(std::move(person));
    }
    auto read = settings_from(settings_text(wanted), "agency.jsonc");
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->wanted.people.size(), 10'000U);
}

TEST(SettingsFile, FillsInWhatIsLeftOut) {
    auto one = ceremony(weekdays);

    EXPECT_EQ(one.kind, "stand-up");
    EXPECT_EQ(one.name, "stand-up");
    EXPECT_THAT(one.slots, ElementsAre(Slot{"main", 9h + 30min}));
    EXPECT_EQ(one.zone, ZoneRule::member);
    EXPECT_EQ(one.window, 2h);
    EXPECT_EQ(one.reminder, (ReminderRule{80, std::nullopt}));
    EXPECT_EQ(one.on_holiday, OnHoliday::skip);
    EXPECT_EQ(one.questions, usual_questions());
    EXPECT_EQ(person("").hours, office_hours());
    EXPECT_EQ(person("").calendar, "");
}

TEST(SettingsFile, ReadsWhatIsSaid) {
    auto one = ceremony(R"("recurrence": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "from": "2026-12-03",
        "times": [ { "key": "am", "at": "09:30" }, { "key": "pm", "at": "16:00" } ], "zone": "team", "window": "90m",
        "reminder": "20m", "on_holiday": "before", "names_hidden": true,
        "questions": [ { "key": "mood", "text": "How was it?", "kind": "scale", "choices": ["bad", "good"], "rotate": "r" } ])"
    );

    EXPECT_EQ(
        one.recurrence,
        parse_recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", date_from("2026-12-03")).value()
    );
    EXPECT_THAT(one.slots, ElementsAre(Slot{"am", 9h + 30min}, Slot{"pm", 16h}));
    EXPECT_EQ(one.zone, ZoneRule::team);
    EXPECT_EQ(one.window, 90min);
    EXPECT_EQ(one.reminder.before_close, 20min);
    EXPECT_EQ(one.on_holiday, OnHoliday::before);
    EXPECT_TRUE(one.names_hidden);
    EXPECT_EQ(one.questions[0].kind, Question::Kind::scale);
}

TEST(SettingsFile, ReadsHoursOfOneWeekOrOfTwo) {
    auto one =
        person(
            R"(, "working_hours": { "mon-thu": "09:00-12:30,13:30-17:30", "fri": "09:00-16:00" })"
        )
            .hours;
    EXPECT_EQ(to_text(one.week.days[3]), "09:00-12:30,13:30-17:30");
    EXPECT_EQ(to_text(one.week.days[4]), "09:00-16:00");
    EXPECT_THAT(one.week.days[5], IsEmpty());

    auto two =
        person(
            R"(, "working_hours": [ { "mon-fri": "09:00-17:00" }, { "mon": "09:00-17:00" } ], "week_a": "2026-11-23")"
        )
            .hours;
    EXPECT_EQ(two.week_a, date_from("2026-11-23"));
    EXPECT_THAT(two.week_b->days[1], IsEmpty());
}

TEST(SettingsFile, ExplainsHoursThatItDoesNotTake) {
    auto told = [](const std::string& hours) {
        return problems_of(
            R"({ "teams": [ { "key": "a", "name": "A", "timezone": "Europe/London", "working_hours": )" +
            hours + " } ] }"
        );
    };
    EXPECT_THAT(
        told(R"({ "mon-fri": "9-5" })"),
        ElementsAre(HasSubstr("/teams/0/working_hours/mon-fri: expected hours such as"))
    );
    EXPECT_THAT(
        told(R"({ "funday": "09:00-17:00" })"), ElementsAre(HasSubstr("expected days such as"))
    );
    EXPECT_THAT(
        told(R"({ "mon-fri": "09:00-17:00", "fri": "09:00-12:00" })"),
        ElementsAre(HasSubstr("each day once"))
    );
    EXPECT_THAT(told(R"([ {}, {} ])"), ElementsAre(HasSubstr("week_a beside it")));
    EXPECT_THAT(
        told(R"([ {}, {} ], "week_a": "2026-11-24")"),
        ElementsAre(HasSubstr("/week_a: expected a Monday"))
    );
    EXPECT_THAT(
        told(R"({}, "week_a": "2026-11-23")"),
        ElementsAre(HasSubstr("/week_a: expected working_hours to be a list of two"))
    );
}

TEST(SettingsFile, TellsEveryProblemAtOnceWithLineAndPointer) {
    auto told = problems_of(R"({
  "people": [
    { "key": "amira", "name": "Amira Khan", "timezone": "Europe/Londn", "accounts": { "local": { "connection": "local" } } },
    { "key": "amira", "name": "Bo", "timezoned": "Europe/London", "accounts": {} } ],
  "teams": [ { "key": "a", "name": "A", "timezone": "Europe/London", "members": ["amira", "amira"],
    "ceremonies": [ { "key": "s", "recurrence": "FREQ=HOURLY", "tiem": "09:30",
       "window": "2 hours" } ] } ]
})");

    EXPECT_THAT(
        told,
        ElementsAre(
            StartsWith("team.jsonc:3: /people/0/accounts/local: expected the key \"user\""),
            "team.jsonc:3: /people/0/timezone: expected an IANA time zone such as "
            "\"Europe/London\"",
            StartsWith("team.jsonc:4: /people/1: expected the key \"timezone\""),
            AllOf(
                StartsWith("team.jsonc:4: /people/1/timezoned: expected one of"),
                HasSubstr("did you mean \"timezone\"?")
            ),
            StartsWith("team.jsonc:5: /teams/0/members/1: expected each person once"),
            StartsWith("team.jsonc:6: /teams/0/ceremonies/0/recurrence: expected a rule"),
            AllOf(
                StartsWith("team.jsonc:6: /teams/0/ceremonies/0/tiem"),
                HasSubstr("did you mean \"time\"?")
            ),
            StartsWith("team.jsonc:7: /teams/0/ceremonies/0/window: expected a length")
        )
    );
}

TEST(SettingsFile, RefusesWhatDoesNotExistYetWithASentence) {
    EXPECT_THAT(
        problems_of(with_ceremony(R"("kind": "retrospective", "format": "start-stop-continue")")),
        ElementsAre("team.jsonc:1: /teams/0/ceremonies/0/kind: expected \"stand-up\": this is the "
                    "only kind of ceremony so far")
    );
    EXPECT_THAT(
        problems_of(
            R"({ "teams": [ { "key": "a", "name": "A", "timezone": "Europe/London", "chain": "long" } ] })"
        ),
        ElementsAre(HasSubstr("/teams/0/chain: expected \"default\""))
    );
}

TEST(SettingsFile, WantsFromWithARuleThatCounts) {
    EXPECT_THAT(
        problems_of(
            with_ceremony(R"("recurrence": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "time": "14:00")")
        ),
        ElementsAre(HasSubstr("/recurrence: expected a rule"))
    );
}

TEST(SettingsFile, WantsEitherTimeOrTimes) {
    EXPECT_THAT(
        problems_of(with_ceremony(weekdays + R"(, "times": [ { "key": "pm", "at": "16:00" } ])")),
        ElementsAre(HasSubstr("/times: expected either time or times"))
    );
    EXPECT_THAT(
        problems_of(with_ceremony(R"("recurrence": "FREQ=DAILY")")),
        ElementsAre(HasSubstr("expected time or times"))
    );
    EXPECT_THAT(
        problems_of(with_ceremony(R"("recurrence": "FREQ=DAILY", "time": "24:00")")),
        ElementsAre(HasSubstr("/time: expected a time"))
    );
}

TEST(SettingsFile, ReadsCalendarsOfItsOwnAndBuiltInOnes) {
    auto wanted = settings_from(
                      R"({ "calendars": { "scotland": { "bank_holidays": "builtin" },
             "office": { "dates": [ "2026-12-24", { "date": "2026-12-31", "title": "New Year's Eve" } ] } } })",
                      "team.jsonc"
    )
                      .value()
                      .wanted;

    EXPECT_EQ(wanted.calendars[0].days.at(*date_from("2026-11-30")), "St Andrew's Day");
    EXPECT_EQ(wanted.calendars[1].days.size(), 2u);
    EXPECT_EQ(wanted.calendars[1].days.at(*date_from("2026-12-31")), "New Year's Eve");
    EXPECT_THAT(
        problems_of(R"({ "calendars": { "mars": { "bank_holidays": "builtin" } } })"),
        ElementsAre(HasSubstr("a calendar that is built in: \"england-and-wales\""))
    );
}

TEST(SettingsFile, PutsRefusalsOfTheStoreOnTheirLines) {
    auto file =
        settings_from(
            "{\n\"people\": [\n{ \"key\": \"a\", \"name\": \"A\", \"timezone\": "
            "\"Europe/London\",\n"
            "\"accounts\": { \"local\": { \"connection\": \"x\",\n\"user\": \"a\" } } } ] }",
            "team.jsonc"
        )
            .value();

    auto located = file.locate(
        {{"people/0/accounts/local/connection", "a connection"}, {"people/0/times/3", "x"}}
    );

    EXPECT_EQ(
        to_text(located[0]),
        "team.jsonc:4: /people/0/accounts/local/connection: expected a connection"
    );
    EXPECT_EQ(located[1].line, 3);
}

TEST(SettingsText, ReadsAsTheSameWhateverIsWanted) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 chance(seed);
        auto wanted = settings_story::any_wanted(chance);
        auto text = settings_text(wanted);

        auto read = settings_from(text, "exported.jsonc");

        ASSERT_TRUE(read.has_value()) << to_text(read.error()[0]) << "\n" << text;
        EXPECT_TRUE(read->wanted == wanted) << text;
    }
}

TEST(SettingsText, WritesTheDemoBack) {
    auto wanted = settings_from(demo_settings(), "demo.jsonc").value().wanted;
    auto text = settings_text(wanted);

    EXPECT_TRUE(settings_from(text, "exported.jsonc").value().wanted == wanted);
    EXPECT_THAT(
        text, HasSubstr(R"("calendars": { "england-and-wales": { "bank_holidays": "builtin" } })")
    );
}

TEST(SettingsFile, TakesTheIdOfAChannelWhateverItsTeamIsCalled) {
    settings::Wanted wanted;
    wanted.teams.push_back(settings_story::payments().teams[0]);
    wanted.teams[0].channels = {{"msteams", "org", "19:abc@thread.tacv2"}};
    auto text = settings_text(wanted);
    EXPECT_EQ(settings_from(text, "x").value().wanted.teams[0].channels, wanted.teams[0].channels);

    constexpr std::string_view channel = R"("channel": "19:)";
    text.insert(text.find(channel), R"("team": "group-1", )");
    EXPECT_EQ(settings_from(text, "x").value().wanted.teams[0].channels, wanted.teams[0].channels);
}

}  // namespace
