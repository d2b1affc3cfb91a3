#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {
namespace {

constexpr auto replies_are_kept = 24h;
constexpr auto keys_are_kept = 10 * 24h;

// 30 s, 1 min, 2 min, 4 min after the first four failures.
milliseconds pause_after(int attempt) {
    return std::chrono::seconds{30} * (1 << (attempt - 1));
}

// What makes two arrivals of an input the same one.
std::string request_of(const Inbound& inbound) {
    if (!inbound.keys.empty()) return inbound.keys.front();
    return "seed:" + std::to_string(inbound.seed.high) + ":" + std::to_string(inbound.seed.low);
}

}  // namespace

std::optional<Transaction::Answered> SqliteTransaction::seen(
    ConnectionId connection, const std::vector<std::string>& keys, Instant now
) {
    for (const auto& key : keys) {
        auto request = database_.value<std::string>(
            "SELECT request FROM inbox_key WHERE connection = ? AND key = ?", connection, key
        );
        if (!request) continue;
        auto answered = Answered{.request = *request, .reply = {}};
        auto take = [&answered](Statement& at) {
            answered.reply = read<Reply>(at.cell(0));
            answered.is_carried = read<bool>(at.cell(1));
        };
        database_.each(
            "SELECT reply, carried FROM inbox_reply WHERE connection = ? AND request = ? AND at > "
            "?",
            take,
            connection,
            *request,
            now - replies_are_kept
        );
        return answered;
    }
    return std::nullopt;
}

bool SqliteTransaction::is_key_known(ConnectionId connection, const std::string& key) {
    return database_
        .value<std::string>(
            "SELECT request FROM inbox_key WHERE connection = ? AND key = ?", connection, key
        )
        .has_value();
}

void SqliteTransaction::keep(
    ConnectionId connection, const std::vector<std::string>& keys, const Reply& reply, Instant now
) {
    if (keys.empty()) return;
    for (const auto& key : keys)
        database_.run(
            "INSERT INTO inbox_key (connection, key, request, at) VALUES (?, ?, ?, ?) ON CONFLICT "
            "(connection, key) DO UPDATE SET request = excluded.request, at = excluded.at",
            connection,
            key,
            keys.front(),
            now
        );
    if (std::holds_alternative<NoReply>(reply)) return;
    database_.run(
        "INSERT INTO inbox_reply (connection, request, reply, at) VALUES (?, ?, ?, ?) ON CONFLICT "
        "(connection, request) DO UPDATE SET reply = excluded.reply, at = excluded.at, "
        "carried = excluded.carried",
        connection,
        keys.front(),
        reply,
        now
    );
}

void SqliteTransaction::note_carried(
    ConnectionId connection, const std::string& request, bool is_carried
) {
    database_.run(
        "UPDATE inbox_reply SET carried = ? WHERE connection = ? AND request = ?",
        is_carried,
        connection,
        request
    );
}

void SqliteTransaction::quarantine(const Inbound& inbound, const std::string& error, Instant now) {
    auto request = request_of(inbound);
    auto failed_before = database_.value<int>(
        "SELECT attempt FROM quarantine WHERE connection = ? AND request = ?",
        inbound.connection,
        request
    );
    auto attempt = failed_before.value_or(0) + 1;
    auto next_at = now + pause_after(std::min(attempt, most_attempts));
    if (failed_before) {
        database_.run(
            "UPDATE quarantine SET attempt = ?, error = ?, next_at = ? WHERE connection = ? AND "
            "request = ?",
            attempt,
            error,
            next_at,
            inbound.connection,
            request
        );
        return;
    }
    ++moved_.quarantined;
    auto last = database_.value<std::int64_t>("SELECT id FROM quarantine ORDER BY id DESC LIMIT 1");
    database_.run(
        "INSERT INTO quarantine (id, connection, request, inbound, attempt, error, next_at) VALUES "
        "(?, ?, ?, ?, ?, ?, ?)",
        last.value_or(0) + 1,
        inbound.connection,
        request,
        inbound,
        attempt,
        error,
        next_at
    );
}

std::vector<Transaction::Quarantined> SqliteTransaction::take_retryable(Instant now, int limit) {
    auto found = std::vector<Quarantined>{};
    auto add = [&](Statement& at) {
        auto item = Quarantined{
            .id = read<std::int64_t>(at.cell(0)),
            .inbound = {},
            .attempt = read<int>(at.cell(2)),
            .error = read<std::string>(at.cell(3))};
        try {
            item.inbound = read<Inbound>(at.cell(1));
        } catch (const CorruptRow& problem) {
            item.error = problem.what();
            item.is_readable = false;
        }
        found.push_back(std::move(item));
    };
    database_.each(
        "SELECT id, inbound, attempt, error FROM quarantine WHERE next_at <= ? AND attempt < ? "
        "ORDER BY next_at, id LIMIT ?",
        add,
        now,
        most_attempts,
        limit
    );
    for (const auto& item : found)
        if (!item.is_readable)
            database_.run(
                "UPDATE quarantine SET attempt = ?, error = ? WHERE id = ?",
                most_attempts,
                item.error,
                item.id
            );
    return found;
}

void SqliteTransaction::quarantine_settled(std::int64_t id) {
    database_.run("DELETE FROM quarantine WHERE id = ?", id);
}

int SqliteTransaction::forget(Instant now) {
    return database_.run("DELETE FROM inbox_reply WHERE at <= ?", now - replies_are_kept) +
           database_.run("DELETE FROM inbox_key WHERE at <= ?", now - keys_are_kept);
}

}  // namespace muster::sqlite
