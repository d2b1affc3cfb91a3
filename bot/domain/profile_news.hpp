#pragma once

#include "bot/domain/decision.hpp"
#include "bot/domain/inbound.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/team.hpp"

// A platform tells anew who somebody is that we know: their name, their zone, whether they are of
// another organisation. Pure.
//
// A name follows where it was taken from the platform. A zone never does by itself, since people
// travel and their stand-ups do not: they are asked, once for each zone that they come to.
namespace muster::profile_news {

struct Known {
    Person person;
    Account account;              // that the platform tells of
    std::vector<Roster> rosters;  // of the teams that they are a member of
    std::vector<Draft> drafts;    // of theirs
};

// Nothing where nothing is new. What their home says counts; of a second account it is noted only.
Decision told(Known, const PersonChanged&, Instant now, IdSource&);

// "Slack says you are now in Lisbon. Use Lisbon time for your stand-ups?", to the person. Once it
// is settled, what was chosen; pointless where it was settled before it went out.
Composed
zone_question(const Person&, const Account&, const std::string& platform, const Delivery&, const Reader&);

// The same as a part of what else they ask for; nothing where none is open.
std::vector<Block> open_question(const Person&, const Account&, const std::string& platform);

// What the person chose. `question`: which of them they read. The reply says what counts now.
Decision zone_chosen(Person, Account, bool use_it, std::int64_t question, Instant now, IdSource&);

// Clocks there show the same, all of the coming year.
bool go_alike(const ZoneName&, const ZoneName&, Instant now);

}  // namespace muster::profile_news
