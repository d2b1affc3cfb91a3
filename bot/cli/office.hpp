#pragma once

#include "adapters/system/command_socket.hpp"
#include "bot/cli/peers.hpp"
#include "bot/cli/secret_watch.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/entropy.hpp"
#include "config/configuration.hpp"
#include "storage/sqlite/sqlite_store.hpp"

namespace muster::cli {

// What a command asks of whoever holds the database: a word, then its arguments.
using Errand = std::vector<std::string>;

// The commands that need the store: apply, export, doctor, verify, backup,
// tokens. They run here, in a
// process of their own or beside a running bot, asked over its socket; they do not know which.
class Office {
public:
    // Everything must outlive the office.
    struct Parts {
        SqliteStore& store;
        Clock& clock;
        Entropy& entropy;
        const config::Configuration& configuration;
        Peers& peers;                          // to be stopped after the office
        const SecretWatch* secrets = nullptr;  // none: beside no running bot
    };

    explicit Office(Parts parts) : parts_(parts) {}

    // Returns the exit code.
    Task<int> run(Errand errand, Output& output);

private:
    Parts parts_;
};

// The people whom the configuration names, as far as they are known, hold the role of administrator
// from then on, and nobody else does. To be asked for when people or the configuration changed.
Decision administrators_change(View&, const std::vector<config::Admin>&);

// The rows of the organisation, of the connections that the configuration opens and of its
// administrators; other connections stay, and their deliveries wait. Whoever opens the store writes
// them first.
Task<std::vector<Connection>> record_connections(Office::Parts);

}  // namespace muster::cli
