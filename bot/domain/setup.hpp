#pragma once

#include "bot/domain/ids.hpp"
#include "bot/domain/profile.hpp"

namespace muster {

enum class SetupKind {
    new_team,
    people,    // of a team that is there: who is asked, who only looks on
    roles,     // who decides for it
    newcomer,  // somebody who joined its channel: offered to its delivery managers
    group,     // a group that its people were taken from has changed: offered to them, too
};

enum class SetupState {
    looking,   // what place it is and who invited Muster there is being looked up
    offered,   // "Set up a stand-up here?"
    checking,  // who was picked is being looked up
    proposed,  // what was chosen, what was found: to be started
    started,
    declined,  // not now; may be taken up again
    ended,     // Muster left the place, or was invited anew
};

// A team on its way from the invitation to its first day (spec/standups.md, "Onboarding a team"),
// or a change of its people on its way: both wait for what the directory tells. Kept for ever: it
// says who set a team up, and from what.
struct Setup {
    SetupId id;
    SetupKind kind = SetupKind::new_team;
    ConnectionId connection;
    std::string place;    // external id; of a team that is there, of the group that people were
                          // taken from, or ""
    std::string starter;  // external id of who invited Muster, the delivery manager to be; or of
                          // who asked for the change
    SetupState state = SetupState::looking;
    int proposals = 0;            // shown so far; the newest alone has buttons
    PlaceFacts found;             // of the place
    std::vector<Profile> people;  // of everybody who was looked up
    std::vector<std::pair<std::string, std::string>> entered;  // FormValues: what was chosen
    std::optional<TeamId> team;                                // that it became, or that is changed

    bool operator==(const Setup&) const = default;
};

}  // namespace muster
