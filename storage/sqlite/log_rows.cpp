#include "storage/sqlite/event_log.hpp"
#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {

std::vector<View::LoggedEvent> SqliteTransaction::events(std::int64_t after, int limit) {
    auto events = std::vector<LoggedEvent>{};
    auto add = [&](Statement& at) {
        auto row = read_row<LogRow>(at);
        auto payload = read<std::optional<std::string>>(at.cell(at.cells() - 1));
        auto event =
            Event{.kind = row.kind, .subject = row.subject, .actor = row.actor, .facts = {}};
        if (payload) event.facts = from_json<EventFacts>(*payload);
        events.push_back({row.number, row.at, std::move(event)});
    };
    auto sql = "SELECT " + columns_of<LogRow>() +
               ", event_payload.payload FROM event_log LEFT JOIN event_payload ON "
               "event_payload.number = event_log.number WHERE event_log.number > ? ORDER BY "
               "event_log.number LIMIT ?";
    database_.each(sql, add, after, limit);
    return events;
}

void SqliteTransaction::log(const Event& event, Instant now) {
    moved_.events.push_back(event);
    auto row =
        LogRow{.at = now, .kind = event.kind, .subject = event.subject, .actor = event.actor};
    auto find_end = [&](Statement& at) {
        row.number = read<std::int64_t>(at.cell(0));
        row.previous = read<Digest>(at.cell(1));
    };
    database_.each("SELECT number, own FROM event_log_end WHERE id = 1", find_end);
    row.organisation =
        database_.value<std::int64_t>("SELECT id FROM organisation ORDER BY id LIMIT 1")
            .value_or(0);

    auto payload = to_json(event.facts);
    auto salt = salt_();
    ++row.number;
    row.digest = digest_of(salt, payload);
    row.own = seal_of(row);

    auto insert =
        "INSERT INTO event_log (number, organisation, at, kind, subject, actor, digest, "
        "previous, own) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    database_.run(
        insert,
        row.number,
        row.organisation,
        row.at,
        row.kind,
        row.subject,
        row.actor,
        row.digest,
        row.previous,
        row.own
    );
    database_.run(
        "INSERT INTO event_payload (number, salt, payload) VALUES (?, ?, ?)",
        row.number,
        salt,
        payload
    );
    database_.run(
        "INSERT INTO event_log_end (id, number, own) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE "
        "SET number = excluded.number, own = excluded.own",
        row.number,
        row.own
    );
}

}  // namespace muster::sqlite
