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

constexpr auto expiring = "state = 'pending' AND provider_id = '' AND expires_at IS NOT NULL ";

// Over which connection a row goes: that of its message, else of its channel or of the home of its
// person. A recipient is "channel:1" or "person:2".
constexpr auto connection =
    "(CASE WHEN delivery.provider_id <> '' THEN delivery.connection "
    "WHEN delivery.recipient LIKE 'channel:%' THEN (SELECT channel.connection FROM channel WHERE "
    "channel.id = CAST(substr(delivery.recipient, 9) AS INTEGER)) "
    "ELSE (SELECT account.connection FROM person JOIN account ON account.id = person.home "
    "WHERE person.id = CAST(substr(delivery.recipient, 8) AS INTEGER)) END)";

// ",1,2,": one text to bind, so that the statement stays the same.
std::string list_of(const std::vector<ConnectionId>& ids) {
    std::string list = ",";
    for (auto id : ids)
        list += std::to_string(id.value) + ",";
    return list;
}

}  // namespace

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

std::vector<Delivery> SqliteTransaction::late_deliveries(Instant now, int limit) {
    auto clause = std::string("WHERE ") + expiring +
                  "AND expires_at <= ? AND due <= ? ORDER BY expires_at, id LIMIT ?";
    return database_.all<Delivery>(clause, now, now, limit);
}

std::optional<Instant> SqliteTransaction::next_expiry_after(Instant now) {
    auto sql = std::string("SELECT expires_at FROM delivery WHERE ") + expiring +
               "AND expires_at > ? ORDER BY expires_at, id LIMIT 1";
    return database_.value<Instant>(sql, now);
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

std::optional<Delivery> SqliteTransaction::delivery_by_message(
    ConnectionId connection, const std::string& provider_id
) {
    if (provider_id.empty()) return std::nullopt;
    auto whole = database_.one<Delivery>(
        "WHERE provider_id = ? AND provider_id <> '' AND connection = ? ORDER BY id LIMIT 1",
        provider_id,
        connection
    );
    if (whole) return whole;
    // The id of a message in parts goes on with a space after the first of them.
    return database_.one<Delivery>(
        "WHERE provider_id > ? AND provider_id < ? AND provider_id <> '' AND connection = ? "
        "ORDER BY provider_id, id LIMIT 1",
        provider_id + " ",
        provider_id + "!",
        connection
    );
}

void SqliteTransaction::visit_due_deliveries(
    Instant now, const Open& open, const std::function<bool(const Delivery&)>& go_on
) {
    static const auto sql = select_from<Delivery>() + ready +
                            "AND delivery.due <= ? AND COALESCE(instr(CASE WHEN "
                            "delivery.provider_id = '' THEN ? ELSE ? END, ',' || " +
                            connection + " || ','), 1) ORDER BY due, id";
    auto to_post = list_of(open.to_post);
    auto to_change = list_of(open.to_change);
    auto goes_on = true;
    auto visit = [&](Statement& at) { return goes_on = go_on(read_row<Delivery>(at)); };
    for (auto priority : priorities) {
        auto of_priority = static_cast<int>(priority);
        database_.each_while(sql, visit, of_priority, now, to_post, to_change);
        if (!goes_on) return;
    }
}

std::vector<Delivery> SqliteTransaction::unsettled_deliveries() {
    return database_.all<Delivery>("WHERE state IN ('sending', 'uncertain') ORDER BY due, id");
}

std::vector<Delivery> SqliteTransaction::deliveries_of(Purpose purpose, std::int64_t subject) {
    auto clause = "WHERE purpose = ? AND subject = ? ORDER BY seq, id";
    return database_.all<Delivery>(clause, purpose, subject);
}

View::Backlog SqliteTransaction::backlog(Instant now) {
    auto found = Backlog{};
    auto see_pending = [&](Statement& at) {
        found.pending = read<int>(at.cell(0));
        found.due = read<int>(at.cell(1));
        found.oldest_due = read<std::optional<Instant>>(at.cell(2));
    };
    database_.each(
        "SELECT count(*), count(due) FILTER (WHERE due <= ?1), min(due) FILTER (WHERE due <= ?1) "
        "FROM delivery INDEXED BY delivery_pending WHERE state = 'pending'",
        see_pending,
        now
    );
    auto see_unsettled = [&](Statement& at) {
        auto count = read<DeliveryState>(at.cell(0)) == DeliveryState::sending ? &found.sending
                                                                               : &found.uncertain;
        *count = read<int>(at.cell(1));
    };
    database_.each(
        "SELECT state, count(*) FROM delivery WHERE state IN ('sending', 'uncertain') GROUP BY "
        "state",
        see_unsettled
    );
    found.quarantined = database_.value<int>("SELECT count(*) FROM quarantine").value_or(0);
    return found;
}

void SqliteTransaction::update(const Delivery& delivery) {
    moved_.deliveries = true;
    database_.put(delivery);
}

void SqliteTransaction::see_to(const Tell& tell) {
    auto thread = std::optional<DeliveryId>{};
    if (tell.in_thread_of)
        if (auto parent = delivery(*tell.in_thread_of)) thread = parent->id;

    auto known = delivery(tell.key);
    auto told = known ? told_again(*known, tell) : first_told(tell);
    if (!is_posted(told) && !told.thread_of) told.thread_of = thread;
    if (known)
        database_.put_changes(*known, told);
    else
        database_.put(told);
}

}  // namespace muster::sqlite
