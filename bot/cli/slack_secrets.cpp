#include "bot/cli/slack_secrets.hpp"

#include <algorithm>

namespace muster::cli {
namespace {

// For what needs no waiting.
template <class Take>
SecretWatch::Use at_once(Take take) {
    return [take](std::string secret) -> Task<std::string> { co_return take(secret); };
}

void watch_workspace(
    SecretWatch& watch,
    config::Slack& configured,
    ConnectionId connection,
    SlackApps& apps,
    ServeAgain serve_again
) {
    auto use_bot_token = [&apps, connection, serve_again](std::string token) -> Task<std::string> {
        auto expected = co_await apps.renew_bot_token(connection, std::move(token));
        if (expected.empty()) serve_again(connection, apps.app(connection));
        co_return expected;
    };
    auto use_app_token = [&apps, connection](const std::string& token) {
        return apps.renew_app_token(connection, token);
    };
    auto use_signing_secret = [&apps, connection](const std::string& secret) {
        apps.renew_signing_secret(connection, secret);
        return std::string{};
    };
    auto name = [&](const char* what) { return what + (" of " + configured.name); };
    watch.watch(name("bot_token"), configured.bot_token, use_bot_token);
    if (configured.app_token)
        watch.watch(name("app_token"), *configured.app_token, at_once(use_app_token));
    if (configured.signing_secret)
        watch.watch(
            name("signing_secret"), *configured.signing_secret, at_once(use_signing_secret)
        );
}

void watch_installed_app(
    SecretWatch& watch, config::SlackApp& configured, SlackApps& apps, SlackInstalls& installs
) {
    auto use_signing_secret = [&apps](const std::string& secret) {
        apps.renew_signing_secret_of_installed(secret);
        return std::string{};
    };
    auto use_client_secret = [&installs](const std::string& secret) {
        installs.use_client_secret(secret);
        return std::string{};
    };
    auto use_app_token = [&apps](const std::string& token) {
        return apps.renew_app_token_of_installed(token);
    };
    if (configured.app_token)
        watch.watch("app_token of slack_app", *configured.app_token, at_once(use_app_token));
    if (configured.signing_secret)
        watch.watch(
            "signing_secret of slack_app", *configured.signing_secret, at_once(use_signing_secret)
        );
    watch.watch("client_secret of slack_app", configured.client_secret, at_once(use_client_secret));
}

}  // namespace

void watch_slack(
    SecretWatch& watch,
    config::Configuration& configuration,
    const std::vector<Connection>& connections,
    SlackApps& apps,
    SlackInstalls* installs,
    ServeAgain serve_again
) {
    for (auto& configured : configuration.slack) {
        auto connection = std::ranges::find(connections, configured.name, &Connection::key);
        if (connection != connections.end())
            watch_workspace(watch, configured, connection->id, apps, serve_again);
    }
    if (installs) watch_installed_app(watch, *configuration.slack_app, apps, *installs);
}

}  // namespace muster::cli
