#pragma once

#include "bot/domain/blocker_case.hpp"
#include "bot/domain/message.hpp"

// A blocker that is raised apart from any stand-up, in a form of its own. Pure.
namespace muster::team_blocker {

// `teams`: where this person may raise one, by name; never none. Of several one is chosen in it.
// `words` fill it in: they may be somebody else's.
OpenForm open_form(const Person&, const std::vector<Team>& teams, const std::string& words);

// The team that was chosen; of one, that one.
std::optional<TeamId> team_in(const FormValues&, const std::vector<Team>& teams);

// What was sent without a team, or without a word of what stops them: the form stays open.
Decision team_missing(const Person&);
Decision words_missing(const Person&);

std::string words_in(const FormValues&);

// It is raised, with everything that was entered.
Decision
raise(blocker_case::Setting, std::optional<RoundId>, const FormValues&, Instant now, IdSource&);

}  // namespace muster::team_blocker
