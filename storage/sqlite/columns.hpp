#pragma once

#include <array>

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include "bot/domain/delivery.hpp"
#include "storage/sqlite/codec.hpp"

// How a value of each type stands in one column.
namespace muster::sqlite {

using Digest = std::array<unsigned char, 32>;  // SHA-256

template <class Value>
struct Column;

template <class Value>
void bind(SQLite::Statement& statement, int index, const Value& value) {
    Column<Value>::bind(statement, index, value);
}

template <class Value>
Value read(const SQLite::Column& column) {
    return Column<Value>::read(column);
}

template <>
struct Column<std::int64_t> {
    static void bind(SQLite::Statement& statement, int index, std::int64_t value) {
        statement.bind(index, value);
    }

    static std::int64_t read(const SQLite::Column& column) {
        if (!column.isInteger()) throw CorruptRow(std::string(column.getName()) + " is no number");
        return column.getInt64();
    }
};

template <>
struct Column<int> {
    static void bind(SQLite::Statement& statement, int index, int value) {
        statement.bind(index, value);
    }

    static int read(const SQLite::Column& column) {
        auto value = Column<std::int64_t>::read(column);
        if (value != static_cast<int>(value))
            throw CorruptRow(std::string(column.getName()) + " is too large");
        return static_cast<int>(value);
    }
};

template <>
struct Column<bool> {
    static void bind(SQLite::Statement& statement, int index, bool value) {
        statement.bind(index, value ? 1 : 0);
    }

    static bool read(const SQLite::Column& column) {
        return Column<std::int64_t>::read(column) != 0;
    }
};

template <>
struct Column<std::string> {
    static void bind(SQLite::Statement& statement, int index, const std::string& value) {
        statement.bind(index, value);
    }

    static std::string read(const SQLite::Column& column) {
        if (!column.isText()) throw CorruptRow(std::string(column.getName()) + " is no text");
        return column.getString();
    }
};

template <>
struct Column<Digest> {
    static void bind(SQLite::Statement& statement, int index, const Digest& value) {
        statement.bind(index, value.data(), static_cast<int>(value.size()));
    }

    static Digest read(const SQLite::Column& column) {
        auto value = Digest{};
        if (!column.isBlob() || static_cast<std::size_t>(column.getBytes()) != value.size())
            throw CorruptRow(std::string(column.getName()) + " is no digest");
        auto bytes = static_cast<const unsigned char*>(column.getBlob());
        std::copy(bytes, bytes + value.size(), value.begin());
        return value;
    }
};

template <class Tag>
struct Column<Id<Tag>> {
    static void bind(SQLite::Statement& statement, int index, Id<Tag> id) {
        statement.bind(index, id.value);
    }

    static Id<Tag> read(const SQLite::Column& column) {
        return {Column<std::int64_t>::read(column)};
    }
};

template <>
struct Column<Instant> {
    static void bind(SQLite::Statement& statement, int index, Instant value) {
        statement.bind(index, std::int64_t{value.time_since_epoch().count()});
    }

    static Instant read(const SQLite::Column& column) {
        return Instant{milliseconds{Column<std::int64_t>::read(column)}};
    }
};

template <>
struct Column<minutes> {
    static void bind(SQLite::Statement& statement, int index, minutes value) {
        statement.bind(index, std::int64_t{value.count()});
    }

    static minutes read(const SQLite::Column& column) {
        return minutes{Column<std::int64_t>::read(column)};
    }
};

template <>
struct Column<LocalDate> {
    static void bind(SQLite::Statement& statement, int index, LocalDate value) {
        statement.bind(index, to_text(value));
    }

    static LocalDate read(const SQLite::Column& column) {
        auto date = date_from(Column<std::string>::read(column));
        if (!date) throw CorruptRow(std::string(column.getName()) + " is no date");
        return *date;
    }
};

template <class Enum>
requires std::is_enum_v<Enum>

struct Column<Enum> {
    static void bind(SQLite::Statement& statement, int index, Enum value) {
        statement.bind(index, text_of(value));
    }

    static Enum read(const SQLite::Column& column) {
        return enum_from<Enum>(Column<std::string>::read(column));
    }
};

// "person:1", "channel:2"
template <>
struct Column<Recipient> {
    static void bind(SQLite::Statement& statement, int index, const Recipient& recipient) {
        statement.bind(index, text(recipient));
    }

    static Recipient read(const SQLite::Column& column) {
        auto words = Column<std::string>::read(column);
        auto colon = words.find(':');
        auto kind = words.substr(0, colon);
        auto id = std::int64_t{std::stoll(words.substr(colon + 1))};
        if (kind == "person") return PersonId{id};
        if (kind == "channel") return ChannelId{id};
        throw CorruptRow("unknown recipient: " + words);
    }

    static std::string text(const Recipient& recipient) {
        if (auto person = std::get_if<PersonId>(&recipient))
            return "person:" + std::to_string(person->value);
        return "channel:" + std::to_string(std::get<ChannelId>(recipient).value);
    }
};

template <class Value>
struct Column<std::optional<Value>> {
    static void bind(SQLite::Statement& statement, int index, const std::optional<Value>& value) {
        if (value)
            sqlite::bind(statement, index, *value);
        else
            statement.bind(index);
    }

    static std::optional<Value> read(const SQLite::Column& column) {
        if (column.isNull()) return std::nullopt;
        return sqlite::read<Value>(column);
    }
};

template <KeptAsJson Value>
struct Column<Value> {
    static void bind(SQLite::Statement& statement, int index, const Value& value) {
        statement.bind(index, to_json(value));
    }

    static Value read(const SQLite::Column& column) {
        auto text = Column<std::string>::read(column);
        if constexpr (ReadOverAndOver<Value>)
            return known_from_json<Value>(text);
        else
            return from_json<Value>(text);
    }
};

}  // namespace muster::sqlite
