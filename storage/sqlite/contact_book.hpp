#pragma once

#include "bot/ports/contact_book.hpp"
#include "storage/sqlite/sqlite_store.hpp"

namespace muster {

// Keeps contacts in the same database as everything else, through the same writer.
class SqliteContactBook final : public ContactBook {
public:
    // `store` must outlive this.
    explicit SqliteContactBook(SqliteStore& store) : store_(store) {}

    Task<std::vector<Contact>> contacts(ConnectionId) override;
    Task<bool> note(ConnectionId, Contact) override;

private:
    SqliteStore& store_;
};

}  // namespace muster
