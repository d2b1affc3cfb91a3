#include "bot/cli/slack_apps.hpp"

#include <algorithm>

namespace muster::cli {
namespace {

std::vector<slack::SigningSecret> secrets_of(const config::Slack& configured) {
    std::vector<slack::SigningSecret> secrets;
    if (configured.signing_secret)
        secrets.push_back({configured.signing_secret->reveal(), std::nullopt});
    if (configured.previous_signing_secret)
        secrets.push_back(
            {configured.previous_signing_secret->reveal(), configured.previous_signing_secret_until}
        );
    return secrets;
}

std::vector<slack::SigningSecret> secrets_of(const config::SlackApp& configured) {
    if (!configured.signing_secret) return {};
    return {{configured.signing_secret->reveal(), std::nullopt}};
}

slack::SocketModeSettings::Remedies remedies() {
    return {
        "Turn Socket Mode on in the settings of the app in Slack, or set \"transport\" to "
        "\"http\". Until then nothing that people write reaches Muster.",
        "Check that \"app_token\" is an app-level token (xapp-) of this app with the scope "
        "connections:write, and that Socket Mode is on in the settings of the app. Until then "
        "nothing that people write reaches Muster."};
}

}  // namespace

SlackApps::SlackApps(TaskGroup::Executor loop, Parts parts)
    : parts_(parts),
      dispatcher_({parts.intake, parts.queries, parts.clock, parts.entropy, parts.metrics}),
      endpoint_({dispatcher_, parts.clock, parts.metrics}),
      calls_(std::move(loop), [this](const std::exception_ptr& failure) { tell(failure); }) {}

void SlackApps::open(
    ConnectionId connection,
    const config::Slack& configured,
    Platforms& platforms,
    Directories& directories
) {
    slack::AppSettings settings{
        connection,
        configured.api_base_url,
        configured.bot_token.reveal(),
        secrets_of(configured),
        configured.response_url_hosts};
    auto& app = add(std::move(settings));
    platforms[connection] = &app.platform();
    directories[connection] = &app.directory();
    auto& open = open_[connection] = {&app, nullptr};
    if (configured.transport == config::Slack::Transport::socket) {
        open.socket = &socket_of(configured.name, configured.api_base_url, *configured.app_token);
        open.socket->add(app.installation());
    } else {
        endpoint_.add(app.installation());
        has_webhooks_ = true;
    }
}

slack::App& SlackApps::add(slack::AppSettings settings) {
    slack::App::Parts parts{
        parts_.peers.client(), parts_.catalogue, parts_.clock, parts_.log, calls_};
    return *apps_.emplace_back(std::make_unique<slack::App>(std::move(settings), parts));
}

void SlackApps::expect(const config::SlackApp& configured) {
    if (configured.transport == config::SlackApp::Transport::socket) {
        socket_of_installed_ =
            &socket_of("slack_app", configured.api_base_url, *configured.app_token);
        return;
    }
    endpoint_.expect({{configured.signing_secret->reveal(), std::nullopt}});
    has_webhooks_ = true;
}

void SlackApps::shut(ConnectionId connection, const std::string& workspace) {
    shut_.insert(connection);
    dispatcher_.shut(workspace);
}

slack::App& SlackApps::open_installed(
    ConnectionId connection,
    const std::string& workspace,
    const config::SlackApp& configured,
    std::string token
) {
    shut_.erase(connection);
    dispatcher_.reopen(workspace);
    auto& known = installed_[connection];
    if (known) {
        known->use_anew(std::move(token));
        return *known;
    }
    // Of the secrets that the app has, also the one of before, while it still counts.
    known = &add({
        connection,
        configured.api_base_url,
        std::move(token),
        socket_of_installed_ ? secrets_of(configured) : endpoint_.expected(),
        configured.response_url_hosts,
    });
    if (socket_of_installed_) {
        socket_of_installed_->add(known->installation());
    } else {
        endpoint_.add(known->installation());
    }
    return *known;
}

bool SlackApps::is_configured(const std::string& workspace) const {
    auto is_it = [&](const std::unique_ptr<slack::App>& app) {
        const auto& installation = app->installation();
        auto is_installed = installed_.contains(installation.connection);
        const auto& who = installation.identity;
        if (is_installed || !who) return false;
        return (who->team.empty() ? who->enterprise : who->team) == workspace;
    };
    return std::ranges::any_of(apps_, is_it);
}

// Slack shares what it tells among all connections of an app: with two, each would hear a part of
// both's workspaces.
slack::SocketMode& SlackApps::socket_of(
    const std::string& name, const std::string& api_base_url, const config::Secret& app_token
) {
    auto is_of_that_app = [app = slack::app_of(app_token.reveal())](const auto& socket) {
        return socket->app() == app;
    };
    auto known = std::ranges::find_if(sockets_, is_of_that_app);
    if (known != sockets_.end()) return **known;
    slack::SocketModeSettings settings{name, api_base_url, app_token.reveal(), remedies()};
    slack::SocketMode::Parts parts{
        parts_.peers.client(),
        parts_.peers.sockets(),
        dispatcher_,
        parts_.clock,
        parts_.entropy,
        parts_.log,
        parts_.metrics,
        calls_};
    return *sockets_.emplace_back(std::make_unique<slack::SocketMode>(std::move(settings), parts));
}

Task<std::string> SlackApps::renew_bot_token(ConnectionId connection, std::string token) {
    if (auto expected = config::misplaced_bot_token(token)) co_return *expected;
    auto stands_against = co_await app(connection).renew(std::move(token));
    // It may have been granted other things.
    if (stands_against.empty()) introduce(app(connection));
    co_return stands_against;
}

std::string SlackApps::renew_app_token(ConnectionId connection, const std::string& token) {
    if (auto expected = config::misplaced_app_token(token)) return *expected;
    auto* socket = open_.at(connection).socket;
    return socket ? socket->renew(token) : "";
}

std::string SlackApps::renew_app_token_of_installed(const std::string& token) {
    if (auto expected = config::misplaced_app_token(token)) return *expected;
    return socket_of_installed_ ? socket_of_installed_->renew(token) : "";
}

void SlackApps::renew_signing_secret(ConnectionId connection, const std::string& value) {
    app(connection).renew_signing_secret(value);
}

void SlackApps::renew_signing_secret_of_installed(const std::string& value) {
    endpoint_.renew_expected(value);
    for (auto& [connection, app] : installed_)
        app->renew_signing_secret(value);
}

void SlackApps::add_to(http::Routes& routes) {
    if (has_webhooks_) endpoint_.add_to(routes);
}

Histories SlackApps::histories() const {
    Histories histories;
    for (const auto& app : apps_)
        histories[app->installation().connection] = &app->history();
    for (auto connection : shut_)
        histories[connection] = nullptr;
    return histories;
}

void SlackApps::start() {
    for (auto& app : apps_)
        introduce(*app);
    for (auto& socket : sockets_)
        calls_.spawn(socket->run());
}

// What was not granted is stored, for those who can mend it to see in chat too.
Task<> SlackApps::introduced(slack::App& app) {
    co_await app.introduce();
    Introduced told;
    for (const auto& scope : app.missing_scopes())
        told.not_granted += (told.not_granted.empty() ? "" : ", ") + scope;
    const auto now = parts_.clock.now();
    Inbound news;
    news.connection = app.installation().connection;
    news.keys = {"introduced:" + std::to_string(now.time_since_epoch().count())};
    news.sent_at = now;
    news.seed = parts_.entropy.seed();
    news.event = std::move(told);
    auto taken = co_await parts_.intake.take(std::move(news), parts_.clock.steady_now());
    if (!taken) parts_.log.alarm("slack.not_noted", {{"error", name(taken.error())}});
}

Task<> SlackApps::stop() {
    for (auto& socket : sockets_)
        co_await socket->stop();
    calls_.cancel();
    co_await calls_.join();
}

// A reply that could not be given can be asked for again: nothing else depends on it.
void SlackApps::tell(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& problem) {
        parts_.log.alarm("slack.call_failed", {{"error", problem.what()}});
    }
}

}  // namespace muster::cli
