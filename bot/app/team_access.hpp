#pragma once

#include "bot/app/acting.hpp"

// Who may change what is set for a team (bot/domain/access), and what the others are told.
namespace muster {

bool may_change(const Acting&, const Roster&);

// Whom to ask, by name.
std::vector<std::string> managers_of(Acting&, const Roster&);

// Why this person may not change it; none: they may. Somebody outside the team learns no more of it
// than that it is not theirs.
std::optional<Decision> refused_to_change(Acting&, const std::optional<Roster>&);

}  // namespace muster
