#pragma once

#include "storage/sqlite/columns.hpp"

namespace muster::sqlite {

// What a row of a table is made of, said once for reading and for writing (tables_of_*.hpp):
//   name     the table
//   key      the columns that make two rows the same one
//   columns  calls column(name, member) for each column
template <class Row>
struct Table;

// An optional id that stands as 0, where it is part of a key.
template <class Optional>
struct ZeroIfNone {
    Optional& id;
};
template <class Optional>
ZeroIfNone(Optional&) -> ZeroIfNone<Optional>;

// A column that is computed from others, for an index: written, never read.
template <class Value>
struct Derived {
    Value value;
};
template <class Value>
Derived(Value) -> Derived<Value>;

namespace columns {

struct Names {
    std::vector<std::string> read;
    std::vector<std::string> written;

    void operator()(const char* name, const auto&) {
        read.emplace_back(name);
        written.emplace_back(name);
    }

    template <class Value>
    void operator()(const char* name, const Derived<Value>&) {
        written.emplace_back(name);
    }
};

struct Binder {
    Statement& statement;
    int index = 0;

    template <class Value>
    void operator()(const char*, const Value& value) {
        sqlite::bind(statement, ++index, value);
    }

    template <class Value>
    void operator()(const char*, const Derived<Value>& derived) {
        sqlite::bind(statement, ++index, derived.value);
    }

    template <class Optional>
    void operator()(const char*, const ZeroIfNone<Optional>& optional) {
        sqlite::bind(statement, ++index, optional.id ? optional.id->value : std::int64_t{0});
    }
};

struct Loader {
    Statement& statement;
    int index = 0;

    template <class Value>
    void operator()(const char*, Value& value) {
        value = sqlite::read<Value>(statement.cell(index++));
    }

    template <class Value>
    void operator()(const char*, const Derived<Value>&) {}

    template <class Optional>
    void operator()(const char*, const ZeroIfNone<Optional>& optional) {
        auto value = sqlite::read<std::int64_t>(statement.cell(index++));
        if (value != 0) optional.id = typename Optional::value_type{value};
    }
};

// What a row consists of, to be compared with another: members of the row itself, which outlives
// this, never a value that was made for the call.
struct Parts {
    std::vector<const void*> members = {};
    std::vector<std::int64_t> derived = {};

    template <class Value>
    void operator()(const char*, Value& value) {
        members.push_back(&value);
    }

    template <class Value>
    void operator()(const char*, const Derived<Value>& derived_one) {
        derived.push_back(derived_one.value);
    }

    template <class Optional>
    void operator()(const char*, const ZeroIfNone<Optional>& optional) {
        members.push_back(&optional.id);
    }
};

// The columns in which a row differs from those parts of another.
struct Differences {
    const Parts& before;
    std::vector<std::string_view> names = {};
    std::size_t member = 0;
    std::size_t derived = 0;

    template <class Value>
    void operator()(const char* name, const Value& value) {
        note(name, *static_cast<const Value*>(before.members[member++]) == value);
    }

    template <class Value>
    void operator()(const char* name, const Derived<Value>& derived_one) {
        note(name, before.derived[derived++] == derived_one.value);
    }

    template <class Optional>
    void operator()(const char* name, const ZeroIfNone<Optional>& optional) {
        note(name, *static_cast<const Optional*>(before.members[member++]) == optional.id);
    }

    void note(const char* name, bool is_same) {
        if (!is_same) names.push_back(name);
    }
};

// Binds only these columns, in the order of the table.
struct BinderOfSome {
    Statement& statement;
    const std::vector<std::string_view>& names;
    std::size_t bound = 0;

    template <class Value>
    void operator()(const char* name, const Value& value) {
        if (bound == names.size() || names[bound] != name) return;
        auto binder = Binder{statement, static_cast<int>(bound)};
        binder(name, value);
        ++bound;
    }
};

template <class Row>
Names names_of() {
    auto names = Names{};
    auto row = Row{};
    Table<Row>::columns(row, names);
    return names;
}

// prefix + first, prefix + second ...
std::string listed(const std::vector<std::string>& names, const std::string& prefix);
std::string upsert(const std::string& table, const std::string& key, const Names& names);

}  // namespace columns

template <class Row>
const std::string& columns_of() {
    static const auto listed =
        columns::listed(columns::names_of<Row>().read, std::string(Table<Row>::name) + ".");
    return listed;
}

// "SELECT ... FROM person "
template <class Row>
const std::string& select_from() {
    static const auto sql = "SELECT " + columns_of<Row>() + " FROM " + Table<Row>::name + " ";
    return sql;
}

template <class Row>
const std::string& upsert_into() {
    static const auto sql =
        columns::upsert(Table<Row>::name, Table<Row>::key, columns::names_of<Row>());
    return sql;
}

template <class Row>
void bind_row(Statement& statement, const Row& row) {
    auto binder = columns::Binder{statement};
    Table<Row>::columns(row, binder);
}

// The columns in which two rows of the same key differ.
template <class Row>
std::vector<std::string_view> differences(const Row& before, const Row& after) {
    auto parts = columns::Parts{};
    Table<Row>::columns(before, parts);
    auto found = columns::Differences{parts};
    Table<Row>::columns(after, found);
    return found.names;
}

// The columns of the table stand first in the statement's result.
template <class Row>
Row read_row(Statement& statement) {
    auto row = Row{};
    auto loader = columns::Loader{statement};
    Table<Row>::columns(row, loader);
    return row;
}

}  // namespace muster::sqlite
