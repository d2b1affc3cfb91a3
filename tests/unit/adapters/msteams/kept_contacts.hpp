#pragma once

#include <map>

#include "bot/ports/contact_book.hpp"

namespace muster::msteams {

class KeptContacts : public ContactBook {
public:
    Task<std::vector<Contact>> contacts(ConnectionId connection) override {
        std::vector<Contact> known;
        for (const auto& [address, contact] : kept[connection])
            known.push_back(contact);
        co_return known;
    }

    Task<bool> note(ConnectionId connection, Contact contact) override {
        if (is_full) co_return false;
        ++written;
        kept[connection][contact.address] = contact;
        co_return true;
    }

    std::map<ConnectionId, std::map<std::string, Contact>> kept;
    int written = 0;
    bool is_full = false;
};

}  // namespace muster::msteams
