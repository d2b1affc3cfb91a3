#include "storage/sqlite/tables_of_work.hpp"
#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {
namespace {

constexpr auto priorities = {
    Priority::urgent, Priority::answer, Priority::prompt, Priority::report};

// Of one priority, in the order of the index; one that waits for the first message of its thread is
// not ready. A thread whose first message will never be posted holds nobody back.
constexpr auto ready =
    "WHERE delivery.state = 'pending' AND delivery.priority = ? AND NOT EXISTS (SELECT 1 FROM "
    "delivery AS parent WHERE parent.id = delivery.thread_of AND parent.provider_id = '' AND "
    "parent.state IN ('pending', 'sending', 'uncertain')) ";

// What an edit of a message that somebody may be reading must wait for.
Instant edit_due(const Delivery& delivery, Instant wanted) {
    auto live = std::holds_alternative<ChannelId>(delivery.key.recipient);
    if (!live || !delivery.changed_at) return wanted;
    return std::max(wanted, *delivery.changed_at + live_edit_gap);
}

void pend_again(Delivery& delivery, Instant due) {
    delivery.state = DeliveryState::pending;
    delivery.due = due;
    delivery.attempt = 0;
    delivery.reason.clear();
}

// The row says that the world has, or will have, an older state of the message.
void want_another_revision(Delivery& delivery, const Tell& tell) {
    ++delivery.revision_wanted;
    delivery.expires_at = tell.expires_at;
    switch (delivery.state) {
        case DeliveryState::pending:
            if (delivery.attempt > 0) break;  // a call failed: its pause stands
            delivery.due = std::min(delivery.due, edit_due(delivery, tell.due));
            break;
        case DeliveryState::sent: pend_again(delivery, edit_due(delivery, tell.due)); break;
        case DeliveryState::cancelled:
        case DeliveryState::expired: pend_again(delivery, edit_due(delivery, tell.due)); break;
        case DeliveryState::sending:
        case DeliveryState::uncertain: break;  // the courier sees it when the call has settled
        case DeliveryState::failed: break;     // nothing has changed that would let it through
    }
}

}  // namespace

std::optional<Instant> SqliteTransaction::earliest_delivery() {
    auto sql =
        std::string("SELECT delivery.due FROM delivery ") + ready + "ORDER BY due, id LIMIT 1";
    auto earliest = std::optional<Instant>{};
    for (auto priority : priorities) {
        auto due = database_.value<Instant>(sql, static_cast<int>(priority));
        if (due && (!earliest || *due < *earliest)) earliest = due;
    }
    return earliest;
}

std::optional<Instant> SqliteTransaction::next_delivery_after(Instant now) {
    auto sql = std::string("SELECT delivery.due FROM delivery ") + ready +
               "AND delivery.due > ? ORDER BY due, id LIMIT 1";
    auto earliest = std::optional<Instant>{};
    for (auto priority : priorities) {
        auto due = database_.value<Instant>(sql, static_cast<int>(priority), now);
        if (due && (!earliest || *due < *earliest)) earliest = due;
    }
    return earliest;
}

std::optional<Delivery> SqliteTransaction::delivery(DeliveryId id) {
    return database_.one<Delivery>("WHERE id = ?", id);
}

std::optional<Delivery> SqliteTransaction::delivery(const DeliveryKey& key) {
    return database_.one<Delivery>(
        "WHERE purpose = ? AND subject = ? AND recipient = ? AND seq = ?",
        key.purpose,
        key.subject,
        key.recipient,
        key.seq
    );
}

// A delivery does not say over which connection it went: its recipient does.
std::optional<Delivery> SqliteTransaction::delivery_by_message(
    ConnectionId connection, const std::string& provider_id
) {
    auto reaches = [&](const Recipient& recipient) {
        if (auto channel = std::get_if<ChannelId>(&recipient))
            return database_.value<int>(
                "SELECT 1 FROM channel WHERE id = ? AND connection = ?", *channel, connection
            );
        return database_.value<int>(
            "SELECT 1 FROM account WHERE person = ? AND connection = ?",
            std::get<PersonId>(recipient),
            connection
        );
    };
    auto clause = "WHERE provider_id = ? AND provider_id <> '' ORDER BY id";
    for (auto& delivery : database_.all<Delivery>(clause, provider_id))
        if (reaches(delivery.key.recipient)) return std::move(delivery);
    return std::nullopt;
}

std::vector<Delivery> SqliteTransaction::due_deliveries(Instant now, int limit) {
    auto clause = std::string(ready) + "AND delivery.due <= ? ORDER BY due, id LIMIT ?";
    auto due = std::vector<Delivery>{};
    for (auto priority : priorities) {
        auto room = limit - static_cast<int>(due.size());
        if (room <= 0) break;
        auto more = database_.all<Delivery>(clause, static_cast<int>(priority), now, room);
        std::move(more.begin(), more.end(), std::back_inserter(due));
    }
    return due;
}

std::vector<Delivery> SqliteTransaction::unsettled_deliveries() {
    return database_.all<Delivery>("WHERE state IN ('sending', 'uncertain') ORDER BY due, id");
}

std::vector<Delivery> SqliteTransaction::deliveries_of(Purpose purpose, std::int64_t subject) {
    auto clause = "WHERE purpose = ? AND subject = ? ORDER BY seq, id";
    return database_.all<Delivery>(clause, purpose, subject);
}

void SqliteTransaction::update(const Delivery& delivery) {
    database_.put(delivery);
}

void SqliteTransaction::see_to(const Tell& tell) {
    auto thread = std::optional<DeliveryId>{};
    if (tell.in_thread_of)
        if (auto parent = delivery(*tell.in_thread_of)) thread = parent->id;

    auto existing = delivery(tell.key);
    if (!existing) {
        auto fresh = Delivery{};
        fresh.id = tell.id;
        fresh.key = tell.key;
        fresh.thread_of = thread;
        fresh.due = tell.due;
        fresh.expires_at = tell.expires_at;
        database_.put(fresh);
        return;
    }
    want_another_revision(*existing, tell);
    if (existing->provider_id.empty() && !existing->thread_of) existing->thread_of = thread;
    database_.put(*existing);
}

}  // namespace muster::sqlite
