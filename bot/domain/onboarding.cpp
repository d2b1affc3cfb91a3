#include "bot/domain/onboarding.hpp"

#include <algorithm>

#include "bot/domain/form_parts.hpp"
#include "bot/domain/onboarding_sketch.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/team_page.hpp"
#include "bot/domain/team_people.hpp"

namespace muster::onboarding {
namespace {

Event event_of(const char* kind, const Setup& setup, std::optional<PersonId> actor = {}) {
    return {kind, setup.id.value, actor, {{"place", setup.place}}};
}

Event to_look_up(const Setup& setup) {
    return event_of(look_up_event, setup);
}

// The offer and each proposal are told again, so that only the newest has buttons.
void show_cards(
    Decision& decision, const Setup& setup, PersonId starter, Instant now, IdSource& ids
) {
    for (int seq = 0; seq <= setup.proposals; ++seq) {
        auto key = standup::to_person(Purpose::setup, setup.id.value, starter, seq);
        decision.deliveries.push_back(standup::tell(std::move(key), now, ids));
    }
}

Decision moved_on(
    Setup setup, const char* event, std::optional<PersonId> starter, Instant now, IdSource& ids
) {
    Decision decision;
    decision.events.push_back(event_of(event, setup, starter));
    if (starter) show_cards(decision, setup, *starter, now, ids);
    decision.changes.emplace_back(std::move(setup));
    return decision;
}

std::optional<PersonId> id_of(const Person* person) {
    return person ? std::optional{person->id} : std::nullopt;
}

// Who invited Muster may be the first person it knows at all. Nobody of another organisation
// decides for a team, or hears of one.
struct Starter {
    Decision decision;
    std::optional<PersonId> id;
};

Starter starter_of(const Setup& setup, const settings::Document& document, IdSource& ids) {
    const auto* profile = profile_of(setup, setup.starter);
    const auto* known = person_of(setup, document, setup.starter);
    if ((profile && profile->is_outsider) || (known && known->outsider)) return {};
    if (known) return {{}, known->id};
    auto connection = std::ranges::find(document.connections, setup.connection, &Connection::id);
    if (!profile || profile->is_bot || connection == document.connections.end()) return {};

    std::set<std::string> keys;
    for (const auto& person : document.people)
        keys.insert(person.key);
    settings::Wanted wanted;
    wanted.people = {wanted_person(*profile, *connection, Person{}.zone, keys)};
    auto changed = settings::change(document, wanted, false, std::nullopt, ids);
    if (!changed) return {};
    Starter starter{std::move(changed->decision), std::nullopt};
    for (const auto& change : starter.decision.changes)
        if (const auto* person = std::get_if<Person>(&change)) starter.id = person->id;
    return starter;
}

Decision offered(Setup setup, const settings::Document& document, Instant now, IdSource& ids) {
    auto starter = starter_of(setup, document, ids);
    if (!starter.id) {
        setup.state = SetupState::ended;
        return moved_on(std::move(setup), "setup.nobody_to_ask", std::nullopt, now, ids);
    }
    setup.state = SetupState::offered;
    auto decision = std::move(starter.decision);
    append(decision, moved_on(std::move(setup), "setup.offered", starter.id, now, ids));
    return decision;
}

bool has_account(const std::vector<Profile>& people, const std::string& account) {
    return std::ranges::find(people, account, &Profile::account) != people.end();
}

bool has_picked_others(const Setup& setup, const LookedUp& found) {
    auto is_new = [&](const std::string& account) {
        return std::ranges::find(found.asked, account) == found.asked.end();
    };
    return std::ranges::any_of(people_to_look_up(setup, setup.found), is_new);
}

void add_errors(FormErrors& all, const team_page::Edited& edited) {
    if (const auto* errors = std::get_if<FormErrors>(&edited))
        all.errors.insert(all.errors.end(), errors->errors.begin(), errors->errors.end());
}

FormErrors errors_in(const FormValues& values, const Ceremony& usual, const Reader& reader) {
    FormErrors all{reader, {}};
    auto expect = [&](bool fits, const char* field, Text words) {
        if (!fits) all.errors.emplace_back(field, std::move(words));
    };
    const auto* name = value_of(values, "name");
    expect(name && !name->empty(), "name", text("setup.error_name"));
    expect(!name || name->size() <= settings::longest_name, "name", text("setup.error_long_name"));
    const auto* people = value_of(values, "people");
    const auto picked = people ? accounts_in(*people).size() : 0;
    expect(picked > 0, "people", text("setup.error_people"));
    expect(
        picked <= settings::most_members,
        "people",
        text("setup.error_too_many", {{"count", std::int64_t{settings::most_members}}})
    );
    add_errors(all, team_page::with_schedule(usual, values, reader));
    add_errors(all, team_page::with_questions(usual, values, reader));
    return all;
}

}  // namespace

bool is_unfinished(const Setup& setup) {
    return setup.state != SetupState::started && setup.state != SetupState::ended;
}

Decision invited(
    const Joined& joined,
    ConnectionId connection,
    const std::vector<Setup>& before,
    const settings::Document& document,
    Instant now,
    IdSource& ids
) {
    auto decision = uninvited(before, document, now, ids);
    Setup setup;
    setup.id = ids.next<SetupId>();
    setup.connection = connection;
    setup.place = joined.place;
    setup.starter = joined.by;
    if (joined.by.empty()) {
        decision.events.push_back(event_of("setup.nobody_to_ask", setup));
        return decision;
    }
    decision.events.push_back(to_look_up(setup));
    decision.changes.emplace_back(std::move(setup));
    return decision;
}

Decision uninvited(
    const std::vector<Setup>& setups, const settings::Document& document, Instant now, IdSource& ids
) {
    Decision decision;
    for (auto setup : setups) {
        if (!is_unfinished(setup)) continue;
        const auto was_shown = setup.state != SetupState::looking;
        setup.state = SetupState::ended;
        const auto* starter = was_shown ? person_of(setup, document, setup.starter) : nullptr;
        append(decision, moved_on(std::move(setup), "setup.ended", id_of(starter), now, ids));
    }
    return decision;
}

std::vector<std::string> people_to_look_up(const Setup& setup, const PlaceFacts& place) {
    std::vector<std::string> accounts;
    if (setup.state == SetupState::looking) {
        accounts.push_back(setup.starter);
        if (!place.has_more && place.members.size() <= most_members_looked_at)
            accounts.insert(accounts.end(), place.members.begin(), place.members.end());
    } else if (setup.state == SetupState::checking) {
        for (const auto& field : team_people::fields_of(setup.kind))
            if (const auto* people = value_of(setup.entered, field))
                for (auto& account : accounts_in(*people))
                    accounts.push_back(std::move(account));
    }
    std::ranges::sort(accounts);
    auto doubled = std::ranges::unique(accounts);
    accounts.erase(doubled.begin(), doubled.end());
    std::erase_if(accounts, [&](const std::string& account) {
        return has_account(setup.people, account);
    });
    return accounts;
}

Decision looked_up(
    Setup setup,
    const LookedUp& found,
    const settings::Document& document,
    Instant now,
    IdSource& ids
) {
    if (setup.state != found.state) return {};
    if (found.place) setup.found = *found.place;
    if (found.group && !team_people::group_to_look_up(setup).empty())
        setup = team_people::with_group(std::move(setup), *found.group);
    for (const auto& profile : found.people)
        if (!has_account(setup.people, profile.account)) setup.people.push_back(profile);
    if (setup.state == SetupState::looking) return offered(std::move(setup), document, now, ids);
    if (setup.state != SetupState::checking) return {};
    if (has_picked_others(setup, found)) {  // while it was being looked up
        auto again = to_look_up(setup);
        return {.changes = {std::move(setup)}, .events = {std::move(again)}};
    }
    if (setup.kind != SetupKind::new_team)
        return team_people::applied(std::move(setup), document, now, ids);
    setup.state = SetupState::proposed;
    ++setup.proposals;
    const auto* starter = person_of(setup, document, setup.starter);
    return moved_on(std::move(setup), "setup.proposed", id_of(starter), now, ids);
}

Decision entered(
    Setup setup, FormValues values, const Person& starter, Instant now, IdSource& ids
) {
    const auto usual = chosen_ceremony(Setup{}, local_date(starter.zone, now));
    auto errors = errors_in(values, usual, standup::reader_of(starter));
    if (!errors.errors.empty()) return {.reply = std::move(errors)};
    setup.entered = std::move(values);
    setup.state = SetupState::checking;
    auto decision = moved_on(setup, "setup.entered", starter.id, now, ids);
    decision.events.push_back(to_look_up(setup));
    return decision;
}

Decision declined(Setup setup, const Person& starter, Instant now, IdSource& ids) {
    setup.state = SetupState::declined;
    return moved_on(std::move(setup), "setup.declined", starter.id, now, ids);
}

Decision started(
    Setup setup,
    const settings::Document& document,
    const Person& starter,
    Instant now,
    IdSource& ids
) {
    auto made = made_of(setup, document, starter, now, ids);
    if (!made) {
        auto words =
            text("team.does_not_fit", {{"expected", UserText{made.error().front().expected}}});
        return {.reply = standup::say(starter, std::move(words))};
    }
    const auto team = made->roster.team.id;
    setup.state = SetupState::started;
    setup.team = team;
    auto decision = std::move(made->changed.decision);
    for (const auto& channel : made->roster.channels) {
        auto key = standup::to_channel(Purpose::announcement, team.value, channel.id);
        decision.deliveries.push_back(standup::tell(std::move(key), now, ids));
    }
    for (const auto& member : made->roster.members) {
        if (member.person.id == starter.id) continue;  // has read it all
        auto key = standup::to_person(
            Purpose::welcome, team.value, member.person.id, standup::day_number(now)
        );
        decision.deliveries.push_back(standup::tell(std::move(key), now, ids));
    }
    append(decision, moved_on(std::move(setup), "setup.started", starter.id, now, ids));
    return decision;
}

}  // namespace muster::onboarding
