#pragma once

#include "bot/domain/absence.hpp"

// What the absence*.cpp files share; and home.cpp, which puts days in the same words.
namespace muster::absence {

using Absences = std::vector<Absence>;

WorkPattern pattern_of(const Situation&, const Absences& counted);
Absences counted_for(TeamId, const Absences&);
Instant end_of(const ZoneName&, const DaysAway&);

// ---- words

Text words_for(const DaysAway&);  // "from Monday 23 November to ..."
// The team with that id, of those that this person is in.
const Team* team_of(const Situation&, std::optional<TeamId>);
// A sentence about these days; another one when they count for one team only.
Text in_team(const char* everywhere, const char* in_one, const DaysAway&, const Team*);
Say proposal(const Situation&, const Draft&, const DaysAway&, const Team*);
// Saved, what others learn, and how to undo it.
Say confirmation(const Situation&, Text what, const Team*);

}  // namespace muster::absence
