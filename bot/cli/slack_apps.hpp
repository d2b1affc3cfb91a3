#pragma once

#include <memory>

#include "adapters/slack/app.hpp"
#include "adapters/slack/socket_mode.hpp"
#include "bot/app/courier.hpp"
#include "bot/app/look_ups.hpp"
#include "bot/cli/peers.hpp"
#include "config/configuration.hpp"

namespace muster::cli {

// The Slack workspaces that Muster works in: those of the configuration, and those that have
// installed it.
class SlackApps {
public:
    // Everything must outlive stop().
    struct Parts {
        Peers& peers;
        Intake& intake;
        Queries& queries;
        const Catalogue& catalogue;
        Clock& clock;
        Entropy& entropy;
        Log& log;
        Metrics& metrics;
    };

    SlackApps(TaskGroup::Executor loop, Parts parts);

    // Before add_to() and start().
    void open(
        ConnectionId connection,
        const config::Slack& configured,
        Platforms& platforms,
        Directories& directories
    );

    // There is an app that may be installed while we run. Before add_to().
    void expect(const config::SlackApp& configured);

    // A workspace that has installed it and whose token cannot be read: it is not served, and what
    // comes from there is not taken.
    void shut(ConnectionId connection, const std::string& workspace);

    // A workspace that has installed it, at any time; one that is open already goes on with this
    // token.
    slack::App& open_installed(
        ConnectionId connection,
        const std::string& workspace,
        const config::SlackApp& configured,
        std::string token
    );

    // Other secrets of a workspace of the configuration, or of the app that is installed; what
    // stands against one, "" = it counts from now on.
    Task<std::string> renew_bot_token(ConnectionId connection, std::string token);
    std::string renew_app_token(ConnectionId connection, const std::string& token);
    std::string renew_app_token_of_installed(const std::string& token);
    void renew_signing_secret(ConnectionId connection, const std::string& value);
    void renew_signing_secret_of_installed(const std::string& value);

    slack::App& app(ConnectionId connection) { return *open_.at(connection).app; }

    // A workspace of the configuration, as far as Slack has said who they are.
    bool is_configured(const std::string& workspace) const;

    void introduce(slack::App& app) { calls_.spawn(introduced(app)); }

    void add_to(http::Routes& routes);

    // What was typed there while nobody listened.
    Histories histories() const;

    // Slack is asked who we are there, and called where it does not call us.
    void start();

    // What came over web sockets is answered first.
    Task<> stop();

private:
    struct Open {
        slack::App* app;
        slack::SocketMode* socket;  // nullptr: Slack calls us
    };

    slack::SocketMode& socket_of(
        const std::string& name, const std::string& api_base_url, const config::Secret& app_token
    );
    Task<> introduced(slack::App& app);
    void tell(const std::exception_ptr& failure);

    slack::App& add(slack::AppSettings settings);

    Parts parts_;
    slack::Dispatcher dispatcher_;
    slack::Endpoint endpoint_;
    std::vector<std::unique_ptr<slack::App>> apps_;
    std::map<ConnectionId, Open> open_;              // those of the configuration
    std::map<ConnectionId, slack::App*> installed_;  // of apps_
    std::set<ConnectionId> shut_;
    std::vector<std::unique_ptr<slack::SocketMode>> sockets_;  // one of each app
    slack::SocketMode* socket_of_installed_ = nullptr;         // of sockets_
    bool has_webhooks_ = false;
    TaskGroup calls_;
};

}  // namespace muster::cli
