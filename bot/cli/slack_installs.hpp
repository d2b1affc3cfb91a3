#pragma once

#include <set>

#include "adapters/sealing/sealing.hpp"
#include "adapters/slack/install_desk.hpp"
#include "bot/cli/slack_apps.hpp"
#include "storage/sqlite/installations.hpp"

namespace muster::cli {

// The workspaces that have installed Muster themselves: those of before, and those that come while
// it runs.
class SlackInstalls {
public:
    // Told of each workspace that comes, or comes back, when Muster runs.
    using Serve = std::function<void(ConnectionId, slack::App&)>;

    // Everything must outlive the server of the routes.
    struct Parts {
        SqliteStore& store;
        const config::Configuration& configuration;  // with a slack_app
        Peers& peers;
        SlackApps& apps;
        Clock& clock;
        Entropy& entropy;
        Log& log;
        Serve serve;
    };

    explicit SlackInstalls(Parts parts);

    // Those of before. A workspace whose token cannot be read stays shut, and an operator is told.
    Task<> open(Platforms& platforms, Directories& directories);

    void add_to(http::Routes& routes) { desk_.add_to(routes); }

    void use_client_secret(std::string value) { desk_.use_client_secret(std::move(value)); }

    // From now on what comes can be served; till then it waits.
    void start() { is_started_ = true; }

private:
    Task<slack::Kept> keep(slack::Grant grant);
    Task<bool> is_of_our_key();
    bool is_known(const std::string& workspace) const;

    Parts parts_;
    std::optional<SealingKey> key_;
    SqliteInstallations installations_;
    std::set<std::string> workspaces_;  // of all installations, open or shut
    slack::InstallDesk desk_;
    bool is_started_ = false;
};

}  // namespace muster::cli
