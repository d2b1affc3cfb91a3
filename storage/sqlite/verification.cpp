#include "storage/sqlite/verification.hpp"

#include "storage/sqlite/chain.hpp"
#include "storage/sqlite/schema.hpp"

namespace muster {
namespace sqlite {
namespace {

struct Broken {
    std::int64_t number;
    std::string reason;
};

struct Payload {
    std::optional<Digest> salt;
    std::optional<std::string> text;
};

// Throws Broken when the row does not follow from the one before.
void check(const LogRow& row, const LogRow& before, const Payload& payload) {
    auto number = std::to_string(row.number);
    if (row.number != before.number + 1)
        throw Broken{before.number + 1, "row " + std::to_string(before.number + 1) + " is missing"};
    if (row.own != seal_of(row)) throw Broken{row.number, "row " + number + " was changed"};
    if (row.previous != before.own)
        throw Broken{row.number, "row " + number + " does not follow the row before it"};
    if (payload.salt && row.digest != digest_of(*payload.salt, payload.text.value_or("")))
        throw Broken{row.number, "what row " + number + " says was changed"};
}

// A cut-off end leaves a chain that is whole; the last row's number and seal are kept apart from
// it.
void check_end(Database& database, const LogRow& last) {
    auto find_end = [&](Statement& at) {
        auto number = sqlite::read<std::int64_t>(at.cell(0));
        if (number > last.number)
            throw Broken{last.number + 1, "row " + std::to_string(last.number + 1) + " is missing"};
        if (number < last.number || sqlite::read<Digest>(at.cell(1)) != last.own)
            throw Broken{
                last.number, "row " + std::to_string(last.number) + " was not written by Muster"};
    };
    database.each("SELECT number, own FROM event_log_end WHERE id = 1", find_end);
    if (last.number > 0 && !database.value<int>("SELECT 1 FROM event_log_end WHERE id = 1"))
        throw Broken{last.number, "the record of the last row is missing"};
}

}  // namespace

Verification verify_chain(Database& database) {
    auto found = Verification{};
    auto before = LogRow{};
    auto visit = [&](Statement& at) {
        auto row = read_row<LogRow>(at);
        auto columns = at.cells();
        auto payload = Payload{
            sqlite::read<std::optional<Digest>>(at.cell(columns - 2)),
            sqlite::read<std::optional<std::string>>(at.cell(columns - 1))};
        check(row, before, payload);
        ++found.rows;
        if (!payload.salt) ++found.erased;
        before = std::move(row);
    };
    try {
        database.each(
            "SELECT " + columns_of<LogRow>() +
                ", event_payload.salt, event_payload.payload FROM event_log LEFT JOIN "
                "event_payload "
                "ON event_payload.number = event_log.number ORDER BY event_log.number",
            visit
        );
        check_end(database, before);
    } catch (const Broken& broken) {
        found.broken_at = broken.number;
        found.reason = broken.reason;
    } catch (const CorruptRow& problem) {
        found.broken_at = before.number + 1;
        found.reason = "row " + std::to_string(found.broken_at) + ": " + problem.what();
    }
    return found;
}

}  // namespace sqlite

Opened<Verification> verify_event_log(const std::string& path) {
    auto sound = sqlite::open_to_read(path);
    if (!sound) return sound.error();
    return sqlite::verify_chain(**sound);
}

}  // namespace muster
