#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/domain/ids.hpp"
#include "bot/domain/team.hpp"
#include "bot/domain/texts.hpp"
#include "bot/ports/task.hpp"

namespace muster {

class Store;

struct DirectoryPerson {
    std::string external_id;
    PersonId person;
    std::string name;
    ZoneName zone;
    std::vector<std::string> teams;  // names
    std::vector<Role> roles;         // held in any of them
    bool asked = true;               // participant in at least one team
};

struct DirectoryChannel {
    std::string external_id;
    std::string team;
    ZoneName zone;
};

// Who and what a connection reaches.
struct Directory {
    std::vector<DirectoryPerson> people;  // by name
    std::vector<DirectoryChannel> channels;
};

// What adapters may ask; nothing here changes anything. They hold this and the intake, never the
// store.
class Queries {
public:
    // The store must outlive it.
    explicit Queries(Store& store) : store_(store) {}

    Task<Directory> directory(ConnectionId connection);

    // In whose language and zone the person of this account is told something. None: it is
    // nobody's, or an archived person's.
    Task<std::optional<Reader>> reader(ConnectionId connection, std::string account);

    // Is this the channel of a team?
    Task<bool> knows_channel(ConnectionId connection, std::string channel);

private:
    Store& store_;
};

}  // namespace muster
