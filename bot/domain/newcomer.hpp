#pragma once

#include "bot/domain/inbound.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/settings.hpp"

// Somebody joined the channel of a team and is not in its stand-up: its delivery managers are asked
// about them, once. Pure.
//
// An event names an account alone, so a row waits until the directory has told who it is (Setup of
// the kind `newcomer`).
namespace muster::newcomer {

// Of one team; beyond that nobody is offered until some of them are settled: people who move in by
// the dozen are added in the team's own form.
constexpr std::size_t most_offered = 5;

// `before`: what was set up for that place and its people.
Decision
joined(const Roster&, ConnectionId, const MemberJoined&, const std::vector<Setup>& before, IdSource&);

// Offered now; bots, closed accounts, and whom the directory does not know are offered to nobody.
Decision looked_up(Setup, const LookedUp&, const Roster&, Instant now, IdSource&);

// By somebody who may change the team. The reply says what counts where it was settled before.
Decision
added(Setup, const Roster&, const settings::Document&, const Person& by, Instant now, IdSource&);
Decision left_out(Setup, const Roster&, const Person& by, Instant now, IdSource&);

// To a delivery manager, as it is now.
Composed card(const Setup&, const Roster&, const settings::Document&, const Reader&);

}  // namespace muster::newcomer
