#include "bot/cli/slack_installs.hpp"

#include <algorithm>

#include "bot/cli/token_keys.hpp"

namespace muster::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto platform = "slack";
constexpr auto callback = "/slack/oauth/callback";

slack::InstallSettings settings_of(const config::Configuration& configuration) {
    const auto& app = *configuration.slack_app;
    auto here = configuration.server.public_url;
    while (here.ends_with('/'))
        here.pop_back();
    slack::OauthApp oauth{
        app.client_id,
        app.client_secret.reveal(),
        app.authorize_url,
        app.api_base_url,
        here + callback};
    return {std::move(oauth), app.workspaces, app.is_open};
}

Installation installation_of(const slack::Grant& grant, SealedText token, Instant now) {
    Installation installation;
    installation.workspace = grant.workspace();
    installation.name = grant.name;
    installation.enterprise = grant.enterprise;
    installation.app = grant.app;
    installation.bot_user = grant.bot_user;
    installation.token = std::move(token);
    installation.installed_at = now;
    return installation;
}

}  // namespace

SlackInstalls::SlackInstalls(Parts parts)
    : parts_(std::move(parts)),
      key_(token_key_of(parts_.configuration)),
      installations_(parts_.store),
      desk_(
          settings_of(parts_.configuration),
          {parts_.peers.client(),
           parts_.clock,
           parts_.entropy,
           parts_.log,
           [this](slack::Grant grant) { return keep(std::move(grant)); },
           [this](const std::string& workspace) { return is_known(workspace); }}
      ) {
    parts_.apps.expect(*parts_.configuration.slack_app);
}

Task<> SlackInstalls::open(Platforms& platforms, Directories& directories) {
    auto installations = co_await installations_.all();
    for (const auto& installation : installations) {
        workspaces_.insert(installation.workspace);
        if (platforms.contains(installation.connection)) continue;  // configured by that name
        auto token = token_of(installation, key_);
        if (!token) {
            parts_.apps.shut(installation.connection, installation.workspace);
            continue;
        }
        auto& app = parts_.apps.open_installed(
            installation.connection,
            installation.workspace,
            *parts_.configuration.slack_app,
            *std::move(token)
        );
        platforms[installation.connection] = &app.platform();
        directories[installation.connection] = &app.directory();
    }
    for (const auto& [what, fix] : unreadable_tokens(installations, key_))
        parts_.log.alarm("slack.token_not_readable", {{"what", what}, {"fix", fix}});
}

// What Slack has granted is first stored and then used: whoever is told that Muster is installed
// finds it there after any restart.
Task<slack::Kept> SlackInstalls::keep(slack::Grant grant) {
    while (!is_started_)
        co_await parts_.clock.pause(50ms);
    if (parts_.apps.is_configured(grant.workspace())) co_return slack::Kept::known;
    auto is_ours = co_await is_of_our_key();
    if (!is_ours) co_return slack::Kept::not_kept;

    auto token = seal(*key_, grant.token, grant.workspace(), parts_.entropy.seed());
    auto installation = installation_of(grant, std::move(token), parts_.clock.now());
    IdSource ids{parts_.entropy.seed()};
    auto connection = co_await installations_.keep(std::move(installation), platform, ids);
    if (!connection) {
        parts_.log.alarm("slack.install_not_kept", {{"error", name(connection.error())}});
        co_return slack::Kept::not_kept;
    }
    workspaces_.insert(grant.workspace());
    auto& app = parts_.apps.open_installed(
        connection->id, grant.workspace(), *parts_.configuration.slack_app, grant.token
    );
    parts_.apps.introduce(app);
    parts_.serve(connection->id, app);
    co_return slack::Kept::kept;
}

// With two keys side by side one configuration could never open all: whoever has put another key in
// its place re-encrypts first.
Task<bool> SlackInstalls::is_of_our_key() {
    auto installations = co_await installations_.all();
    auto is_other = [&](const Installation& installation) {
        return installation.token.key != key_->id();
    };
    auto other = std::ranges::find_if(installations, is_other);
    if (other == installations.end()) co_return true;
    parts_.log.alarm(
        "slack.install_needs_one_key",
        {{"configured", key_->id()},
         {"needed", other->token.key},
         {"fix",
          "Run muster tokens reencrypt, let storage.token_key name the key that it tells, and "
          "start "
          "Muster again."}}
    );
    co_return false;
}

bool SlackInstalls::is_known(const std::string& workspace) const {
    return workspaces_.contains(workspace) || parts_.apps.is_configured(workspace);
}

}  // namespace muster::cli
