#include "bot/domain/newcomer.hpp"

#include <algorithm>

#include "bot/domain/onboarding.hpp"
#include "bot/domain/onboarding_sketch.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::newcomer {
namespace {

using namespace standup::words;

constexpr const char* field = "people";  // that the account stands in

std::string account_in(const Setup& setup) {
    for (const auto& [key, value] : setup.entered)
        if (key == field) return value;
    return {};
}

bool is_of(const Setup& setup, const Roster& roster) {
    return setup.kind == SetupKind::newcomer && setup.team == roster.team.id;
}

void tell_delivery_managers(
    Decision& decision, const Setup& setup, const Roster& roster, Instant now, IdSource& ids
) {
    for (auto manager : holders(roster, Role::delivery_manager, now)) {
        auto key = standup::to_person(Purpose::newcomer, setup.id.value, manager);
        decision.deliveries.push_back(standup::tell(std::move(key), now, ids));
    }
}

Decision moved_on(
    Setup setup,
    SetupState state,
    const Roster& roster,
    std::optional<PersonId> by,
    Instant now,
    IdSource& ids
) {
    setup.state = state;
    const auto* kind = state == SetupState::offered   ? "newcomer.offered"
                       : state == SetupState::started ? "newcomer.added"
                                                      : "newcomer.left_out";
    Decision decision;
    decision.events.push_back({kind, setup.id.value, by, {}});
    if (state != SetupState::ended) tell_delivery_managers(decision, setup, roster, now, ids);
    decision.changes.emplace_back(std::move(setup));
    return decision;
}

Text named(const char* key, const Setup& setup, const Roster& roster) {
    auto name = setup.people.empty() ? account_in(setup) : setup.people.front().name;
    return text(key, {{"person", UserText{name}}, {"team", UserText{roster.team.name}}});
}

Text settled(const Setup& setup, const Roster& roster) {
    return named(
        setup.state == SetupState::started ? "newcomer.added" : "newcomer.left_out", setup, roster
    );
}

// The team with them in it; and themselves, where we do not know them yet.
settings::Wanted wanted_with(
    const Setup& setup, const Roster& roster, const settings::Document& document
) {
    auto wanted = settings::wanted_of(document, roster.team.id);
    auto& team = wanted.teams.front();
    std::string key;
    if (const auto* known = onboarding::person_of(setup, document, account_in(setup))) {
        key = known->key;
    } else {
        std::set<std::string> taken;
        for (const auto& person : document.people)
            taken.insert(person.key);
        auto connection =
            std::ranges::find(document.connections, setup.connection, &Connection::id);
        auto person =
            onboarding::wanted_person(setup.people.front(), *connection, team.zone, taken);
        if (person.zone == team.zone) person.calendar = team.calendar;
        key = person.key;
        wanted.people.push_back(std::move(person));
    }
    std::erase(team.observers, key);
    if (std::ranges::find(team.members, key) == team.members.end()) team.members.push_back(key);
    return wanted;
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

Buttons buttons_of(const Setup& setup) {
    auto add = choice(Verb::add_newcomer, setup.id.value, text("button.add_newcomer"));
    add.primary = true;
    auto leave = choice(Verb::leave_newcomer, setup.id.value, text("button.leave_newcomer"));
    return {{std::move(add), std::move(leave)}};
}

}  // namespace

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
        if (account_in(setup) == joined.person) return {};  // came back
        if (setup.state == SetupState::checking || setup.state == SetupState::offered) ++open;
    }
    if (open >= most_offered) return {};
    Setup setup;
    setup.id = ids.next<SetupId>();
    setup.kind = SetupKind::newcomer;
    setup.connection = connection;
    setup.place = joined.place;
    setup.state = SetupState::checking;
    setup.entered = {{field, joined.person}};
    setup.team = roster.team.id;
    Decision decision;
    decision.events.push_back({onboarding::look_up_event, setup.id.value, std::nullopt, {}});
    decision.changes.emplace_back(std::move(setup));
    return decision;
}

Decision looked_up(
    Setup setup, const LookedUp& found, const Roster& roster, Instant now, IdSource& ids
) {
    if (setup.state != SetupState::checking || found.state != setup.state) return {};
    auto is_meant = [&](const Profile& profile) { return profile.account == account_in(setup); };
    auto profile = std::ranges::find_if(found.people, is_meant);
    const bool is_person = profile != found.people.end() && !profile->is_bot && !profile->is_closed;
    if (is_person) setup.people = {*profile};
    auto state = is_person ? SetupState::offered : SetupState::ended;
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

Decision left_out(Setup setup, const Roster& roster, const Person& by, Instant now, IdSource& ids) {
    if (setup.state != SetupState::offered)
        return {.reply = standup::say(by, settled(setup, roster))};
    return moved_on(std::move(setup), SetupState::declined, roster, by.id, now, ids);
}

Composed card(
    const Setup& setup,
    const Roster& roster,
    const settings::Document& document,
    const Reader& reader
) {
    const auto* known = onboarding::person_of(setup, document, account_in(setup));
    const auto* member = known ? roster.member(known->id) : nullptr;
    const bool is_in = member && member->standing == Standing::participant;
    if (is_in && setup.state != SetupState::started) return Pointless{"is in"};
    if (setup.state == SetupState::started || setup.state == SetupState::declined)
        return note(reader, settled(setup, roster));
    if (setup.state != SetupState::offered) return Pointless{"gone"};
    auto message = note(reader, named("newcomer.offer", setup, roster));
    if (setup.people.front().is_outsider)
        message.blocks.push_back(Paragraph{text("newcomer.is_outsider")});
    message.blocks.push_back(buttons_of(setup));
    return message;
}

}  // namespace muster::newcomer
