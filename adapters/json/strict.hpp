#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/system/result.hpp>

// JSON that comes from outside: refused rather than guessed at. The only way in for bytes that
// others wrote.
namespace muster::json {

struct Value;
struct Member;
using Array = std::vector<Value>;
using Object = std::vector<Member>;  // in the order of the text; keys are unique

struct Value {
    using Content =
        std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object>;

    Content content;
    int line = 0;  // where it begins in the text (its key, if it has one), from 1; 0 = not parsed

    // Not inline: a Member holds a Value, and is complete only below.
    Value();
    Value(std::nullptr_t);
    Value(bool value);
    Value(int value);
    Value(std::int64_t value);
    Value(double value);
    Value(const char* value);
    Value(std::string_view value);
    Value(std::string value);
    Value(const Value&);
    Value(Value&&) noexcept;
    Value& operator=(const Value&);
    Value& operator=(Value&&) noexcept;
    ~Value();
    Value(Array value);
    Value(Object value);

    // What it holds, when it is of that kind; null otherwise.
    bool is_null() const { return std::holds_alternative<std::nullptr_t>(content); }

    const bool* flag() const { return std::get_if<bool>(&content); }

    const std::int64_t* number() const { return std::get_if<std::int64_t>(&content); }

    const std::string* text() const { return std::get_if<std::string>(&content); }

    const Array* array() const { return std::get_if<Array>(&content); }

    const Object* object() const { return std::get_if<Object>(&content); }

    // The member of that name; null when there is none or this is not an object.
    const Value* find(std::string_view key) const;
    // Its text; "" when there is no such member or it is not text.
    std::string text_of(std::string_view key) const;

    bool operator==(const Value&) const;  // lines do not matter, the order of members does
};

struct Member {
    std::string key;
    Value value;

    bool operator==(const Member&) const = default;
};

inline constexpr int deepest = 64;                         // arrays and objects inside each other
inline constexpr int most_values = 50'000;                 // in one text
inline constexpr std::size_t longest_string = 256 * 1024;  // bytes of one string or key

struct Problem {
    int line = 1;               // from 1
    int column = 1;             // in bytes, from 1
    std::string words;          // plain words: "this key stands here twice"; never what was read
    bool is_too_large = false;  // too many values, or too long a text

    bool operator==(const Problem&) const = default;
};

using Parsed = boost::system::result<Value, Problem>;

enum class Comments { refused, allowed };  // // and /* */

// What an operator's own file may hold: the settings of 50,000 people.
inline constexpr int most_values_of_a_file = 1'000'000;

// Takes RFC 8259 and nothing more: no byte order mark, no NUL (also not escaped), valid UTF-8, no
// lone surrogates, no key twice in one object, within the limits above. A whole number beyond
// +-(2^53 - 1) is kept as its text. The caller bounds the size of the text.
Parsed parse(std::string_view text, Comments comments = Comments::refused, int most = most_values);

// One line without spaces. Bytes that are not UTF-8 become U+FFFD.
std::string dump(const Value&);
// For people: what fits a line of 100 columns stands on one. Ends with a newline.
std::string pretty(const Value&);

// JSON pointer -> line, for every value inside: "/people/3/home" -> 17; the whole text is "".
std::map<std::string, int> lines_of(const Value&);

// `pointer` + "/" + key, with "~" and "/" escaped (RFC 6901).
std::string pointer_to(std::string_view pointer, std::string_view key);
std::string pointer_to(std::string_view pointer, std::size_t index);

[[noreturn]] void throw_exception_from_error(const Problem&, const boost::source_location&);

}  // namespace muster::json
