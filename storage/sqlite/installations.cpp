#include "storage/sqlite/installations.hpp"

#include <algorithm>

#include "storage/sqlite/transaction.hpp"

namespace muster {

using sqlite::Database;

template <>
struct sqlite::Table<Installation> {
    static constexpr auto name = "installation";
    static constexpr auto key = "connection";

    static void columns(auto& installation, auto&& column) {
        column("connection", installation.connection);
        column("workspace", installation.workspace);
        column("name", installation.name);
        column("enterprise", installation.enterprise);
        column("app", installation.app);
        column("bot_user", installation.bot_user);
        column("token_key", installation.token.key);
        column("token_nonce", installation.token.nonce);
        column("token_content", installation.token.content);
        column("installed_at", installation.installed_at);
    }
};

namespace {

// An SqliteStore gives its own transactions and no others.
Database& database_of(View& view) {
    return static_cast<sqlite::SqliteTransaction&>(view).database();
}

std::vector<Installation> all_of(View& view) {
    return database_of(view).all<Installation>("ORDER BY workspace");
}

Result<Connection> connection_of(
    Transaction& transaction,
    const Installation& installation,
    const std::string& platform,
    IdSource& ids
) {
    auto known = transaction.connections();
    auto same = std::ranges::find(known, installation.workspace, &Connection::key);
    auto organisation = transaction.organisation();
    if (!organisation) return Errc::conflict;
    if (same == known.end())
        return Connection{
            ids.next<ConnectionId>(), organisation->id, installation.workspace, platform, {}};
    auto is_installed =
        database_of(transaction).one<Installation>("WHERE connection = ?", same->id).has_value();
    if (!is_installed || same->platform != platform) return Errc::conflict;
    return *same;
}

}  // namespace

Task<std::vector<Installation>> SqliteInstallations::all() {
    auto list = [](View& view) { return all_of(view); };
    co_return co_await store_.read(list);
}

Task<Result<Connection>> SqliteInstallations::keep(
    Installation installation, std::string platform, IdSource ids
) {
    auto write = [=](Transaction& transaction) mutable -> Result<Connection> {
        auto connection = connection_of(transaction, installation, platform, ids);
        if (!connection) return connection.error();
        installation.connection = connection->id;
        Decision decision;
        decision.changes.push_back(*connection);
        decision.events.push_back(
            {"connection.installed",
             connection->id.value,
             std::nullopt,
             {{"key", installation.workspace}, {"app", installation.app}}}
        );
        transaction.apply(decision, installation.installed_at);
        database_of(transaction).put(installation);
        return connection;
    };
    co_return co_await store_.write(write);
}

Task<Result<int>> SqliteInstallations::reseal_all(Reseal reseal) {
    auto write = [reseal = std::move(reseal)](Transaction& transaction) -> Result<int> {
        auto installations = all_of(transaction);
        for (auto& installation : installations) {
            auto token = reseal(installation);
            if (!token) return Errc::not_found;
            installation.token = *std::move(token);
            database_of(transaction).put(installation);
        }
        return static_cast<int>(installations.size());
    };
    co_return co_await store_.write(write);
}

}  // namespace muster
