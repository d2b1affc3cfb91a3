#include "storage/sqlite/contact_book.hpp"

#include "storage/sqlite/transaction.hpp"

namespace muster {

using sqlite::Database;

template <>
struct sqlite::Table<Contact> {
    static constexpr auto name = "contact";

    static void columns(auto& contact, auto&& column) {
        column("address", contact.address);
        column("conversation", contact.conversation);
        column("name_there", contact.name_there);
        column("service_url", contact.service_url);
        column("is_removed", contact.is_removed);
    }
};

namespace {

// An SqliteStore gives its own transactions and no others.
Database& database_of(View& view) {
    return static_cast<sqlite::SqliteTransaction&>(view).database();
}

void write_over(Database& database, ConnectionId connection, const Contact& contact) {
    database.run(
        "INSERT INTO contact (connection, address, conversation, name_there, service_url, "
        "is_removed) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (connection, address) DO UPDATE SET "
        "conversation = excluded.conversation, name_there = excluded.name_there, service_url = "
        "excluded.service_url, is_removed = excluded.is_removed",
        connection,
        contact.address,
        contact.conversation,
        contact.name_there,
        contact.service_url,
        contact.is_removed
    );
}

}  // namespace

Task<std::vector<Contact>> SqliteContactBook::contacts(ConnectionId connection) {
    auto list = [connection](View& view) {
        return database_of(view).all<Contact>("WHERE connection = ? ORDER BY address", connection);
    };
    co_return co_await store_.read(list);
}

Task<bool> SqliteContactBook::note(ConnectionId connection, Contact contact) {
    auto keep = [connection,
                 contact = std::move(contact)](Transaction& transaction) -> Result<bool> {
        write_over(database_of(transaction), connection, contact);
        return true;
    };
    auto kept = co_await store_.write(keep);
    co_return kept.has_value();
}

}  // namespace muster
