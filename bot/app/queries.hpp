#pragma once

#include "storage/store.hpp"

namespace muster {

// Questions that adapters and commands may ask; nothing here changes anything.
namespace queries {

struct DirectoryPerson {
    std::string external_id;
    PersonId person;
    std::string name;
    ZoneName zone;
    std::string language;
    std::vector<std::string> teams;  // names
    std::vector<Role> roles;         // held in any of them
    bool asked = true;               // participant in at least one team
};

struct DirectoryChannel {
    std::string external_id;
    ChannelId channel;
    std::string team;
    ZoneName zone;
    std::string language;
};

struct Directory {
    std::vector<DirectoryPerson> people;  // by name
    std::vector<DirectoryChannel> channels;
};

// Who and what this connection reaches.
Directory directory(View&, ConnectionId);

}  // namespace queries

}  // namespace muster
