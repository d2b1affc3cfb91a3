#pragma once

#include "bot/domain/decision.hpp"
#include "bot/domain/inbound.hpp"
#include "bot/domain/settings.hpp"
#include "storage/store.hpp"

namespace muster {

// What a platform tells that nobody did: there is no account to look up, and nobody to answer.
struct News {
    View& view;
    ConnectionId connection;
    Instant now;
    Instant told_at;  // by the platform's clock, also where it tells it again; or now
    IdSource& ids;
};

// One of these for each kind: an event is news because it has one.
Decision act_on_news(News&, const Seen&);
Decision act_on_news(News&, const ConnectionLost&);
Decision act_on_news(News&, const PersonChanged&);
Decision act_on_news(News&, const Left&);
Decision act_on_news(News&, const Reopened&);
Decision act_on_news(News&, const PlaceMoved&);
Decision act_on_news(News&, const Joined&);
Decision act_on_news(News&, const LookedUp&);
Decision act_on_news(News&, const QuietWanted&);
Decision act_on_news(News&, const MemberJoined&);
Decision act_on_news(News&, const GroupChanged&);
Decision act_on_news(News&, const Introduced&);

// Whoever joined the channel of a team, or a group that it follows, is known now.
Decision newcomer_looked_up(News&, Setup, const LookedUp&);

// A change of a team's people that waited to be made: whoever asked for it may do so no more, or
// somebody else has changed the team. None: it is as it was when they asked.
std::optional<Decision> refused_meanwhile(News&, const Setup&, const settings::Document&);

// Set-ups that are on their way there are for the place by its new id.
Decision move_setups(News&, const PlaceMoved&);

// Set-ups of that place have no point any more.
Decision leave_setups(News&, const std::string& place);

// The message is at the platform (spec/reliability.md, step 5, proofs (a) and (b)): settles a post
// of it that nobody heard back of. Adds to what `decision` makes of its round.
void note_arrival(Decision& decision, News&, DeliveryId, const std::string& message);

}  // namespace muster
