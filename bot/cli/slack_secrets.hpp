#pragma once

#include "bot/cli/secret_watch.hpp"
#include "bot/cli/slack_installs.hpp"

namespace muster::cli {

// What is told when a workspace may be called again.
using ServeAgain = std::function<void(ConnectionId, slack::App&)>;

// Has new tokens and signing secrets of the workspaces that are open, and of the app that is
// installed, count when their files change. `configuration` always holds those that are in use.
// Everything must outlive the watch.
void watch_slack(
    SecretWatch& watch,
    config::Configuration& configuration,
    const std::vector<Connection>& connections,
    SlackApps& apps,
    SlackInstalls* installs,  // nullptr: nobody may install it
    ServeAgain serve_again
);

}  // namespace muster::cli
