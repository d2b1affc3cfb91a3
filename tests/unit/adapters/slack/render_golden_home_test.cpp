#include "bot/domain/home.hpp"
#include "tests/unit/adapters/golden/golden_scene.hpp"
#include "tests/unit/adapters/slack/golden.hpp"

namespace muster::slack {
namespace {

using namespace golden_scene;
using golden::catalogue;
using golden::expect_golden;
using golden::refused;

void expect_home(const std::string& name, const Message& page) {
    const auto view = render_as_home(page, catalogue());
    EXPECT_EQ(refused(check_view(*view.object(), fake_slack::Surface::home)), "") << name;
    expect_golden(name, view);
}

home::Home a_home() {
    home::Home home;
    home.person = ana();
    home.teams = {payments()};
    home.next =
        home::Next{"Payments", "stand-up", at(9, 30, LocalDate{year{2026}, November, day{25}})};
    return home;
}

Absence some_days(LocalDate from, LocalDate to) {
    Absence absence;
    absence.person = PersonId{1};
    absence.days = {from, to};
    return absence;
}

TEST(SlackGolden, OfTheHomeOfSomebodyWhoIsAsked) {
    auto home = a_home();
    home.todays = {on_a_usual_day()};
    home.own = {a_blocker(12, "test data"), a_new_blocker()};
    home.absences = {some_days(year{2026} / 12 / 1, year{2026} / 12 / 3)};
    expect_home("home_asked", home::page(home, at(9, 35)));
}

TEST(SlackGolden, OfTheHomeOnADayOff) {
    auto home = a_home();
    home.person.plain = home.person.longer = true;
    home.absences = {some_days(year{2026} / 11 / 24, year{2026} / 11 / 24)};
    expect_home("home_day_off", home::page(home, at(9, 35)));
}

TEST(SlackGolden, OfTheHomeOfADeliveryManager) {
    auto home = a_home();
    home.person = someone(2, "Dev Patel");
    auto second = payments();
    second.name = "Letters";
    home.in_care = {
        {second, std::nullopt, {}, {}},
        {payments(),
         while_open(),
         {a_blocker(12, "test data"),
          a_new_blocker(),
          a_blocker(14, "no reply"),
          a_blocker(15, "letters")},
         {}}};
    expect_home("home_delivery_manager", home::page(home, at(9, 50)));
    home.in_care.back().findings = what_would_stop_it();
    examination::Finding unled{
        .kind = examination::Finding::Kind::no_delivery_manager, .team = second};
    home.of_organisation = {unled};
    expect_home("home_with_findings", home::page(home, at(9, 50)));
}

TEST(SlackGolden, OfTheHomeOfAStranger) {
    expect_home("home_stranger", home::page_of_a_stranger({"en", "Europe/London"}));
}

}  // namespace
}  // namespace muster::slack
