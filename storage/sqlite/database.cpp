#include "storage/sqlite/database.hpp"

#include <sqlite3.h>

namespace muster::sqlite {
namespace {

// 16 MB. Whoever commits waits for the checkpoint: SQLite's own 1,000 pages are fifty answers, of
// which most are the same pages again.
constexpr int pages_until_a_checkpoint = 4'000;

int flags_of(Database::Mode mode) {
    auto by_one_thread_at_a_time = SQLite::OPEN_NOMUTEX;
    if (mode == Database::Mode::read_only) return SQLite::OPEN_READONLY | by_one_thread_at_a_time;
    return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | by_one_thread_at_a_time;
}

void configure(sqlite3* handle, int option, int value) {
    if (sqlite3_db_config(handle, option, value, nullptr) != SQLITE_OK)
        throw std::runtime_error("SQLite refuses to be hardened");
}

}  // namespace

void do_not_count_memory() {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

Database::Database(const std::string& path, Mode mode, milliseconds busy)
    : database_(path, flags_of(mode), static_cast<int>(busy.count())) {
    sqlite3_extended_result_codes(handle(), 1);
    configure(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1);
    configure(handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
    configure(handle(), SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
    script("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON");
}

void Database::make_durable() {
    auto journal = value<std::string>("PRAGMA journal_mode = WAL");
    script("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    script("PRAGMA wal_autocheckpoint = " + std::to_string(pages_until_a_checkpoint));

    auto full = 2;
    if (journal != "wal" && journal != "memory")
        throw std::runtime_error("SQLite cannot keep a write-ahead log here");
    if (value<int>("PRAGMA synchronous") != full)
        throw std::runtime_error("SQLite does not wait for the disk");
    if (value<int>("PRAGMA foreign_keys") != 1)
        throw std::runtime_error("SQLite does not check references");
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(handle()) == 0;
}

bool Database::has_dangling_references() const {
    auto dangling = 0;
    auto unused = 0;
    sqlite3_db_status(handle(), SQLITE_DBSTATUS_DEFERRED_FKS, &dangling, &unused, 0);
    return dangling != 0;
}

void Database::Reset::operator()(Statement* statement) const {
    statement->reset();
}

Statement& Database::statement(const std::string* table, std::string_view sql) {
    auto known = statements_.find(SqlView{table, sql});
    if (known != statements_.end()) return known->second;
    auto whole = table ? *table + std::string(sql) : std::string(sql);
    return statements_.try_emplace(Sql{table, std::string(sql)}, handle(), whole).first->second;
}

}  // namespace muster::sqlite
