#pragma once

#include <memory>

#include "adapters/msteams/app.hpp"
#include "bot/app/courier.hpp"
#include "bot/app/look_ups.hpp"
#include "bot/cli/peers.hpp"
#include "bot/cli/secret_watch.hpp"
#include "config/configuration.hpp"

namespace muster::cli {

// The Microsoft Teams tenants that Muster works in: those of the configuration.
class TeamsApps {
public:
    // Everything must outlive stop().
    struct Parts {
        Peers& peers;
        ContactBook& book;
        Intake& intake;
        Queries& queries;
        const Catalogue& catalogue;
        Clock& clock;
        Entropy& entropy;
        Log& log;
        Metrics& metrics;
    };

    TeamsApps(TaskGroup::Executor loop, Parts parts);

    // Before add_to() and start().
    Task<> open(
        ConnectionId connection,
        const config::MsTeams& configured,
        Platforms& platforms,
        Directories& directories
    );

    // Another password of the app in that tenant, from the next call on.
    void renew_app_password(ConnectionId connection, std::string password);

    void add_to(http::Routes& routes) { endpoint_.add_to(routes); }

    // Microsoft's keys are kept fresh.
    void start();

    Task<> stop();

private:
    void tell(const std::exception_ptr& failure);

    Parts parts_;
    msteams::Endpoint endpoint_;
    std::map<ConnectionId, std::unique_ptr<msteams::App>> apps_;
    TaskGroup calls_;
};

// Has a new password of an app count when its file changes. `configuration` always holds those that
// are in use. Everything must outlive the watch.
void watch_teams(
    SecretWatch& watch,
    config::Configuration& configuration,
    const std::vector<Connection>& connections,
    TeamsApps& apps
);

}  // namespace muster::cli
