#pragma once

#include <deque>

#include "adapters/http/routes.hpp"
#include "bot/ports/clock.hpp"
#include "tests/fakes/msteams/fake_teams.hpp"

namespace muster::fake_teams {

// What Muster calls: the login and the Connector. Paths of the Connector hold escapes, which our
// own server takes from nobody: whoever listens to Muster (front.py) hands each call over as it
// came.
class MicrosoftRoutes {
public:
    // Both must outlive it.
    MicrosoftRoutes(FakeTeams& teams, Clock& clock) : teams_(teams), clock_(clock) {}

    void add_to(http::Routes&);

    // The next call that changes something is done, and answered so all the same.
    void fail_next(int status) { failures_.push_back(status); }

private:
    Task<http::Response> serve(http::Request request);

    FakeTeams& teams_;
    Clock& clock_;
    std::deque<int> failures_;
};

}  // namespace muster::fake_teams
