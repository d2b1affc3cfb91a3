#pragma once

#include "bot/domain/messages.hpp"
#include "bot/domain/turn.hpp"

// A platform closes somebody's account, and may open it again (spec/reliability.md F27). Pure.
namespace muster::departure {

// The person, and everything that they take part in.
struct Departing {
    Person person;
    Account account;              // that was closed, or opened
    std::vector<Roster> rosters;  // of the teams that they are a member of
    std::vector<Turn> unfinished;
};

// They are asked no more: each stand-up sees them observe from now on. What they said stays, and
// their open blockers, of which their delivery managers are told. Where they are asked elsewhere,
// nothing changes for them. Told twice, it is done once.
Decision account_closed(Departing, Instant now, IdSource&);

// They take part again in what they left at that moment, and in nothing else.
Decision account_opened(Departing, Instant now, IdSource&);

// Whether it made them leave, or come back to, what they are a member of: of what they do not take
// part in for another reason there is nothing to say.
bool concerns(const Account& home, const Member&);

// To a delivery manager, as it is now: `open` are this person's blockers there.
Composed
told(const Person& about, bool is_closed, const std::vector<Team>&, const std::vector<Blocker>& open, const Reader&);

}  // namespace muster::departure
