#include "bot/domain/team_cover.hpp"
#include "bot/domain/team_days.hpp"
#include "bot/domain/team_page.hpp"
#include "bot/domain/team_people.hpp"
#include MUSTER_GOLDEN_PLATFORM
#include "tests/unit/adapters/golden/golden_scene.hpp"

namespace muster::golden {
namespace {

using namespace golden_scene;

const Reader reader{"en", "Europe/London"};
constexpr LocalDate today = std::chrono::year{2026} / 11 / 24;

Roster the_team() {
    auto roster = while_open().roster;
    auto ceremony = a_stand_up();
    ceremony.questions = usual_questions();
    roster.ceremonies = {ceremony};
    return roster;
}

TEST(MUSTER_GOLDEN_SUITE, OfTheTeamAsItsDeliveryManagerSeesIt) {
    team_page::Sight dev{true, {"Dev Patel"}, {}, today};
    expect_direct("team", team_page::page(the_team(), dev, reader));
    auto paused = the_team();
    paused.ceremonies.front().paused = true;
    expect_direct("team_paused", team_page::page(paused, dev, reader));
    dev.findings = what_would_stop_it();
    expect_direct("team_with_findings", team_page::page(the_team(), dev, reader));
}

TEST(MUSTER_GOLDEN_SUITE, OfTheTeamAsEverybodySeesIt) {
    expect_direct(
        "team_for_members", team_page::page(the_team(), {false, {"Dev Patel"}, {}, today}, reader)
    );
}

TEST(MUSTER_GOLDEN_SUITE, OfTheFormsOfATeam) {
    const auto ceremony = the_team().ceremonies.front();
    expect_form("form_schedule", team_page::schedule_form(ceremony, reader));
    expect_form("form_questions", team_page::questions_form(ceremony, reader));
}

settings::Document with_accounts(const Roster& roster) {
    settings::Document document;
    document.connections = {{ConnectionId{1}, OrganisationId{1}, "main", platform}};
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

TEST(MUSTER_GOLDEN_SUITE, OfTheFormsOfItsPeople) {
    const auto roster = the_team();
    const auto document = with_accounts(roster);
    const ConnectionId main{1};
    auto people = team_people::people_form(roster, document, main, reader);
    expect_form("form_people", people);
    auto roles = team_people::roles_form(roster, document, main, reader);
    expect_form("form_roles", roles);
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

TEST(MUSTER_GOLDEN_SUITE, OfDaysOff) {
    const auto document = with_days_off(with_accounts(the_team()));
    const auto& team = document.teams.front();
    expect_form("form_days_off", team_days::form(team, document, today, reader));
    FormValues values{{"calendar", "england-and-wales"}};
    auto asked = team_days::asked(team, document, values, today, reader);
    expect_direct(
        "days_off_saved", team_days::told(std::get<settings::Wanted>(asked), today, reader)
    );
}

TEST(MUSTER_GOLDEN_SUITE, OfWhoStandsIn) {
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
    expect_form("form_cover", team_cover::form(the_team(), document, main, today, reader));
    auto asked = team_cover::asked(team, document, main, {}, today, reader);
    expect_direct(
        "cover_saved", team_cover::told(std::get<settings::Wanted>(asked), document, today, reader)
    );
}

TEST(MUSTER_GOLDEN_SUITE, OfWhatBecomesOfItsPeople) {
    const auto roster = the_team();
    muster::Setup change;
    change.kind = SetupKind::people;
    change.connection = ConnectionId{1};
    change.state = SetupState::started;
    change.team = roster.team.id;
    change.people = {{"UBOT", "Build bot", "", "", true}};
    change.entered = {{"people", "U01 UBOT"}};
    expect_direct("people_saved", team_people::told(change, with_accounts(roster), reader));
    change.place = "S1";
    change.entered.emplace_back("group", "@payments");
    expect_direct(
        "people_saved_with_a_group", team_people::told(change, with_accounts(roster), reader)
    );
    expect_direct("team_delete_question", team_people::delete_question(roster.team, reader));
}

TEST(MUSTER_GOLDEN_SUITE, OfAChangeOfTheTeam) {
    const auto roster = the_team();
    const auto& before = roster.ceremonies.front();
    auto later = before;
    later.slots.front().at = TimeOfDay{10 * 60};
    expect_direct("team_changed", team_page::changed(roster.team, before, later, reader));
}

}  // namespace
}  // namespace muster::golden
