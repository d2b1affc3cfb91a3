#pragma once

#include "bot/ports/sealed_text.hpp"
#include "storage/sqlite/sqlite_store.hpp"

namespace muster {

// A workspace that Muster was installed in while it ran, and its token, sealed.
struct Installation {
    ConnectionId connection;  // kept: whatever stands here is replaced by its own
    std::string workspace;    // the platform's id; also the connection's key
    std::string name;         // for people
    std::string enterprise;   // "" = none
    std::string app;
    std::string bot_user;
    SealedText token;
    Instant installed_at{};

    bool operator==(const Installation&) const = default;
};

// The installations, in the same database as everything else.
class SqliteInstallations {
public:
    // `store` must outlive this.
    explicit SqliteInstallations(SqliteStore& store) : store_(store) {}

    Task<std::vector<Installation>> all();  // by workspace

    // Written with its connection on that platform, which is the one of before where Muster was
    // installed there already: all that is known of the workspace stays. Gives the connection.
    // conflict: a connection of that name is there already, and was not installed.
    Task<Result<Connection>> keep(Installation, std::string platform, IdSource);

    // All tokens sealed anew, or none. `reseal` gives what takes the place of a token; what it
    // gives nothing for makes the whole a failure: not_found. Runs on the writer's thread.
    using Reseal = std::function<std::optional<SealedText>(const Installation&)>;
    Task<Result<int>> reseal_all(Reseal reseal);  // how many were there

private:
    SqliteStore& store_;
};

}  // namespace muster
