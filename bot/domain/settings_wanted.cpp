#include "bot/domain/settings_parts.hpp"

// What a settings file would say about what is set.
namespace muster::settings {
namespace {

WantedPerson wanted(const Document& document, const Person& person) {
    WantedPerson result;
    result.key = person.key;
    result.name = person.name;
    result.email = person.email;
    result.zone = person.zone;
    result.calendar = person.calendar;
    result.hours = person.hours;
    result.language = person.language;
    for (const auto& account : document.accounts) {
        const auto* connection = connection_by_id(document, account.connection);
        if (account.person != person.id || !connection) continue;
        result.accounts.push_back({connection->platform, connection->key, account.external_id});
        if (account.id == person.home) result.home = connection->platform;
    }
    if (result.accounts.size() == 1) result.home.clear();
    return result;
}

WantedTeam wanted(const Document& document, const Team& team) {
    WantedTeam result;
    result.key = team.key;
    result.name = team.name;
    result.zone = team.zone;
    result.calendar = team.calendar;
    result.hours = team.hours;
    result.language = team.language;
    for (const auto& membership : document.memberships) {
        const auto* person = person_by_id(document, membership.person);
        if (membership.team != team.id || !person || person->archived) continue;
        auto observes = membership.standing == Standing::observer;
        (observes ? result.observers : result.members).push_back(person->key);
    }
    for (const auto& holder : document.roles) {
        const auto* person = person_by_id(document, holder.person);
        if (holder.team != team.id || !person || person->archived) continue;
        result.roles[holder.role].emplace_back(person->key, holder.days);
    }
    for (const auto& channel : document.channels) {
        const auto* connection = connection_by_id(document, channel.connection);
        if (channel.team != team.id || !connection) continue;
        result.channels.push_back({connection->platform, connection->key, channel.external_id});
    }
    for (auto ceremony : document.ceremonies) {
        if (ceremony.team != team.id || ceremony.archived) continue;
        ceremony.id = {};
        ceremony.team = {};
        result.ceremonies.push_back(std::move(ceremony));
    }
    return result;
}

}  // namespace

Wanted wanted_from(const Document& document) {
    Wanted result;
    for (const auto& person : document.people) {
        if (!person.archived) result.people.push_back(wanted(document, person));
    }
    for (const auto& team : document.teams) {
        if (!team.archived) result.teams.push_back(wanted(document, team));
    }
    result.organisation_roles = {{Role::product_ops, {}}, {Role::fallback, {}}};
    for (const auto& holder : document.roles) {
        const auto* person = person_by_id(document, holder.person);
        auto role = result.organisation_roles.find(holder.role);
        if (holder.team || !person || role == result.organisation_roles.end()) continue;
        if (!person->archived) role->second.push_back(person->key);
    }
    for (const auto& cover : document.covers) {
        const auto* person = person_by_id(document, cover.person);
        const auto* team = cover.team ? team_by_id(document, *cover.team) : nullptr;
        if (!person || person->archived || (cover.team && (!team || team->archived))) continue;
        result.covers.push_back(
            {team ? team->key : "", cover.role, person->key, cover.from, cover.to}
        );
    }
    for (const auto& calendar : document.calendars) {
        const auto* base = calendar_by_key(document.calendars, calendar.builds_on);
        result.calendars.push_back(base ? own_days_of(calendar, *base) : calendar);
    }
    return result;
}

Wanted wanted_of(const Document& document, TeamId id) {
    Wanted result;
    const auto* team = team_by_id(document, id);
    if (!team || team->archived) return result;
    result.teams.push_back(wanted(document, *team));
    for (auto& cover : wanted_from(document).covers)
        if (cover.team == team->key) result.covers.push_back(std::move(cover));
    return result;
}

}  // namespace muster::settings
