#pragma once

#include <array>

#include "bot/domain/delivery.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/statement.hpp"

// How a value of each type stands in one column.
namespace muster::sqlite {

using Digest = std::array<unsigned char, 32>;  // SHA-256

template <class Value>
struct Column;

template <class Value>
void bind(Statement& statement, int index, const Value& value) {
    Column<Value>::bind(statement, index, value);
}

template <class Value>
Value read(const Cell& column) {
    return Column<Value>::read(column);
}

template <>
struct Column<std::int64_t> {
    static void bind(Statement& statement, int index, std::int64_t value) {
        statement.bind(index, value);
    }

    static std::int64_t read(const Cell& column) {
        if (!column.is_number()) throw CorruptRow(std::string(column.name()) + " is no number");
        return column.number();
    }
};

template <>
struct Column<int> {
    static void bind(Statement& statement, int index, int value) {
        statement.bind(index, std::int64_t{value});
    }

    static int read(const Cell& column) {
        auto value = Column<std::int64_t>::read(column);
        if (value != static_cast<int>(value))
            throw CorruptRow(std::string(column.name()) + " is too large");
        return static_cast<int>(value);
    }
};

template <>
struct Column<bool> {
    static void bind(Statement& statement, int index, bool value) {
        statement.bind(index, std::int64_t{value});
    }

    static bool read(const Cell& column) { return Column<std::int64_t>::read(column) != 0; }
};

template <>
struct Column<std::string> {
    static void bind(Statement& statement, int index, const std::string& value) {
        statement.bind(index, value);
    }

    static std::string read(const Cell& column) { return std::string(text(column)); }

    static std::string_view text(const Cell& column) {
        if (!column.is_text()) throw CorruptRow(std::string(column.name()) + " is no text");
        return column.text();
    }
};

template <>
struct Column<std::string_view> {
    static void bind(Statement& statement, int index, std::string_view value) {
        statement.bind(index, value);
    }
};

template <>
struct Column<Digest> {
    static void bind(Statement& statement, int index, const Digest& value) {
        statement.bind(index, std::span<const unsigned char>(value));
    }

    static Digest read(const Cell& column) {
        auto value = Digest{};
        if (!column.is_blob() || column.blob().size() != value.size())
            throw CorruptRow(std::string(column.name()) + " is no digest");
        auto bytes = column.blob();
        std::copy(bytes.begin(), bytes.end(), value.begin());
        return value;
    }
};

template <class Tag>
struct Column<Id<Tag>> {
    static void bind(Statement& statement, int index, Id<Tag> id) {
        statement.bind(index, id.value);
    }

    static Id<Tag> read(const Cell& column) { return {Column<std::int64_t>::read(column)}; }
};

template <>
struct Column<Instant> {
    static void bind(Statement& statement, int index, Instant value) {
        statement.bind(index, std::int64_t{value.time_since_epoch().count()});
    }

    static Instant read(const Cell& column) {
        return Instant{milliseconds{Column<std::int64_t>::read(column)}};
    }
};

template <>
struct Column<minutes> {
    static void bind(Statement& statement, int index, minutes value) {
        statement.bind(index, std::int64_t{value.count()});
    }

    static minutes read(const Cell& column) { return minutes{Column<std::int64_t>::read(column)}; }
};

template <>
struct Column<LocalDate> {
    static void bind(Statement& statement, int index, LocalDate value) {
        statement.bind(index, to_text(value));
    }

    static LocalDate read(const Cell& column) {
        auto date = date_from(Column<std::string>::text(column));
        if (!date) throw CorruptRow(std::string(column.name()) + " is no date");
        return *date;
    }
};

template <class Enum>
requires std::is_enum_v<Enum>

struct Column<Enum> {
    static void bind(Statement& statement, int index, Enum value) {
        statement.bind(index, text_of(value));
    }

    static Enum read(const Cell& column) {
        return enum_from<Enum>(Column<std::string>::text(column));
    }
};

// "person:1", "channel:2"
template <>
struct Column<Recipient> {
    static void bind(Statement& statement, int index, const Recipient& recipient) {
        statement.bind(index, text(recipient));
    }

    static Recipient read(const Cell& column) {
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
    static void bind(Statement& statement, int index, const std::optional<Value>& value) {
        if (value)
            sqlite::bind(statement, index, *value);
        else
            statement.bind_null(index);
    }

    static std::optional<Value> read(const Cell& column) {
        if (column.is_null()) return std::nullopt;
        return sqlite::read<Value>(column);
    }
};

template <KeptAsJson Value>
struct Column<Value> {
    static void bind(Statement& statement, int index, const Value& value) {
        statement.bind(index, to_json(value));
    }

    static Value read(const Cell& column) {
        auto text = Column<std::string>::text(column);
        if constexpr (ReadOverAndOver<Value>)
            return known_from_json<Value>(text);
        else
            return from_json<Value>(text);
    }
};

}  // namespace muster::sqlite
