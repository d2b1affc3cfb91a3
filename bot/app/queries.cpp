#include "bot/app/queries.hpp"

#include <algorithm>

namespace muster::queries {
namespace {

DirectoryPerson entry_of(const Account& account, const Person& person) {
    return {
        account.external_id, person.id, person.name, person.zone, person.language, {}, {}, false};
}

void add_teams(
    DirectoryPerson& entry,
    const std::map<TeamId, Team>& teams,
    const std::vector<Membership>& memberships
) {
    for (const auto& membership : memberships) {
        if (membership.person != entry.person || !teams.contains(membership.team)) continue;
        entry.teams.push_back(teams.at(membership.team).name);
        if (membership.standing == Standing::participant) entry.asked = true;
    }
}

void add_roles(DirectoryPerson& entry, const std::vector<RoleHolder>& holders) {
    for (const auto& holder : holders) {
        if (holder.person != entry.person) continue;
        if (std::ranges::find(entry.roles, holder.role) == entry.roles.end())
            entry.roles.push_back(holder.role);
    }
}

}  // namespace

Directory directory(View& view, ConnectionId connection) {
    std::map<PersonId, Person> people;
    for (auto& person : view.people())
        if (!person.archived) people.emplace(person.id, person);
    std::map<TeamId, Team> teams;
    for (auto& team : view.teams())
        if (!team.archived) teams.emplace(team.id, team);
    auto memberships = view.memberships();
    auto roles = view.roles();

    Directory directory;
    for (const auto& account : view.accounts()) {
        auto person = people.find(account.person);
        if (account.connection != connection || person == people.end()) continue;
        auto entry = entry_of(account, person->second);
        add_teams(entry, teams, memberships);
        add_roles(entry, roles);
        directory.people.push_back(std::move(entry));
    }
    std::ranges::sort(directory.people, {}, &DirectoryPerson::name);
    for (const auto& channel : view.channels()) {
        auto team = teams.find(channel.team);
        if (channel.connection != connection || team == teams.end()) continue;
        const auto& owner = team->second;
        directory.channels.push_back(
            {channel.external_id, channel.id, owner.name, owner.zone, owner.language}
        );
    }
    return directory;
}

}  // namespace muster::queries
