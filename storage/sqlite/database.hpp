#pragma once

#include <memory>
#include <unordered_map>

#include <SQLiteCpp/Database.h>

#include "storage/sqlite/columns.hpp"
#include "storage/sqlite/table.hpp"

namespace muster::sqlite {

// One connection to the file, with every statement prepared once. Used by one thread at a time.
// Whatever goes wrong below is an SQLite::Exception; a row that cannot be read a CorruptRow.
class Database {
public:
    enum class Mode { read_only, read_write };

    // Opens (read_write: creates) and hardens the connection: no extensions, no trust in the
    // schema, deleted content overwritten. `busy` bounds the wait for another process's lock.
    Database(const std::string& path, Mode mode, milliseconds busy);

    // Everything else about durability that the writer relies on: WAL, synchronous=FULL, foreign
    // keys. Throws std::runtime_error when SQLite does not agree.
    void make_durable();

    // Runs a statement to its end; the number of rows that it changed.
    template <class... Values>
    int run(const std::string& sql, const Values&... values) {
        return prepared(sql, values...)->exec();
    }

    // The first column of the first row.
    template <class Value, class... Values>
    std::optional<Value> value(const std::string& sql, const Values&... values) {
        auto running = prepared(sql, values...);
        if (!running->executeStep()) return std::nullopt;
        return sqlite::read<Value>(running->getColumn(0));
    }

    // Calls `visit(statement)` for each row.
    template <class Visit, class... Values>
    void each(const std::string& sql, Visit visit, const Values&... values) {
        auto running = prepared(sql, values...);
        while (running->executeStep())
            visit(*running);
    }

    // The same, while `visit(statement)` returns true.
    template <class Visit, class... Values>
    void each_while(const std::string& sql, Visit visit, const Values&... values) {
        auto running = prepared(sql, values...);
        while (running->executeStep())
            if (!visit(*running)) return;
    }

    // The rows of a table; `clause` is what follows its name: "WHERE team = ? ORDER BY number".
    template <class Row, class... Values>
    std::vector<Row> all(const std::string& clause, const Values&... values) {
        auto rows = std::vector<Row>{};
        auto keep = [&](SQLite::Statement& at) { rows.push_back(read_row<Row>(at)); };
        each(select_from<Row>() + clause, keep, values...);
        return rows;
    }

    template <class Row, class... Values>
    std::optional<Row> one(const std::string& clause, const Values&... values) {
        auto running = prepared(select_from<Row>() + clause, values...);
        if (!running->executeStep()) return std::nullopt;
        return read_row<Row>(*running);
    }

    // Writes the row over the one of the same key.
    template <class Row>
    void put(const Row& row) {
        auto running = prepared(upsert_into<Row>());
        bind_row(*running, row);
        running->exec();
    }

    // Runs a whole script, uncached.
    void script(const std::string& sql) { database_.exec(sql); }

    bool in_transaction() const;  // false: SQLite itself has rolled back

    // Rows written in this transaction that refer to rows that do not exist (yet).
    bool has_dangling_references() const;

    sqlite3* handle() const { return database_.getHandle(); }

private:
    // A cached statement in use: reset when the use ends, so that it holds no lock and no value.
    struct Reset {
        void operator()(SQLite::Statement* statement) const;
    };

    using Running = std::unique_ptr<SQLite::Statement, Reset>;

    template <class... Values>
    Running prepared(const std::string& sql, const Values&... values) {
        auto running = Running(&statement(sql));
        auto index = 0;
        (sqlite::bind(*running, ++index, values), ...);
        return running;
    }

    SQLite::Statement& statement(const std::string& sql);

    SQLite::Database database_;
    std::unordered_map<std::string, SQLite::Statement> statements_;
};

}  // namespace muster::sqlite
