#include "bot/domain/newcomer.hpp"
#include "bot/domain/onboarding.hpp"
#include "config/calendars.hpp"
#include "tests/unit/adapters/slack/golden.hpp"

namespace muster::slack {
namespace {

using golden::catalogue;
using golden::expect_golden;
using golden::expect_golden_view;

const Reader priya{"en", "Europe/London"};
const auto monday_noon = *instant_from("2026-11-23T12:00:00.000Z");

settings::Document the_document() {
    settings::Document document;
    document.organisation = {OrganisationId{1}, "Example Agency"};
    document.connections = {{ConnectionId{1}, OrganisationId{1}, "main", "slack"}};
    Person starter;
    starter.id = PersonId{1};
    starter.key = "priya-shah";
    starter.name = "Priya Shah";
    starter.home = AccountId{1};
    document.people = {starter};
    document.accounts = {{AccountId{1}, ConnectionId{1}, PersonId{1}, "UPRIYA", std::nullopt}};
    document.calendars = config::builtin_calendars();
    return document;
}

Setup the_setup(SetupState state) {
    Setup setup;
    setup.id = SetupId{7};
    setup.connection = ConnectionId{1};
    setup.place = "CTAX";
    setup.starter = "UPRIYA";
    setup.state = state;
    setup.found = {"team-tax", false, false, false, {"UPRIYA", "UTOM", "UKIM", "UBOT"}};
    setup.people = {
        {"UPRIYA", "Priya Shah", "", "Europe/London"},
        {"UTOM", "Tom Bell", "", "Europe/London"},
        {"UKIM", "Kim Lee", "", "America/New_York"},
        {"UOLA", "Ola Nowak", "", "", false, false, false, true},
        {"UBOT", "Build bot", "", "", true}};
    return setup;
}

Setup as_entered(SetupState state, const std::string& people) {
    auto setup = the_setup(state);
    setup.entered = {{"name", "Tax"}, {"people", people}, {"days", "mon tue wed thu fri"}};
    setup.proposals = 1;
    return setup;
}

Message card_of(const Setup& setup) {
    auto card = onboarding::card(setup, the_document(), setup.proposals, priya, monday_noon);
    return std::get<Message>(card);
}

Roster the_roster() {
    IdSource ids{Seed{1, 2}};
    auto starter = the_document().people.front();
    auto started = onboarding::started(
        as_entered(SetupState::proposed, "UTOM UKIM"), the_document(), starter, monday_noon, ids
    );
    Roster roster;
    for (const auto& change : started.changes) {
        if (const auto* team = std::get_if<Team>(&change)) roster.team = *team;
        if (const auto* ceremony = std::get_if<Ceremony>(&change))
            roster.ceremonies.push_back(*ceremony);
        if (const auto* person = std::get_if<Person>(&change))
            roster.members.push_back({*person, Standing::participant, {}, {}});
    }
    roster.calendars = std::make_shared<const CalendarBook>();
    return roster;
}

TEST(SlackGolden, OfAnOfferToSetUpAStandUp) {
    expect_golden("setup_offer", card_of(the_setup(SetupState::offered)), Readers::one);
    auto nameless = the_setup(SetupState::offered);
    nameless.found = {};
    expect_golden("setup_offer_little_known", card_of(nameless), Readers::one);
}

TEST(SlackGolden, OfTheFormThatSetsATeamUp) {
    auto form = onboarding::form(the_setup(SetupState::offered), the_document(), priya);
    expect_golden_view("form_setup", render(form, catalogue()));
}

TEST(SlackGolden, OfWhatWouldBeStarted) {
    expect_golden(
        "setup_proposal",
        card_of(as_entered(SetupState::proposed, "UPRIYA UTOM UKIM")),
        Readers::one
    );
    auto doubtful = as_entered(SetupState::proposed, "UTOM UOLA UBOT UNOBODY");
    doubtful.found.is_shared = true;
    expect_golden("setup_proposal_with_findings", card_of(doubtful), Readers::one);
    expect_golden(
        "setup_nobody_asked", card_of(as_entered(SetupState::proposed, "UBOT")), Readers::one
    );
}

TEST(SlackGolden, OfATryBeforeItStarts) {
    auto setup = as_entered(SetupState::proposed, "UTOM");
    auto trial = onboarding::trial(setup, the_document(), monday_noon);
    expect_golden_view("form_setup_trial", render(trial.value(), catalogue()));
    auto tried = onboarding::tried(
        setup,
        the_document(),
        {{"today", "Test the new tax form"}, {"blocker", "No test data"}},
        monday_noon
    );
    expect_golden("setup_tried", tried.value(), Readers::one);
}

TEST(SlackGolden, OfWhatBecomesOfASetUp) {
    expect_golden(
        "setup_checking", card_of(as_entered(SetupState::checking, "UTOM")), Readers::one
    );
    auto started = as_entered(SetupState::started, "UTOM");
    started.team = TeamId{9};
    expect_golden("setup_started", card_of(started), Readers::one);
    expect_golden("setup_declined", card_of(the_setup(SetupState::declined)), Readers::one);
    expect_golden("setup_ended", card_of(the_setup(SetupState::ended)), Readers::one);
}

// What its delivery manager is offered, and how it ends.
void expect_golden_offers(
    const std::string& name, Setup setup, const char* added, const char* left
) {
    auto expect = [&](const std::string& ending, SetupState state) {
        setup.state = state;
        auto card = newcomer::card(setup, the_roster(), the_document(), priya);
        expect_golden(name + ending, std::get<Message>(card), Readers::one);
    };
    expect("_offer", SetupState::offered);
    expect(added, SetupState::started);
    expect(left, SetupState::declined);
}

TEST(SlackGolden, OfSomebodyWhoJoinedTheChannel) {
    auto setup = the_setup(SetupState::offered);
    setup.kind = SetupKind::newcomer;
    setup.entered = {{"people", "UOLA"}};
    setup.people = {{"UOLA", "Ola Nowak", "", "", false, false, false, true}};
    expect_golden_offers("newcomer", setup, "_added", "_left_out");
}

TEST(SlackGolden, OfAUserGroupThatHasChanged) {
    auto setup = the_setup(SetupState::offered);
    setup.kind = SetupKind::group;
    setup.entered = {{"people", "UOLA UKIT"}, {"left", "UPRIYA"}, {"group", "@tax-team"}};
    setup.people = {
        {"UOLA", "Ola Nowak", "", "", false, false, false, true}, {"UKIT", "Kit Brown", "", ""}};
    expect_golden_offers("group", setup, "_followed", "_left");
}

TEST(SlackGolden, OfWhatTheTeamIsTold) {
    auto roster = the_roster();
    auto to_channel = onboarding::announcement(roster, priya);
    expect_golden("announcement", std::get<Message>(to_channel), Readers::many);
    const auto& kim = roster.members.back().person;
    auto to_kim = onboarding::welcome(roster, kim, {"en", kim.zone}, monday_noon);
    expect_golden("welcome", std::get<Message>(to_kim), Readers::one);
}

}  // namespace
}  // namespace muster::slack
