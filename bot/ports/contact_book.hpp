#pragma once

#include <string>
#include <vector>

#include "bot/domain/ids.hpp"
#include "bot/ports/task.hpp"

namespace muster {

// How one person or place is reached over a connection, as its platform told last. It means
// something to the connection's adapter alone.
struct Contact {
    std::string address;       // external id of an account or a channel
    std::string conversation;  // where messages for them go; "" = none was opened yet
    std::string name_there;    // what the platform calls them in its calls; "" = by their address
    std::string service_url;   // where calls about them go
    // Muster may not write to them any more: it was taken away there.
    bool is_removed = false;

    bool operator==(const Contact&) const = default;
};

// What an adapter has to remember of people and places beyond their address: platforms tell it with
// what people do, and cannot be asked for it. Kept by storage in production and by a map in tests.
class ContactBook {
public:
    virtual ~ContactBook() = default;

    virtual Task<std::vector<Contact>> contacts(ConnectionId) = 0;  // by address

    // Durable when it returns; written over what was noted of that address. False: not stored.
    virtual Task<bool> note(ConnectionId, Contact) = 0;
};

}  // namespace muster
