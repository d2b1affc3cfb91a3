#pragma once

#include "bot/domain/settings.hpp"
#include "tests/fakes/random.hpp"

namespace muster::sim {

// Teams, people and ceremonies that a seed stands for, as a settings file would name them.
struct Topology {
    Instant start;  // shortly before something awkward: a clock change, a holiday, a leap day
    settings::Wanted wanted;
};

Topology some_topology(Random&);

// ---- for stories

settings::WantedPerson a_person(const std::string& name, ZoneName zone = "Europe/London");
Ceremony a_stand_up(TimeOfDay at = 9h + 30min);

// A team of these people. The first is its delivery manager; all are members.
settings::Wanted a_team_of(std::vector<settings::WantedPerson> people, Ceremony = a_stand_up());
// The same team under another name, with a channel of its own.
settings::WantedTeam another_team(
    settings::WantedTeam, const std::string& key, const std::string& name
);

constexpr auto connection_key = "main";
constexpr auto platform_key = "chat";

std::string account_of(const std::string& person_key);  // external id
std::string channel_of(const std::string& team_key);

}  // namespace muster::sim
