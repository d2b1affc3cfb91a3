#include "bot/domain/onboarding_sketch.hpp"

#include <algorithm>
#include <set>

#include "bot/domain/form_parts.hpp"
#include "bot/domain/team_page.hpp"

namespace muster::onboarding {
namespace {

using Keys = std::set<std::string>;

constexpr TimeOfDay usual_time{9 * 60 + 30};
constexpr std::string_view nation_of_london = "england-and-wales";

Ceremony usual_ceremony() {
    using namespace std::chrono;
    Ceremony ceremony;
    ceremony.key = "standup";
    ceremony.name = "stand-up";
    ceremony.recurrence.weekdays = {Monday, Tuesday, Wednesday, Thursday, Friday};
    ceremony.slots = {{"main", usual_time}};
    ceremony.questions = usual_questions();
    return ceremony;
}

// What keys are made of. Of other letters nothing is left: ids stand for them.
std::string key_from(const std::string& name, const std::string& otherwise) {
    std::string key;
    for (unsigned char letter : name) {
        bool is_plain = letter < 0x80 && std::isalnum(letter);
        if (is_plain)
            key += static_cast<char>(std::tolower(letter));
        else if (letter < 0x80 && !key.empty() && key.back() != '-')
            key += '-';
    }
    while (key.ends_with('-'))
        key.pop_back();
    if (key.empty()) key = otherwise;
    return key.substr(0, settings::longest_key - 8);
}

std::string free_key(const std::string& wanted, const Keys& taken) {
    auto key = wanted;
    for (int number = 2; taken.contains(key); ++number)
        key = wanted + "-" + std::to_string(number);
    return key;
}

template <class Rows>
Keys keys_of(const Rows& rows) {
    Keys keys;
    for (const auto& row : rows)
        keys.insert(row.key);
    return keys;
}

const Connection* connection_of(const Setup& setup, const settings::Document& document) {
    auto found = std::ranges::find(document.connections, setup.connection, &Connection::id);
    return found == document.connections.end() ? nullptr : &*found;
}

template <class Row>
const Row* row_in(const Decision& decision, auto id) {
    for (const auto& change : decision.changes)
        if (const auto* row = std::get_if<Row>(&change); row && row->id == id) return row;
    return nullptr;
}

Roster roster_in(const settings::Changed& changed, const settings::Document& document) {
    Roster roster;
    const auto& decision = changed.decision;
    for (const auto& change : decision.changes) {
        if (const auto* team = std::get_if<Team>(&change)) roster.team = *team;
        if (const auto* ceremony = std::get_if<Ceremony>(&change))
            roster.ceremonies.push_back(*ceremony);
        if (const auto* channel = std::get_if<Channel>(&change))
            roster.channels.push_back(*channel);
        if (const auto* holder = std::get_if<RoleHolder>(&change)) roster.roles.push_back(*holder);
        const auto* membership = std::get_if<Membership>(&change);
        if (!membership) continue;
        const auto* person = row_in<Person>(decision, membership->person);
        if (!person) {
            auto known = std::ranges::find(document.people, membership->person, &Person::id);
            if (known != document.people.end()) person = &*known;
        }
        if (person) roster.members.push_back({*person, membership->standing, {}, {}});
    }
    CalendarBook book;
    for (const auto& calendar : document.calendars)
        book.emplace(calendar.key, calendar);
    roster.calendars = std::make_shared<const CalendarBook>(std::move(book));
    return roster;
}

settings::Wanted wanted_of(
    const Setup& setup,
    const settings::Document& document,
    const Connection& connection,
    const Person& starter,
    Instant now
) {
    settings::WantedTeam team;
    team.name = chosen_name(setup);
    team.key = free_key(key_from(team.name, "team"), keys_of(document.teams));
    team.zone = starter.zone;
    team.calendar = chosen_calendar(setup, document, team.zone);
    team.language = starter.language;
    team.channels = {{connection.platform, connection.key, setup.place}};
    team.roles[Role::delivery_manager] = {{starter.key, {}}};
    team.ceremonies = {chosen_ceremony(setup, add_days(local_date(team.zone, now), 1))};

    settings::Wanted wanted;
    auto keys = keys_of(document.people);
    for (const auto& one : picked(setup, document)) {
        if (one.why_not != WhyNot::none) continue;
        if (const auto* known = person_of(setup, document, one.account)) {
            team.members.push_back(known->key);
            continue;
        }
        auto person = wanted_person(*profile_of(setup, one.account), connection, team.zone, keys);
        if (person.zone == team.zone) person.calendar = team.calendar;
        keys.insert(person.key);
        team.members.push_back(person.key);
        wanted.people.push_back(std::move(person));
    }
    wanted.teams = {std::move(team)};
    return wanted;
}

std::string value_in(const Setup& setup, std::string_view key) {
    const auto* value = value_of(setup.entered, key);
    return value ? *value : std::string{};
}

}  // namespace

Ceremony chosen_ceremony(const Setup& setup, LocalDate from) {
    auto with_days = team_page::with_schedule(usual_ceremony(), setup.entered, Reader{});
    auto* ceremony = std::get_if<Ceremony>(&with_days);
    auto with_all =
        team_page::with_questions(ceremony ? *ceremony : usual_ceremony(), setup.entered, Reader{});
    ceremony = std::get_if<Ceremony>(&with_all);
    auto chosen = ceremony ? *ceremony : usual_ceremony();
    chosen.recurrence.from = from;
    return chosen;
}

std::string usual_name(const Setup& setup) {
    auto name = setup.found.name;
    std::ranges::replace(name, '-', ' ');
    std::ranges::replace(name, '_', ' ');
    if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') name.front() -= 'a' - 'A';
    return name;
}

std::string chosen_name(const Setup& setup) {
    auto name = value_in(setup, "name");
    return name.empty() ? usual_name(setup) : name;
}

std::string chosen_calendar(
    const Setup& setup, const settings::Document& document, const ZoneName& zone
) {
    auto is_known = [&](std::string_view key) {
        return std::ranges::find(document.calendars, key, &Calendar::key) !=
               document.calendars.end();
    };
    if (const auto* chosen = value_of(setup.entered, "calendar"))
        return is_known(*chosen) ? *chosen : std::string{};
    const auto is_guessed = zone == "Europe/London" && is_known(nation_of_london);
    return is_guessed ? std::string{nation_of_london} : std::string{};
}

std::vector<std::string> accounts_in(const std::string& words) {
    std::vector<std::string> accounts;
    std::string_view rest{words};
    while (!rest.empty()) {
        auto end = std::min(rest.find(' '), rest.size());
        auto account = std::string{rest.substr(0, end)};
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const bool is_new = std::ranges::find(accounts, account) == accounts.end();
        if (!account.empty() && is_new) accounts.push_back(std::move(account));
    }
    return accounts;
}

const Profile* profile_of(const Setup& setup, const std::string& account) {
    auto found = std::ranges::find(setup.people, account, &Profile::account);
    return found == setup.people.end() ? nullptr : &*found;
}

const Person* person_of(
    const Setup& setup, const settings::Document& document, const std::string& account
) {
    for (const auto& known : document.accounts) {
        if (known.connection != setup.connection || known.external_id != account) continue;
        auto person = std::ranges::find(document.people, known.person, &Person::id);
        if (person != document.people.end() && !person->archived) return &*person;
    }
    return nullptr;
}

std::vector<Picked> picked(
    const Setup& setup, const settings::Document& document, std::string_view field
) {
    std::vector<Picked> all;
    for (auto& account : accounts_in(value_in(setup, field))) {
        Picked one;
        one.account = std::move(account);
        const auto* profile = profile_of(setup, one.account);
        const auto* person = person_of(setup, document, one.account);
        if (profile) {
            one.name = profile->name;
            one.is_outsider = profile->is_outsider;
            one.zone_is_guessed = !person && profile->zone.empty();
            if (profile->is_bot) one.why_not = WhyNot::is_bot;
            if (profile->is_closed) one.why_not = WhyNot::is_closed;
        } else if (person) {
            one.name = person->name;
            one.is_outsider = person->outsider;
        } else {
            one.why_not = WhyNot::not_known;
        }
        all.push_back(std::move(one));
    }
    return all;
}

MadeOrWhyNot made_of(
    const Setup& setup,
    const settings::Document& document,
    const Person& starter,
    Instant now,
    IdSource& ids
) {
    const auto* connection = connection_of(setup, document);
    if (!connection)
        return std::vector<settings::Problem>{{"connection", "one that is configured"}};
    auto wanted = wanted_of(setup, document, *connection, starter, now);
    auto changed = settings::change(document, wanted, false, starter.id, ids);
    if (!changed) return changed.error();
    auto roster = roster_in(*changed, document);
    return Made{*std::move(changed), std::move(roster)};
}

MadeOrWhyNot sketch_of(const Setup& setup, const settings::Document& document, Instant now) {
    IdSource nobodys{Seed{static_cast<std::uint64_t>(setup.id.value), 1}};
    const auto* starter = person_of(setup, document, setup.starter);
    if (!starter) return std::vector<settings::Problem>{{"starter", "somebody who is known"}};
    return made_of(setup, document, *starter, now, nobodys);
}

settings::WantedPerson wanted_person(
    const Profile& profile,
    const Connection& connection,
    const ZoneName& else_zone,
    const std::set<std::string>& keys
) {
    settings::WantedPerson person;
    person.name = clipped(profile.name, settings::longest_name_told);
    person.key = free_key(key_from(person.name, "person"), keys);
    person.email = profile.email;
    person.zone = profile.zone.empty() ? else_zone : profile.zone;
    person.accounts = {
        {connection.platform, connection.key, profile.account, person.name, profile.zone}};
    person.is_outsider = profile.is_outsider;
    return person;
}

}  // namespace muster::onboarding
