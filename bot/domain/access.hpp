#pragma once

#include <initializer_list>

#include "bot/domain/blocker.hpp"

// Who may do what: one table, role x act, default deny. What it does not allow is refused.
namespace muster::access {

// What somebody is to a team, or to one blocker of it. A person wears several at a time.
enum class Hat {
    participant,
    observer,
    raiser,  // of the blocker in question
    helper,  // of the blocker in question
    delivery_manager,
    deputy,
    cover,  // stands in for the delivery manager today: open items only
    lead,
    head,
    product_owner,
    service_manager,
    administrator,  // of the organisation, as the next two
    product_ops,
    fallback,
    outsider,  // a member of another organisation: own rounds and blockers only
};
constexpr int hat_count = 15;

// What can be done. "own" is always about the person who acts.
enum class Act {
    answer_own,
    see_own_history,
    see_status,  // how many have answered
    see_who_is_not_working,
    see_status_names,  // who has answered
    why_of_other,      // was asked, has answered
    see_names_of_silent,
    start_run,
    change_team_settings,
    change_connections,
    raise_blocker,
    see_team_blockers,
    help_with_blocker,
    update_blocker,
    clear_blocker,
    see_private_blocker,  // "tell only my delivery manager"
};
constexpr int act_count = 16;

const char* name(Hat);
const char* name(Act);

// A set of hats.
class Hats {
public:
    Hats() = default;
    Hats(std::initializer_list<Hat> hats);

    void put_on(Hat);
    bool wears(Hat) const;

    bool operator==(const Hats&) const = default;

private:
    unsigned worn_ = 0;
};

// What this person is to the team at `now`; nothing at all for an outsider or somebody archived. A
// role that is shared by days is held on all of them; covers are counted in the team's zone.
Hats hats_of(const Roster&, PersonId, Instant now);

Hat hat_of(const Person& member, Standing);

// And to one blocker of that team: outside the team nobody is anything to it.
Hats with_blocker(Hats, const Blocker&, PersonId);

bool may(Hats, Act);

// For a blocker: those who may act on it must also be able to see it.
bool may(Hats, Act, const Blocker&, Instant now);

}  // namespace muster::access
