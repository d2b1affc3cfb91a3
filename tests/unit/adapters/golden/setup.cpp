#include "bot/domain/newcomer.hpp"
#include "bot/domain/onboarding.hpp"
#include "config/calendars.hpp"
#include MUSTER_GOLDEN_PLATFORM

namespace muster::golden {
namespace {

const Reader priya{"en", "Europe/London"};
const auto monday_noon = *instant_from("2026-11-23T12:00:00.000Z");

settings::Document the_document() {
    settings::Document document;
    document.organisation = {OrganisationId{1}, "Example Agency"};
    document.connections = {{ConnectionId{1}, OrganisationId{1}, "main", platform}};
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

TEST(MUSTER_GOLDEN_SUITE, OfAnOfferToSetUpAStandUp) {
    expect_direct("setup_offer", card_of(the_setup(SetupState::offered)));
    auto nameless = the_setup(SetupState::offered);
    nameless.found = {};
    expect_direct("setup_offer_little_known", card_of(nameless));
}

TEST(MUSTER_GOLDEN_SUITE, OfTheFormThatSetsATeamUp) {
    auto form = onboarding::form(the_setup(SetupState::offered), the_document(), priya);
    expect_form("form_setup", form);
}

TEST(MUSTER_GOLDEN_SUITE, OfWhatWouldBeStarted) {
    expect_direct("setup_proposal", card_of(as_entered(SetupState::proposed, "UPRIYA UTOM UKIM")));
    auto doubtful = as_entered(SetupState::proposed, "UTOM UOLA UBOT UNOBODY");
    doubtful.found.is_shared = true;
    expect_direct("setup_proposal_with_findings", card_of(doubtful));
    expect_direct("setup_nobody_asked", card_of(as_entered(SetupState::proposed, "UBOT")));
}

TEST(MUSTER_GOLDEN_SUITE, OfATryBeforeItStarts) {
    auto setup = as_entered(SetupState::proposed, "UTOM");
    auto trial = onboarding::trial(setup, the_document(), monday_noon);
    expect_form("form_setup_trial", trial.value());
    auto tried = onboarding::tried(
        setup,
        the_document(),
        {{"today", "Test the new tax form"}, {"blocker", "No test data"}},
        monday_noon
    );
    expect_direct("setup_tried", tried.value());
}

TEST(MUSTER_GOLDEN_SUITE, OfWhatBecomesOfASetUp) {
    expect_direct("setup_checking", card_of(as_entered(SetupState::checking, "UTOM")));
    auto started = as_entered(SetupState::started, "UTOM");
    started.team = TeamId{9};
    expect_direct("setup_started", card_of(started));
    expect_direct("setup_declined", card_of(the_setup(SetupState::declined)));
    expect_direct("setup_ended", card_of(the_setup(SetupState::ended)));
}

// What its delivery manager is offered, and how it ends.
void expect_golden_offers(
    const std::string& name, Setup setup, const char* added, const char* left
) {
    auto expect = [&](const std::string& ending, SetupState state) {
        setup.state = state;
        auto card = newcomer::card(setup, the_roster(), the_document(), priya);
        expect_direct(name + ending, std::get<Message>(card));
    };
    expect("_offer", SetupState::offered);
    expect(added, SetupState::started);
    expect(left, SetupState::declined);
}

TEST(MUSTER_GOLDEN_SUITE, OfSomebodyWhoJoinedTheChannel) {
    auto setup = the_setup(SetupState::offered);
    setup.kind = SetupKind::newcomer;
    setup.entered = {{"people", "UOLA"}};
    setup.people = {{"UOLA", "Ola Nowak", "", "", false, false, false, true}};
    expect_golden_offers("newcomer", setup, "_added", "_left_out");
}

TEST(MUSTER_GOLDEN_SUITE, OfAUserGroupThatHasChanged) {
    auto setup = the_setup(SetupState::offered);
    setup.kind = SetupKind::group;
    setup.entered = {{"people", "UOLA UKIT"}, {"left", "UPRIYA"}, {"group", "@tax-team"}};
    setup.people = {
        {"UOLA", "Ola Nowak", "", "", false, false, false, true}, {"UKIT", "Kit Brown", "", ""}};
    expect_golden_offers("group", setup, "_followed", "_left");
}

TEST(MUSTER_GOLDEN_SUITE, OfWhatTheTeamIsTold) {
    auto roster = the_roster();
    auto to_channel = onboarding::announcement(roster, priya);
    expect_in_channel("announcement", std::get<Message>(to_channel));
    const auto& kim = roster.members.back().person;
    auto to_kim = onboarding::welcome(roster, kim, {"en", kim.zone}, monday_noon);
    expect_direct("welcome", std::get<Message>(to_kim));
}

}  // namespace
}  // namespace muster::golden
