#include "bot/domain/team_page.hpp"
#include "tests/unit/adapters/slack/golden.hpp"
#include "tests/unit/adapters/slack/golden_scene.hpp"

namespace muster::slack {
namespace {

using namespace golden_scene;
using golden::catalogue;
using golden::expect_golden;
using golden::expect_golden_view;

const Reader reader{"en", "Europe/London"};

Roster the_team() {
    auto roster = while_open().roster;
    auto ceremony = a_stand_up();
    ceremony.questions = usual_questions();
    roster.ceremonies = {ceremony};
    return roster;
}

TEST(SlackGolden, OfTheTeamAsItsDeliveryManagerSeesIt) {
    expect_golden("team", team_page::page(the_team(), true, {"Dev Patel"}, reader), Readers::one);
    auto paused = the_team();
    paused.ceremonies.front().paused = true;
    expect_golden(
        "team_paused", team_page::page(paused, true, {"Dev Patel"}, reader), Readers::one
    );
}

TEST(SlackGolden, OfTheTeamAsEverybodySeesIt) {
    expect_golden(
        "team_for_members", team_page::page(the_team(), false, {"Dev Patel"}, reader), Readers::one
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
