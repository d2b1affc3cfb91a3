#include "bot/cli/teams_apps.hpp"

#include <algorithm>

namespace muster::cli {

TeamsApps::TeamsApps(TaskGroup::Executor loop, Parts parts)
    : parts_(parts),
      endpoint_({parts.intake, parts.queries, parts.clock, parts.entropy, parts.log, parts.metrics}
      ),
      calls_(std::move(loop), [this](const std::exception_ptr& failure) { tell(failure); }) {}

Task<> TeamsApps::open(
    ConnectionId connection,
    const config::MsTeams& configured,
    Platforms& platforms,
    Directories& directories
) {
    msteams::AppSettings settings{
        .connection = connection,
        .app_id = configured.app_id,
        .app_password = configured.app_password.reveal(),
        .tenant = configured.tenant_id,
        .issuer = configured.issuer,
        .scope = configured.scope,
        .metadata_url = configured.openid_metadata_url,
        .token_url = configured.token_url,
        .service_url_hosts = configured.service_url_hosts,
    };
    msteams::App::Parts parts{
        parts_.peers.client(),
        parts_.book,
        parts_.catalogue,
        parts_.clock,
        parts_.entropy,
        parts_.log,
        calls_};
    auto& app = apps_[connection] = std::make_unique<msteams::App>(std::move(settings), parts);
    co_await app->load();
    platforms[connection] = &app->platform();
    directories[connection] = &app->directory();
    endpoint_.add(app->installation());
}

void TeamsApps::renew_app_password(ConnectionId connection, std::string password) {
    apps_.at(connection)->use(std::move(password));
}

void TeamsApps::start() {
    for (auto& [connection, app] : apps_)
        calls_.spawn(app->run());
}

Task<> TeamsApps::stop() {
    calls_.cancel();
    co_await calls_.join();
}

// A reply that could not be given can be asked for again: nothing else depends on it.
void TeamsApps::tell(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& problem) {
        parts_.log.alarm("msteams.call_failed", {{"error", problem.what()}});
    }
}

void watch_teams(
    SecretWatch& watch,
    config::Configuration& configuration,
    const std::vector<Connection>& connections,
    TeamsApps& apps
) {
    for (auto& configured : configuration.msteams) {
        auto connection = std::ranges::find(connections, configured.name, &Connection::key);
        if (connection == connections.end()) continue;
        auto use = [&apps, id = connection->id](std::string password) -> Task<std::string> {
            apps.renew_app_password(id, std::move(password));
            co_return "";
        };
        watch.watch("app_password of " + configured.name, configured.app_password, use);
    }
}

}  // namespace muster::cli
