#pragma once

#include "bot/domain/messages.hpp"
#include "bot/domain/team.hpp"

// Somebody's status at their home says that they may be away. It counts for nothing by itself: they
// are asked, once for each end that it names, and nobody else is told. Pure.
//
// The days that the question is about wait as a draft, as dates do that somebody typed. "Yes" is
// absence::confirm.
namespace muster::away_hint {

// Notes it on the account, and asks where it speaks of days on which they would be asked for a
// stand-up. What was asked of an older one is over. `roster`: of a team in which they are asked, if
// any.
void note(Decision&, const Person&, Account&, const AwayHint&, const Roster*, const std::vector<Draft>&, Instant now, IdSource&);

// "Are you away from ... to ...?", to the person; gone once that is settled.
Composed question(
    const std::optional<Draft>&,
    const AwayHint&,
    const std::string& platform,
    const Reader&,
    Instant now
);

// "No": they are asked as usual.
Decision declined(const Person&, const Draft&, Instant now, IdSource&);

// Nothing waits for an answer any more.
Tell settled(const Draft&, Instant now, IdSource&);

}  // namespace muster::away_hint
