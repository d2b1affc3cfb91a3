#include "bot/domain/team_people.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "bot/domain/form_parts.hpp"
#include "bot/domain/onboarding.hpp"
#include "bot/domain/onboarding_sketch.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"
#include "bot/domain/team_days.hpp"

namespace muster::team_people {
namespace {

using namespace standup::words;
using onboarding::Picked;
using onboarding::WhyNot;

using Keys = std::vector<std::string>;  // of people

constexpr const char* asked_field = "people";
constexpr const char* observers_field = "observers";
constexpr const char* group_field = "group";
// In what was entered: why it was not saved, as what should have been or as the key of a text.
constexpr const char* problem = "problem";
constexpr const char* refusal = "refusal";
constexpr const char* shown_field = "shown";  // digest of the form as it was filled in

struct NamedRole {
    Role role;
    const char* label;
};

constexpr std::array roles_of_a_team{
    NamedRole{Role::delivery_manager, "role.delivery_manager"},
    NamedRole{Role::deputy, "role.deputy"},
    NamedRole{Role::lead, "role.lead"},
    NamedRole{Role::head, "role.head"},
    NamedRole{Role::product_owner, "role.product_owner"},
    NamedRole{Role::service_manager, "role.service_manager"},
};

// ---- the forms

// Of those among these people who have one on that connection.
std::string accounts_of(
    const std::vector<PersonId>& people, const settings::Document& document, ConnectionId connection
) {
    std::string accounts;
    for (const auto& account : document.accounts) {
        const bool is_meant = account.connection == connection &&
                              std::ranges::find(people, account.person) != people.end();
        if (is_meant) accounts += (accounts.empty() ? "" : " ") + account.external_id;
    }
    return accounts;
}

// For platforms that have no list of their own to pick from.
std::vector<Choice> known_people(const settings::Document& document, ConnectionId connection) {
    std::vector<Choice> choices;
    for (const auto& account : document.accounts) {
        if (account.connection != connection) continue;
        auto person = std::ranges::find(document.people, account.person, &Person::id);
        if (person == document.people.end() || person->archived) continue;
        choices.push_back({account.external_id, verbatim(person->name)});
    }
    return choices;
}

Form form_of(FormKind kind, const Team& team, const Reader& reader, const char* title) {
    Form form;
    form.context = {kind, team.id.value, 1};
    form.reader = reader;
    form.title = text(title);
    form.submit = text("form.save");
    form.who_sees = text("team.from_the_next");
    return form;
}

Field people_field(
    const char* key,
    const char* label,
    const std::vector<PersonId>& now,
    const settings::Document& document,
    ConnectionId connection
) {
    auto made = field(key, Field::Kind::people, text(label));
    made.initial = accounts_of(now, document, connection);
    made.choices = known_people(document, connection);
    return made;
}

std::vector<PersonId> standing_as(const Roster& roster, Standing standing) {
    std::vector<PersonId> people;
    for (const auto& member : roster.members)
        if (member.standing == standing) people.push_back(member.person.id);
    return people;
}

// ---- what was entered, as settings

struct Drafting {
    const Setup& setup;
    const settings::Document& document;
    const Connection& connection;
    settings::Wanted wanted;  // of the team; with everybody who is new
    std::set<std::string> taken;
};

// Their account on the connection that the form spoke of, so that it could show them there.
bool is_shown(const Drafting& drafting, const std::string& key) {
    auto person = std::ranges::find(drafting.document.people, key, &Person::key);
    if (person == drafting.document.people.end()) return false;
    return std::ranges::any_of(drafting.document.accounts, [&](const Account& account) {
        return account.person == person->id && account.connection == drafting.setup.connection;
    });
}

// Nobody of another organisation decides for a team, or sees what is meant for who does.
bool may_have_a_role(const Picked& one) {
    return one.why_not == WhyNot::none && !one.is_outsider;
}

// Whom the directory knows and we do not is made a person, once.
std::string key_of(Drafting& drafting, const Picked& one) {
    const auto& [setup, document, connection, wanted, taken] = drafting;
    if (const auto* known = onboarding::person_of(setup, document, one.account)) return known->key;
    for (const auto& person : wanted.people)
        if (person.accounts.front().external_id == one.account) return person.key;
    const auto& team = wanted.teams.front();
    const auto* profile = onboarding::profile_of(setup, one.account);
    auto person = onboarding::wanted_person(*profile, connection, team.zone, taken);
    if (person.zone == team.zone)
        person.calendar = team_days::shared_calendar(setup.team.value_or(TeamId{}), document);
    drafting.taken.insert(person.key);
    drafting.wanted.people.push_back(person);
    return person.key;
}

Keys picked_keys(Drafting& drafting, std::string_view field) {
    const bool is_role = drafting.setup.kind == SetupKind::roles;
    Keys keys;
    for (const auto& one : onboarding::picked(drafting.setup, drafting.document, field))
        if (is_role ? may_have_a_role(one) : one.why_not == WhyNot::none)
            keys.push_back(key_of(drafting, one));
    return keys;
}

// Those who could not be picked stay; all others are who was picked.
Keys with_picked(const Drafting& drafting, const Keys& before, const Keys& picked) {
    Keys keys;
    for (const auto& key : before)
        if (!is_shown(drafting, key)) keys.push_back(key);
    keys.insert(keys.end(), picked.begin(), picked.end());
    return keys;
}

void take_out(Keys& from, const Keys& others) {
    std::erase_if(from, [&](const std::string& key) {
        return std::ranges::find(others, key) != others.end();
    });
}

// Who is not said to be otherwise stays what they were; nobody is both.
void set_people(Drafting& drafting) {
    auto asked = picked_keys(drafting, asked_field);
    auto observing = picked_keys(drafting, observers_field);
    auto& team = drafting.wanted.teams.front();
    if (value_of(drafting.setup.entered, asked_field)) {
        team.members = with_picked(drafting, team.members, asked);
        take_out(team.observers, asked);
    }
    if (!value_of(drafting.setup.entered, observers_field)) return;
    take_out(observing, team.members);
    team.observers = with_picked(drafting, team.observers, observing);
}

// Who keeps a role keeps the days on which they share it.
void set_roles(Drafting& drafting) {
    for (const auto& [role, label] : roles_of_a_team) {
        if (!value_of(drafting.setup.entered, name(role))) continue;
        auto picked = picked_keys(drafting, name(role));
        auto& holders = drafting.wanted.teams.front().roles[role];
        std::erase_if(holders, [&](const auto& holder) {
            return is_shown(drafting, holder.first) &&
                   std::ranges::find(picked, holder.first) == picked.end();
        });
        for (const auto& key : picked) {
            auto is_same = [&](const auto& holder) { return holder.first == key; };
            if (std::ranges::none_of(holders, is_same)) holders.push_back({key, {}});
        }
    }
}

settings::ChangeResult changed_by(
    const Setup& setup, const settings::Document& document, PersonId by, IdSource& ids
) {
    auto connection = std::ranges::find(document.connections, setup.connection, &Connection::id);
    auto wanted = settings::wanted_of(document, setup.team.value_or(TeamId{}));
    if (wanted.teams.empty() || connection == document.connections.end())
        return std::vector<settings::Problem>{{"team", "a team that is there"}};
    Drafting drafting{setup, document, *connection, std::move(wanted), {}};
    for (const auto& person : document.people)
        drafting.taken.insert(person.key);
    if (setup.kind == SetupKind::people)
        set_people(drafting);
    else
        set_roles(drafting);
    return settings::change(document, drafting.wanted, false, by, ids);
}

// Whoever is asked from now on and was not before.
void welcome_new_people(
    Decision& decision, TeamId team, const settings::Document& document, Instant now, IdSource& ids
) {
    std::vector<Tell> welcomes;
    for (const auto& change : decision.changes) {
        const auto* membership = std::get_if<Membership>(&change);
        if (!membership || membership->standing != Standing::participant) continue;
        auto was_asked = std::ranges::any_of(document.memberships, [&](const Membership& before) {
            return before.team == team && before.person == membership->person &&
                   before.standing == Standing::participant;
        });
        if (was_asked) continue;
        auto key = standup::to_person(
            Purpose::welcome, team.value, membership->person, standup::day_number(now)
        );
        welcomes.push_back(standup::tell(std::move(key), now, ids));
    }
    decision.deliveries.insert(decision.deliveries.end(), welcomes.begin(), welcomes.end());
}

// Bots and closed accounts may be all that was picked, or the platform told of nobody: a team that
// was left to them would be nobody's.
const char* why_left_to_nobody(const Setup& setup, const settings::Document& document) {
    const bool is_people = setup.kind == SetupKind::people;
    const auto* field = is_people ? asked_field : name(Role::delivery_manager);
    if (!value_of(setup.entered, field)) return nullptr;
    auto picked = onboarding::picked(setup, document, field);
    auto counts = [&](const Picked& one) {
        return is_people ? one.why_not == WhyNot::none : may_have_a_role(one);
    };
    if (std::ranges::any_of(picked, counts)) return nullptr;
    return is_people ? "people.nobody_left" : "people.no_delivery_manager_left";
}

Decision ended(Setup setup) {
    setup.state = SetupState::ended;
    return {.changes = {std::move(setup)}};
}

Decision made(
    Setup setup, const settings::Document& document, const Person& by, Instant now, IdSource& ids
) {
    const bool is_over = value_of(setup.entered, problem) || value_of(setup.entered, refusal);
    if (is_over) return ended(std::move(setup));
    if (const auto* why = why_left_to_nobody(setup, document)) {
        setup.entered.emplace_back(refusal, why);
        return ended(std::move(setup));
    }
    auto changed = changed_by(setup, document, by.id, ids);
    Decision decision;
    if (changed) {
        decision = std::move(changed->decision);
        welcome_new_people(decision, *setup.team, document, now, ids);
        setup.state = SetupState::started;
    } else {
        setup.entered.emplace_back(problem, changed.error().front().expected);
        setup.state = SetupState::ended;
    }
    decision.changes.emplace_back(std::move(setup));
    return decision;
}

const Setup& setup_in(const Decision& decision) {
    return std::get<Setup>(decision.changes.back());
}

std::optional<FormErrors> errors_in(const Wish& wish, const Reader& reader) {
    const auto* field = wish.kind == SetupKind::people ? asked_field : name(Role::delivery_manager);
    const auto* entered = value_of(wish.values, field);
    if (!entered || !onboarding::accounts_in(*entered).empty()) return std::nullopt;
    const auto* words =
        wish.kind == SetupKind::people ? "setup.error_people" : "people.error_delivery_manager";
    return FormErrors{reader, {{field, text(words)}}};
}

bool is_left_out(const Picked& one, SetupKind kind) {
    return one.why_not != WhyNot::none || (kind == SetupKind::roles && one.is_outsider);
}

Text left_out(const Picked& one) {
    if (one.why_not == WhyNot::none)
        return text("people.is_outsider", {{"name", UserText{one.name}}});
    switch (one.why_not) {
        case WhyNot::is_bot: return text("people.is_bot", {{"name", UserText{one.name}}});
        case WhyNot::is_closed: return text("people.is_closed", {{"name", UserText{one.name}}});
        case WhyNot::none:
        case WhyNot::not_known: break;
    }
    return text("people.is_unknown");
}

void add_left_out(Message& message, const Setup& setup, const settings::Document& document) {
    Items out;
    for (const auto& field : fields_of(setup.kind))
        for (const auto& one : onboarding::picked(setup, document, field))
            if (is_left_out(one, setup.kind)) out.items.push_back(left_out(one));
    if (!out.items.empty()) message.blocks.emplace_back(std::move(out));
}

std::string group_in(const FormValues& values) {
    const auto* typed = value_of(values, group_field);
    const auto first = typed ? typed->find_first_not_of(' ') : std::string::npos;
    if (first == std::string::npos) return {};
    return typed->substr(first, typed->find_last_not_of(' ') + 1 - first);
}

void enter(Setup& setup, const char* field, std::string value) {
    auto known =
        std::ranges::find(setup.entered, field, &std::pair<std::string, std::string>::first);
    if (known == setup.entered.end())
        setup.entered.emplace_back(field, std::move(value));
    else
        known->second = std::move(value);
}

std::string name_of(const settings::Document& document, std::optional<TeamId> id) {
    auto team = std::ranges::find(document.teams, id.value_or(TeamId{}), &Team::id);
    return team == document.teams.end() ? std::string{} : team->name;
}

}  // namespace

std::vector<std::string> fields_of(SetupKind kind) {
    if (kind != SetupKind::roles) return {asked_field, observers_field};
    std::vector<std::string> fields;
    for (const auto& [role, label] : roles_of_a_team)
        fields.emplace_back(name(role));
    return fields;
}

std::string group_to_look_up(const Setup& setup) {
    const bool is_asked = setup.kind == SetupKind::people && setup.state == SetupState::checking;
    return is_asked && setup.place.empty() ? group_in(setup.entered) : std::string{};
}

Setup with_group(Setup setup, const GroupFacts& group) {
    setup.place = group.id;
    enter(setup, group_field, group.name);
    if (group.members.size() > settings::most_members) {
        auto most = std::to_string(settings::most_members);
        enter(setup, problem, "a user group of at most " + most + " people");
        return setup;
    }
    const auto* asked = value_of(setup.entered, asked_field);
    const auto* observing = value_of(setup.entered, observers_field);
    auto people = asked ? *asked : std::string{};
    auto in_any = onboarding::accounts_in(people + " " + (observing ? *observing : ""));
    for (const auto& member : group.members)
        if (std::ranges::find(in_any, member) == in_any.end())
            people += (people.empty() ? "" : " ") + member;
    enter(setup, asked_field, std::move(people));
    return setup;
}

Form people_form(
    const Roster& roster,
    const settings::Document& document,
    ConnectionId connection,
    const Reader& reader
) {
    auto form = form_of(FormKind::people, roster.team, reader, "people.title");
    auto asked = people_field(
        asked_field,
        "setup.people",
        standing_as(roster, Standing::participant),
        document,
        connection
    );
    asked.required = true;
    asked.hint = text("setup.people_hint");
    auto observing = people_field(
        observers_field,
        "people.observers",
        standing_as(roster, Standing::observer),
        document,
        connection
    );
    observing.hint = text("people.observers_hint");
    auto group = field(group_field, Field::Kind::group, text("people.group"));
    group.hint = text("people.group_hint");
    group.longest = settings::longest_name;
    form.fields = {std::move(asked), std::move(observing), std::move(group)};
    return form;
}

Form roles_form(
    const Roster& roster,
    const settings::Document& document,
    ConnectionId connection,
    const Reader& reader
) {
    auto form = form_of(FormKind::roles, roster.team, reader, "people.roles_title");
    for (const auto& [role, label] : roles_of_a_team) {
        std::vector<PersonId> holders;
        for (const auto& holder : roster.roles)
            if (holder.role == role && holder.team) holders.push_back(holder.person);
        auto holding = people_field(name(role), label, holders, document, connection);
        holding.required = role == Role::delivery_manager;
        form.fields.push_back(std::move(holding));
    }
    form.who_sees = text("people.roles_count_at_once");
    return form;
}

Decision asked(
    const Team& team,
    Wish wish,
    const settings::Document& document,
    const Person& by,
    Instant now,
    IdSource& ids
) {
    const auto reader = standup::reader_of(by);
    if (auto errors = errors_in(wish, reader)) return {.reply = *std::move(errors)};
    Setup setup;
    setup.id = ids.next<SetupId>();
    setup.kind = wish.kind;
    setup.connection = wish.connection;
    setup.starter = std::move(wish.account);
    setup.state = SetupState::checking;
    setup.entered = std::move(wish.values);
    if (wish.shown) setup.entered.emplace_back(shown_field, std::to_string(*wish.shown));
    setup.team = team.id;
    auto unknown = onboarding::people_to_look_up(setup, {});
    std::erase_if(unknown, [&](const std::string& account) {
        return onboarding::person_of(setup, document, account) != nullptr;
    });
    if (unknown.empty() && group_to_look_up(setup).empty()) {
        auto decision = made(std::move(setup), document, by, now, ids);
        decision.reply = Say{told(setup_in(decision), document, reader)};
        return decision;
    }
    Decision decision{.reply = Say{told(setup, document, reader)}};
    decision.events.push_back({onboarding::look_up_event, setup.id.value, by.id, {}});
    decision.changes.emplace_back(std::move(setup));
    return decision;
}

bool shows(const Setup& setup, const Form& as_of_now) {
    const auto* shown = value_of(setup.entered, shown_field);
    return !shown || *shown == std::to_string(digest_of(as_of_now));
}

Decision refused(
    Setup setup,
    const char* why,
    const settings::Document& document,
    Instant now,
    IdSource& ids
) {
    setup.entered.emplace_back(refusal, why);
    return applied(std::move(setup), document, now, ids);
}

Decision applied(Setup setup, const settings::Document& document, Instant now, IdSource& ids) {
    const auto* by = onboarding::person_of(setup, document, setup.starter);
    if (!by) {  // they are gone meanwhile: nobody decides it any more
        setup.state = SetupState::ended;
        return {.changes = {std::move(setup)}};
    }
    auto key = standup::to_person(Purpose::setup, setup.id.value, by->id);
    auto decision = made(std::move(setup), document, *by, now, ids);
    decision.deliveries.push_back(standup::tell(std::move(key), now, ids));
    return decision;
}

Message told(const Setup& setup, const settings::Document& document, const Reader& reader) {
    const Arguments team{{"team", UserText{name_of(document, setup.team)}}};
    if (setup.state == SetupState::checking) return note(reader, text("people.is_looked_up", team));
    if (const auto* key = value_of(setup.entered, refusal)) {
        auto message = note(reader, text(*key, team));
        add_left_out(message, setup, document);
        return message;
    }
    if (const auto* why = value_of(setup.entered, problem))
        return note(reader, text("team.does_not_fit", {{"expected", UserText{*why}}}));
    const auto* words = setup.kind == SetupKind::people ? "people.saved" : "people.roles_saved";
    auto message = note(reader, text(words, team));
    add_left_out(message, setup, document);
    if (auto group = group_in(setup.entered); !group.empty()) {
        const auto* follows = setup.place.empty() ? "people.no_group" : "people.follows_group";
        message.blocks.emplace_back(Paragraph{text(follows, {{"group", UserText{group}}})});
    }
    auto show = choice(Verb::show_team, setup.team->value, text("button.show_team"));
    message.blocks.emplace_back(Buttons{{std::move(show)}});
    return message;
}

Message delete_question(const Team& team, const Reader& reader) {
    const Arguments named{{"team", UserText{team.name}}};
    auto message = note(reader, text("people.delete_question", named));
    message.blocks.emplace_back(Buttons{{
        choice(Verb::confirm_delete, team.id.value, text("button.confirm_delete", named)),
        choice(Verb::show_team, team.id.value, text("button.keep_team")),
    }});
    return message;
}

Decision deleted(const Team& team, const settings::Document& document, const Person& by) {
    auto decision = settings::archive(document, team.id, by.id).decision;
    decision.reply = standup::say(by, text("people.deleted", {{"team", UserText{team.name}}}));
    return decision;
}

}  // namespace muster::team_people
