#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace muster::sqlite {

// One value of the row that a statement stands at. It, and what it points to, end with the next
// step.
class Cell {
public:
    Cell(sqlite3_stmt* statement, int column) : statement_(statement), column_(column) {}

    bool is_null() const;
    bool is_number() const;
    bool is_text() const;
    bool is_blob() const;

    // Each of the kind that it is.
    std::int64_t number() const;
    std::string_view text() const;
    std::span<const unsigned char> blob() const;

    std::string_view name() const;  // of the column

private:
    sqlite3_stmt* statement_;
    int column_;
};

// A prepared statement: thinner than SQLiteCpp's, which counts references for each value that is
// read. What goes wrong is an SQLite::Exception.
class Statement {
public:
    Statement(sqlite3* database, std::string_view sql);

    // Places are counted from 1. What is bound is copied.
    void bind(int place, std::int64_t number);
    void bind(int place, std::string_view text);
    void bind(int place, std::span<const unsigned char> blob);
    void bind_null(int place);

    bool step();  // to the next row; false: there is none
    int run();    // to the end; the rows that it changed

    Cell cell(int column) const { return {statement_.get(), column}; }

    int cells() const;  // of a row

    // Holds no lock and no value any more.
    void reset();

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };

    void expect_ok(int code) const;

    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace muster::sqlite
