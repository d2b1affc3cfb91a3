#include "bot/app/examinations.hpp"

#include <algorithm>

namespace muster {
namespace {

constexpr auto days_looked_back = std::chrono::days{7};

void add_home(examination::Ground& ground, View& view, const Person& person) {
    if (auto home = view.account(person.home)) ground.accounts.emplace(home->id, *std::move(home));
}

examination::Ground ground_of(View& view, const Roster& roster, Instant now) {
    examination::Ground ground;
    ground.connections = view.connections();
    ground.calendars = roster.calendars;
    ground.unreached = unreached_of(view, roster.team.id, now);
    for (const auto& member : roster.members)
        add_home(ground, view, member.person);
    for (const auto& holder : roster.roles)
        if (holder.role == Role::delivery_manager)
            if (auto manager = view.person(holder.person)) add_home(ground, view, *manager);
    for (const auto& cover : roster.covers)
        if (auto person = view.person(cover.person)) add_home(ground, view, *person);
    return ground;
}

}  // namespace

std::vector<examination::Finding> examine_team(View& view, const Roster& roster, Instant now) {
    return examination::of_team(roster, ground_of(view, roster, now), now);
}

std::vector<examination::Finding> examine_organisation(View& view) {
    return examination::of_organisation(view.teams(), view.roles(), view.connections());
}

std::map<PersonId, std::string> unreached_of(View& view, TeamId team, Instant now) {
    auto runs = view.runs_of(team, now - days_looked_back);
    std::ranges::reverse(runs);
    std::vector<Round> rounds;
    for (const auto& run : runs)
        std::ranges::move(view.rounds_of(run.id), std::back_inserter(rounds));
    return examination::unreached_in(rounds);
}

bool is_administrator(View& view, PersonId person) {
    auto roles = view.roles();
    return std::ranges::any_of(roles, [&](const RoleHolder& holder) {
        return holder.role == Role::administrator && holder.person == person;
    });
}

}  // namespace muster
