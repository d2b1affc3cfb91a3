#pragma once

#include <map>

#include "bot/ports/contact_book.hpp"

namespace muster::msteams {

// How the people and channels of one tenant are reached. Microsoft tells it with what people do
// there, and in no other way: what is known is kept in the book, and at hand here.
class Contacts {
public:
    // The book must outlive it.
    Contacts(ConnectionId connection, ContactBook& book) : connection_(connection), book_(book) {}

    // What is in the book. Before anything else.
    Task<> load();

    // nullptr: nothing was told of them yet. Valid until the next note().
    const Contact* find(const std::string& address) const;

    // A service url of the tenant, for a place that was not told of; "" = none yet.
    std::string any_service_url() const;

    // Keeps what was told, over what was known; what it leaves empty stays. False: not stored, and
    // not known here either. Nothing is written where nothing is new.
    Task<bool> note(Contact told);

private:
    ConnectionId connection_;
    ContactBook& book_;
    std::map<std::string, Contact> known_;  // by address
};

}  // namespace muster::msteams
