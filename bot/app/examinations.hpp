#pragma once

#include "bot/domain/examination.hpp"
#include "storage/store.hpp"

// What bot/domain/examination looks at, loaded from the store.
namespace muster {

// A team as far as the store knows: which connections the configuration opens is not asked.
std::vector<examination::Finding> examine_team(View&, const Roster&, Instant now);

// For its administrators.
std::vector<examination::Finding> examine_organisation(View&);

// Of that team, in these days.
std::map<PersonId, std::string> unreached_of(View&, TeamId, Instant now);

bool is_administrator(View&, PersonId);

}  // namespace muster
