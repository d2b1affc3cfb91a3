#include "bot/app/queries.hpp"

#include <algorithm>

#include "storage/store.hpp"

namespace muster {
namespace {

DirectoryPerson entry_of(const Account& account, const Person& person) {
    return {account.external_id, person.id, person.name, person.zone, {}, {}, false};
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

Directory directory_of(View& view, ConnectionId connection) {
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
        directory.channels.push_back({channel.external_id, owner.name, owner.zone});
    }
    return directory;
}

std::optional<Reader> reader_of(
    View& view, ConnectionId connection, const std::string& external_id
) {
    auto account = view.account(connection, external_id);
    auto person = account ? view.person(account->person) : std::nullopt;
    if (!person || person->archived) return std::nullopt;
    return Reader{person->language, person->zone};
}

bool is_channel_of_a_team(View& view, ConnectionId connection, const std::string& external_id) {
    return std::ranges::any_of(view.channels(), [&](const Channel& channel) {
        if (channel.connection != connection || channel.external_id != external_id) return false;
        auto team = view.team(channel.team);
        return team && !team->archived;
    });
}

}  // namespace

Task<Directory> Queries::directory(ConnectionId connection) {
    auto look = [connection](View& view) { return directory_of(view, connection); };
    co_return co_await store_.read(look);
}

Task<std::optional<Reader>> Queries::reader(ConnectionId connection, std::string account) {
    auto look = [&](View& view) { return reader_of(view, connection, account); };
    co_return co_await store_.read(look);
}

Task<bool> Queries::knows_channel(ConnectionId connection, std::string channel) {
    auto look = [&](View& view) { return is_channel_of_a_team(view, connection, channel); };
    co_return co_await store_.read(look);
}

}  // namespace muster
