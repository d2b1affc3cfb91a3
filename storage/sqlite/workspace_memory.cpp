#include "storage/sqlite/workspace_memory.hpp"

#include <algorithm>

#include "storage/sqlite/transaction.hpp"

namespace muster {

using sqlite::Database;

template <>
struct sqlite::Table<RememberedMessage> {
    static constexpr auto name = "local_message";

    static void columns(auto& message, auto&& column) {
        column("id", message.id);
        column("place", message.place);
        column("thread", message.thread);
        column("author", message.author);
        column("message", message.message);
        column("line", message.line);
        column("delivery", message.delivery);
        column("at", message.at);
        column("edited_at", message.edited_at);
        column("removed", message.removed);
    }
};

namespace {

// An SqliteStore gives its own transactions and no others.
Database& database_of(View& view) {
    return static_cast<sqlite::SqliteTransaction&>(view).database();
}

void write_over(Database& database, const RememberedMessage& message) {
    auto last =
        database.value<std::int64_t>("SELECT number FROM local_message ORDER BY number DESC LIMIT 1"
        );
    database.run(
        "INSERT INTO local_message (number, id, place, thread, author, message, line, delivery, "
        "at, edited_at, removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO "
        "UPDATE SET place = excluded.place, thread = excluded.thread, author = excluded.author, "
        "message = excluded.message, line = excluded.line, delivery = excluded.delivery, at = "
        "excluded.at, edited_at = excluded.edited_at, removed = excluded.removed",
        last.value_or(0) + 1,
        message.id,
        message.place,
        message.thread,
        message.author,
        message.message,
        message.line,
        message.delivery,
        message.at,
        message.edited_at,
        message.removed
    );
}

}  // namespace

Task<bool> SqliteWorkspaceMemory::remember(RememberedMessage message) {
    auto keep = [message = std::move(message)](Transaction& transaction) -> Result<bool> {
        write_over(database_of(transaction), message);
        return true;
    };
    auto kept = co_await store_.write(keep);
    co_return kept.has_value();
}

Task<std::vector<RememberedMessage>> SqliteWorkspaceMemory::recall(std::string place, int limit) {
    auto newest = [place = std::move(place), limit](View& view) {
        auto messages = database_of(view).all<RememberedMessage>(
            "WHERE place = ? AND removed = 0 ORDER BY number DESC LIMIT ?", place, limit
        );
        std::reverse(messages.begin(), messages.end());
        return messages;
    };
    co_return co_await store_.read(newest);
}

Task<std::optional<RememberedMessage>> SqliteWorkspaceMemory::recall_one(std::string id) {
    auto find = [id = std::move(id)](View& view) {
        return database_of(view).one<RememberedMessage>("WHERE id = ?", id);
    };
    co_return co_await store_.read(find);
}

Task<std::vector<RememberedMessage>> SqliteWorkspaceMemory::recall_delivery(DeliveryId delivery) {
    auto find = [delivery](View& view) {
        auto clause = "WHERE delivery = ? AND delivery <> 0 ORDER BY number";
        return database_of(view).all<RememberedMessage>(clause, delivery);
    };
    co_return co_await store_.read(find);
}

}  // namespace muster
