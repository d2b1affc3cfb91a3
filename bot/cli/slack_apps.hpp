#pragma once

#include <memory>

#include "adapters/slack/app.hpp"
#include "bot/app/courier.hpp"
#include "config/configuration.hpp"

namespace muster::cli {

// The Slack workspaces of the configuration.
class SlackApps {
public:
    // Everything must outlive stop().
    struct Parts {
        HttpClient& http;
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
    void open(ConnectionId connection, const config::Slack& configured, Platforms& platforms);

    void add_to(http::Routes& routes);

    // Slack is asked who we are there.
    void start();

    Task<> stop();

private:
    void tell(const std::exception_ptr& failure);

    Parts parts_;
    slack::Dispatcher dispatcher_;
    slack::Endpoint endpoint_;
    std::vector<std::unique_ptr<slack::App>> apps_;
    TaskGroup calls_;
};

}  // namespace muster::cli
