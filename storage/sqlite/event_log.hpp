#pragma once

#include "bot/domain/decision.hpp"
#include "storage/sqlite/database.hpp"

// The append-only log. Each row is sealed by a hash over itself and over the seal of the row
// before, so that a changed, removed or reordered row shows. What a row says (its payload) lies in
// a second table with a salt; the seal holds only SHA-256(salt + payload): erasing the payload
// leaves the chain whole and tells nobody what it was.
namespace muster::sqlite {

struct LogRow {
    std::int64_t number = 0;
    std::int64_t organisation = 0;
    Instant at{};
    std::string kind;
    std::int64_t subject = 0;
    std::optional<PersonId> actor;
    Digest digest{};    // of salt and payload
    Digest previous{};  // `own` of the row before; zeros for the first
    Digest own{};       // of all of the above
};

template <>
struct Table<LogRow> {
    static constexpr auto name = "event_log";

    static void columns(auto& row, auto&& column) {
        column("number", row.number);
        column("organisation", row.organisation);
        column("at", row.at);
        column("kind", row.kind);
        column("subject", row.subject);
        column("actor", row.actor);
        column("digest", row.digest);
        column("previous", row.previous);
        column("own", row.own);
    }
};

Digest digest_of(const Digest& salt, const std::string& payload);
Digest seal_of(const LogRow& row);  // what `own` must be

Digest sha256(const std::string& bytes);

}  // namespace muster::sqlite
