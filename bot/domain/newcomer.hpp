#pragma once

#include "bot/domain/inbound.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/settings.hpp"

// Somebody joined the channel of a team and is not in its stand-up, or a group that its people were
// taken from has changed: its delivery managers are asked about them, once. Pure.
//
// An event names accounts alone, so a row waits until the directory has told who they are (Setup of
// the kinds `newcomer` and `group`).
namespace muster::newcomer {

// Of one team; beyond that nobody is offered until some of them are settled: people who move in by
// the dozen are added in the team's own form.
constexpr std::size_t most_offered = 5;

// `before`: what was set up for that place and its people.
Decision
joined(const Roster&, ConnectionId, const MemberJoined&, const std::vector<Setup>& before, IdSource&);

// Who joined.
std::string account_of(const Setup&);

// The team had people taken from the group (among `before`, which is of that group). What was
// offered of it and is not settled is offered anew with this: there is one offer at a time.
Decision
group_changed(const Roster&, ConnectionId, const GroupChanged&, const std::vector<Setup>& before, const settings::Document&, Instant, IdSource&);

// The team's people were taken from the group, by this change of theirs.
bool follows_group(const Setup&);

// Offered now; bots, closed accounts, and whom the directory does not know are offered to nobody.
Decision looked_up(Setup, const LookedUp&, const Roster&, Instant now, IdSource&);

// By somebody who may change the team. The reply says what counts where it was settled before.
Decision
added(Setup, const Roster&, const settings::Document&, const Person& by, Instant now, IdSource&);
Decision
left_out(Setup, const Roster&, const settings::Document&, const Person& by, Instant now, IdSource&);

// To a delivery manager, as it is now.
Composed card(const Setup&, const Roster&, const settings::Document&, const Reader&);

}  // namespace muster::newcomer
