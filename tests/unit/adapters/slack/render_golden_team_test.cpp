#include "bot/domain/team_cover.hpp"
#include "bot/domain/team_days.hpp"
#include "bot/domain/team_page.hpp"
#include "bot/domain/team_people.hpp"
#include "tests/unit/adapters/slack/golden.hpp"
#include "tests/unit/adapters/slack/golden_scene.hpp"

namespace muster::slack {
namespace {

using namespace golden_scene;
using golden::catalogue;
using golden::expect_golden;
using golden::expect_golden_view;

const Reader reader{"en", "Europe/London"};
constexpr LocalDate today = std::chrono::year{2026} / 11 / 24;

Roster the_team() {
    auto roster = while_open().roster;
    auto ceremony = a_stand_up();
    ceremony.questions = usual_questions();
    roster.ceremonies = {ceremony};
    return roster;
}

TEST(SlackGolden, OfTheTeamAsItsDeliveryManagerSeesIt) {
    team_page::Sight dev{true, {"Dev Patel"}, {}, today};
    expect_golden("team", team_page::page(the_team(), dev, reader), Readers::one);
    auto paused = the_team();
    paused.ceremonies.front().paused = true;
    expect_golden("team_paused", team_page::page(paused, dev, reader), Readers::one);
    dev.findings = what_would_stop_it();
    expect_golden("team_with_findings", team_page::page(the_team(), dev, reader), Readers::one);
}

TEST(SlackGolden, OfTheTeamAsEverybodySeesIt) {
    expect_golden(
        "team_for_members",
        team_page::page(the_team(), {false, {"Dev Patel"}, {}, today}, reader),
        Readers::one
    );
}

TEST(SlackGolden, OfTheFormsOfATeam) {
    const auto ceremony = the_team().ceremonies.front();
    expect_golden_view(
        "form_schedule", render(team_page::schedule_form(ceremony, reader), catalogue())
    );
    expect_golden_view(
        "form_questions", render(team_page::questions_form(ceremony, reader), catalogue())
    );
}

settings::Document with_accounts(const Roster& roster) {
    settings::Document document;
    document.connections = {{ConnectionId{1}, OrganisationId{1}, "main", "slack"}};
    document.teams = {roster.team};
    for (const auto& member : roster.members) {
        document.people.push_back(member.person);
        auto number = std::to_string(document.people.size());
        document.accounts.push_back(
            {AccountId{member.person.id.value},
             ConnectionId{1},
             member.person.id,
             "U0" + number,
             {}}
        );
    }
    return document;
}

TEST(SlackGolden, OfTheFormsOfItsPeople) {
    const auto roster = the_team();
    const auto document = with_accounts(roster);
    const ConnectionId main{1};
    auto people = team_people::people_form(roster, document, main, reader);
    expect_golden_view("form_people", render(people, catalogue()));
    auto roles = team_people::roles_form(roster, document, main, reader);
    expect_golden_view("form_roles", render(roles, catalogue()));
}

settings::Document with_days_off(settings::Document document) {
    Calendar england;
    england.key = "england-and-wales";
    england.days[std::chrono::year{2026} / 12 / 25] = "Christmas Day";
    Calendar own = england;
    own.key = document.teams.front().key + "-days";
    own.builds_on = england.key;
    own.days[std::chrono::year{2026} / 12 / 24] = "Office closed";
    own.days[std::chrono::year{2027} / 1 / 8] = "";
    document.calendars = {england, own};
    document.teams.front().calendar = own.key;
    return document;
}

TEST(SlackGolden, OfDaysOff) {
    const auto document = with_days_off(with_accounts(the_team()));
    const auto& team = document.teams.front();
    expect_golden_view(
        "form_days_off", render(team_days::form(team, document, today, reader), catalogue())
    );
    FormValues values{{"calendar", "england-and-wales"}};
    auto asked = team_days::asked(team, document, values, today, reader);
    expect_golden(
        "days_off_saved",
        team_days::told(std::get<settings::Wanted>(asked), today, reader),
        Readers::one
    );
}

TEST(SlackGolden, OfWhoStandsIn) {
    auto document = with_accounts(the_team());
    const auto& team = document.teams.front();
    const ConnectionId main{1};
    document.covers = {
        {CoverId{1},
         team.id,
         Role::delivery_manager,
         document.people.front().id,
         std::chrono::year{2026} / 12 / 1,
         std::chrono::year{2026} / 12 / 4}};
    expect_golden_view(
        "form_cover",
        render(team_cover::form(the_team(), document, main, today, reader), catalogue())
    );
    auto asked = team_cover::asked(team, document, main, {}, today, reader);
    expect_golden(
        "cover_saved",
        team_cover::told(std::get<settings::Wanted>(asked), document, today, reader),
        Readers::one
    );
}

TEST(SlackGolden, OfWhatBecomesOfItsPeople) {
    const auto roster = the_team();
    muster::Setup change;
    change.kind = SetupKind::people;
    change.connection = ConnectionId{1};
    change.state = SetupState::started;
    change.team = roster.team.id;
    change.people = {{"UBOT", "Build bot", "", "", true}};
    change.entered = {{"people", "U01 UBOT"}};
    expect_golden(
        "people_saved", team_people::told(change, with_accounts(roster), reader), Readers::one
    );
    change.place = "S1";
    change.entered.emplace_back("group", "@payments");
    expect_golden(
        "people_saved_with_a_group",
        team_people::told(change, with_accounts(roster), reader),
        Readers::one
    );
    expect_golden(
        "team_delete_question", team_people::delete_question(roster.team, reader), Readers::one
    );
}

TEST(SlackGolden, OfAChangeOfTheTeam) {
    const auto roster = the_team();
    const auto& before = roster.ceremonies.front();
    auto later = before;
    later.slots.front().at = TimeOfDay{10 * 60};
    expect_golden(
        "team_changed", team_page::changed(roster.team, before, later, reader), Readers::one
    );
}

}  // namespace
}  // namespace muster::slack
