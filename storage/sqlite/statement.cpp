#include "storage/sqlite/statement.hpp"

#include <sqlite3.h>
#include <SQLiteCpp/Exception.h>

namespace muster::sqlite {

bool Cell::is_null() const {
    return sqlite3_column_type(statement_, column_) == SQLITE_NULL;
}

bool Cell::is_number() const {
    return sqlite3_column_type(statement_, column_) == SQLITE_INTEGER;
}

bool Cell::is_text() const {
    return sqlite3_column_type(statement_, column_) == SQLITE_TEXT;
}

bool Cell::is_blob() const {
    return sqlite3_column_type(statement_, column_) == SQLITE_BLOB;
}

std::int64_t Cell::number() const {
    return sqlite3_column_int64(statement_, column_);
}

std::string_view Cell::text() const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column_));
    auto length = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_));
    if (!text) throw SQLite::Exception("no memory for a text", SQLITE_NOMEM);
    return {text, length};
}

std::span<const unsigned char> Cell::blob() const {
    const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(statement_, column_));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_))};
}

std::string_view Cell::name() const {
    return sqlite3_column_name(statement_, column_);
}

Statement::Statement(sqlite3* database, std::string_view sql) : database_(database) {
    sqlite3_stmt* statement = nullptr;
    auto length = static_cast<int>(sql.size());
    auto code = sqlite3_prepare_v3(
        database, sql.data(), length, SQLITE_PREPARE_PERSISTENT, &statement, nullptr
    );
    statement_.reset(statement);
    expect_ok(code);
}

void Statement::bind(int place, std::int64_t number) {
    expect_ok(sqlite3_bind_int64(statement_.get(), place, number));
}

void Statement::bind(int place, std::string_view text) {
    const auto* begin = text.data() ? text.data() : "";
    expect_ok(sqlite3_bind_text64(
        statement_.get(), place, begin, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8
    ));
}

void Statement::bind(int place, std::span<const unsigned char> blob) {
    expect_ok(
        sqlite3_bind_blob64(statement_.get(), place, blob.data(), blob.size(), SQLITE_TRANSIENT)
    );
}

void Statement::bind_null(int place) {
    expect_ok(sqlite3_bind_null(statement_.get(), place));
}

bool Statement::step() {
    auto code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw SQLite::Exception(database_, code);
}

int Statement::run() {
    if (step()) throw SQLite::Exception("a statement that was to give no rows gave one");
    return sqlite3_changes(database_);
}

int Statement::cells() const {
    return sqlite3_column_count(statement_.get());
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
}

void Statement::expect_ok(int code) const {
    if (code != SQLITE_OK) throw SQLite::Exception(database_, code);
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

}  // namespace muster::sqlite
