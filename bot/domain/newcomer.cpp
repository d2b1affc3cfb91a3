#include "bot/domain/newcomer.hpp"

#include <algorithm>

#include "bot/domain/newcomer_parts.hpp"
#include "bot/domain/onboarding.hpp"
#include "bot/domain/onboarding_sketch.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"
#include "bot/domain/team_days.hpp"

namespace muster::newcomer {
namespace {

using namespace standup::words;

bool is_of(const Setup& setup, const Roster& roster) {
    return setup.kind == SetupKind::newcomer && setup.team == roster.team.id;
}

Decision moved_on(
    Setup setup,
    SetupState state,
    const Roster& roster,
    std::optional<PersonId> by,
    Instant now,
    IdSource& ids
) {
    const bool was_shown = setup.state == SetupState::offered;
    setup.state = state;
    const auto* kind = state == SetupState::offered    ? "newcomer.offered"
                       : state == SetupState::started  ? "newcomer.added"
                       : state == SetupState::declined ? "newcomer.left_out"
                                                       : "newcomer.ended";
    Decision decision;
    decision.events.push_back({kind, setup.id.value, by, {}});
    if (was_shown || state != SetupState::ended)
        tell_delivery_managers(decision, setup, roster, now, ids);
    decision.changes.emplace_back(std::move(setup));
    return decision;
}

Text named(const char* key, const Setup& setup, const Roster& roster) {
    auto name = setup.people.empty() ? account_of(setup) : setup.people.front().name;
    return text(key, {{"person", UserText{name}}, {"team", UserText{roster.team.name}}});
}

Text settled(const Setup& setup, const Roster& roster) {
    if (setup.kind == SetupKind::group) return group_settled(setup, roster);
    const bool is_done = setup.state == SetupState::started;
    return named(is_done ? "newcomer.added" : "newcomer.left_out", setup, roster);
}

struct Wanting {
    const Setup& setup;
    const settings::Document& document;
    settings::Wanted wanted;
    std::set<std::string> taken;  // keys of people
};

// Whom we do not know yet is made a person.
std::string key_of(Wanting& wanting, const Profile& profile) {
    const auto& [setup, document, wanted, taken] = wanting;
    if (const auto* known = onboarding::person_of(setup, document, profile.account))
        return known->key;
    const auto& team = wanted.teams.front();
    auto connection = std::ranges::find(document.connections, setup.connection, &Connection::id);
    auto person = onboarding::wanted_person(profile, *connection, team.zone, taken);
    if (person.zone == team.zone)
        person.calendar = team_days::shared_calendar(setup.team.value_or(TeamId{}), document);
    wanting.taken.insert(person.key);
    wanting.wanted.people.push_back(person);
    return person.key;
}

// The team with those in it who came, and without those who left.
settings::Wanted wanted_with(
    const Setup& setup, const Roster& roster, const settings::Document& document
) {
    Wanting wanting{setup, document, settings::wanted_of(document, roster.team.id), {}};
    for (const auto& person : document.people)
        wanting.taken.insert(person.key);
    for (const auto& profile : setup.people) {
        auto key = key_of(wanting, profile);
        auto& team = wanting.wanted.teams.front();
        std::erase(team.observers, key);
        if (std::ranges::find(team.members, key) == team.members.end()) team.members.push_back(key);
    }
    auto& team = wanting.wanted.teams.front();
    for (const auto& account : accounts(setup, left_field)) {
        const auto* known = onboarding::person_of(setup, document, account);
        if (known) std::erase(team.members, known->key);
        if (known) std::erase(team.observers, known->key);
    }
    return std::move(wanting.wanted);
}

void welcome(Decision& decision, TeamId team, Instant now, IdSource& ids) {
    std::vector<Tell> welcomes;
    for (const auto& change : decision.changes) {
        const auto* membership = std::get_if<Membership>(&change);
        if (!membership || membership->standing != Standing::participant) continue;
        auto key = standup::to_person(
            Purpose::welcome, team.value, membership->person, standup::day_number(now)
        );
        welcomes.push_back(standup::tell(std::move(key), now, ids));
    }
    std::ranges::move(welcomes, std::back_inserter(decision.deliveries));
}

bool is_in_by_now(const Setup& setup, const Roster& roster, const settings::Document& document) {
    if (setup.kind != SetupKind::newcomer) return false;
    const auto* member = member_of(setup, roster, document, account_of(setup));
    return member && member->standing == Standing::participant;
}

}  // namespace

std::string account_of(const Setup& setup) {
    return entered(setup, came_field);
}

Decision joined(
    const Roster& roster,
    ConnectionId connection,
    const MemberJoined& joined,
    const std::vector<Setup>& before,
    IdSource& ids
) {
    std::size_t open = 0;
    for (const auto& setup : before) {
        if (!is_of(setup, roster)) continue;
        if (account_of(setup) == joined.person) return {};  // came back
        if (is_open(setup)) ++open;
    }
    if (open >= most_offered) return {};
    auto setup = unsettled(SetupKind::newcomer, roster, connection, joined.place, ids);
    setup.entered = {{came_field, joined.person}};
    return to_be_looked_up(std::move(setup));
}

Decision looked_up(
    Setup setup, const LookedUp& found, const Roster& roster, Instant now, IdSource& ids
) {
    if (setup.state != SetupState::checking || found.state != setup.state) return {};
    for (const auto& profile : found.people) {
        const bool is_person = !profile.is_bot && !profile.is_closed;
        if (is_person && holds(accounts(setup, came_field), profile.account))
            setup.people.push_back(profile);
    }
    const bool is_nobody = setup.people.empty() && accounts(setup, left_field).empty();
    auto state = is_nobody ? SetupState::ended : SetupState::offered;
    return moved_on(std::move(setup), state, roster, std::nullopt, now, ids);
}

Decision added(
    Setup setup,
    const Roster& roster,
    const settings::Document& document,
    const Person& by,
    Instant now,
    IdSource& ids
) {
    if (setup.state != SetupState::offered && setup.state != SetupState::declined)
        return {.reply = standup::say(by, settled(setup, roster))};
    auto changed =
        settings::change(document, wanted_with(setup, roster, document), false, by.id, ids);
    if (!changed) {
        auto why =
            text("team.does_not_fit", {{"expected", UserText{changed.error().front().expected}}});
        return {.reply = standup::say(by, std::move(why))};
    }
    auto decision = std::move(changed->decision);
    welcome(decision, roster.team.id, now, ids);
    append(decision, moved_on(std::move(setup), SetupState::started, roster, by.id, now, ids));
    return decision;
}

Decision left_out(
    Setup setup,
    const Roster& roster,
    const settings::Document& document,
    const Person& by,
    Instant now,
    IdSource& ids
) {
    if (setup.state != SetupState::offered)
        return {.reply = standup::say(by, settled(setup, roster))};
    if (is_in_by_now(setup, roster, document)) {
        auto reply = standup::say(by, named("newcomer.was_added", setup, roster));
        auto decision = moved_on(std::move(setup), SetupState::ended, roster, by.id, now, ids);
        decision.reply = std::move(reply);
        return decision;
    }
    return moved_on(std::move(setup), SetupState::declined, roster, by.id, now, ids);
}

Composed card(
    const Setup& setup,
    const Roster& roster,
    const settings::Document& document,
    const Reader& reader
) {
    const bool is_in = is_in_by_now(setup, roster, document);
    if (is_in && setup.state != SetupState::started) return Pointless{"is in"};
    if (setup.state == SetupState::started || setup.state == SetupState::declined)
        return note(reader, settled(setup, roster));
    if (setup.state != SetupState::offered) return Pointless{"gone"};
    if (setup.kind == SetupKind::group) return group_offer(setup, roster, document, reader);
    auto message = note(reader, named("newcomer.offer", setup, roster));
    if (has_outsiders(setup)) message.blocks.push_back(Paragraph{text("newcomer.is_outsider")});
    message.blocks.push_back(buttons_of(setup));
    return message;
}

}  // namespace muster::newcomer
