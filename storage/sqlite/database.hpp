#pragma once

#include <memory>
#include <unordered_map>

#include <SQLiteCpp/Database.h>

#include "storage/sqlite/columns.hpp"
#include "storage/sqlite/table.hpp"

namespace muster::sqlite {

// SQLite counts the memory of the whole process under one lock, for questions that nobody asks.
// Once it is in use, this is too late: it goes on counting, which costs some time and does no other
// harm.
void do_not_count_memory();

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
    int run(std::string_view sql, const Values&... values) {
        return prepared(sql, values...)->run();
    }

    // The first column of the first row.
    template <class Value, class... Values>
    std::optional<Value> value(std::string_view sql, const Values&... values) {
        auto running = prepared(sql, values...);
        if (!running->step()) return std::nullopt;
        return sqlite::read<Value>(running->cell(0));
    }

    // Calls `visit(statement)` for each row.
    template <class Visit, class... Values>
    void each(std::string_view sql, Visit visit, const Values&... values) {
        auto running = prepared(sql, values...);
        while (running->step())
            visit(*running);
    }

    // The same, while `visit(statement)` returns true.
    template <class Visit, class... Values>
    void each_while(std::string_view sql, Visit visit, const Values&... values) {
        auto running = prepared(sql, values...);
        while (running->step())
            if (!visit(*running)) return;
    }

    // The rows of a table; `clause` is what follows its name: "WHERE team = ? ORDER BY number".
    template <class Row, class... Values>
    std::vector<Row> all(std::string_view clause, const Values&... values) {
        auto rows = std::vector<Row>{};
        auto running = prepared_after(&select_from<Row>(), clause, values...);
        while (running->step())
            rows.push_back(read_row<Row>(*running));
        return rows;
    }

    template <class Row, class... Values>
    std::optional<Row> one(std::string_view clause, const Values&... values) {
        auto running = prepared_after(&select_from<Row>(), clause, values...);
        if (!running->step()) return std::nullopt;
        return read_row<Row>(*running);
    }

    // Writes the row over the one of the same key.
    template <class Row>
    void put(const Row& row) {
        auto running = prepared(upsert_into<Row>());
        bind_row(*running, row);
        running->run();
    }

    // Writes what has changed since `before`, which is stored, and whose `id` is the same: indexes
    // of other columns are left alone.
    template <class Row>
    void put_changes(const Row& before, const Row& after) {
        auto names = differences(before, after);
        if (names.empty()) return;
        auto sql = std::string("UPDATE ") + Table<Row>::name + " SET ";
        for (auto name : names)
            sql.append(name).append(name == names.back() ? " = ? WHERE id = ?" : " = ?, ");
        auto running = Running(&statement(nullptr, sql));
        auto binder = columns::BinderOfSome{*running, names};
        Table<Row>::columns(after, binder);
        sqlite::bind(*running, static_cast<int>(names.size()) + 1, after.id);
        running->run();
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
        void operator()(Statement* statement) const;
    };

    using Running = std::unique_ptr<Statement, Reset>;

    template <class... Values>
    Running prepared(std::string_view sql, const Values&... values) {
        return prepared_after(nullptr, sql, values...);
    }

    // `table` is what stands before each clause about it, or nothing.
    template <class... Values>
    Running prepared_after(
        const std::string* table, std::string_view clause, const Values&... values
    ) {
        auto running = Running(&statement(table, clause));
        auto index = 0;
        (sqlite::bind(*running, ++index, values), ...);
        return running;
    }

    // Whole statements are long: what is the same before all clauses is known by its place alone.
    struct Sql {
        const std::string* table;
        std::string rest;
    };

    struct SqlView {
        SqlView(const std::string* begin, std::string_view end) : table(begin), rest(end) {}

        SqlView(const Sql& sql) : table(sql.table), rest(sql.rest) {}

        bool operator==(const SqlView&) const = default;

        const std::string* table;
        std::string_view rest;
    };

    struct HashOfSql {
        using is_transparent = void;

        std::size_t operator()(const SqlView& sql) const {
            return std::hash<std::string_view>{}(sql.rest) ^ std::hash<const void*>{}(sql.table);
        }
    };

    struct SameSql {
        using is_transparent = void;

        bool operator()(const SqlView& one, const SqlView& other) const { return one == other; }
    };

    Statement& statement(const std::string* table, std::string_view sql);

    SQLite::Database database_;
    std::unordered_map<Sql, Statement, HashOfSql, SameSql> statements_;
};

}  // namespace muster::sqlite
