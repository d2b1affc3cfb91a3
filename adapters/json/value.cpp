#include <algorithm>

#include "adapters/json/strict.hpp"

namespace muster::json {
namespace {

void add_lines(std::map<std::string, int>& lines, const Value& value, const std::string& pointer) {
    lines[pointer] = value.line;
    if (const auto* array = value.array()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            add_lines(lines, (*array)[i], pointer_to(pointer, i));
    }
    if (const auto* object = value.object()) {
        for (const auto& [key, inner] : *object)
            add_lines(lines, inner, pointer_to(pointer, key));
    }
}

}  // namespace

Value::Value() = default;
Value::Value(std::nullptr_t) {}
Value::Value(bool value) : content(value) {}
Value::Value(int value) : content(std::int64_t{value}) {}
Value::Value(std::int64_t value) : content(value) {}
Value::Value(double value) : content(value) {}
Value::Value(const char* value) : content(std::string(value)) {}
Value::Value(std::string_view value) : content(std::string(value)) {}
Value::Value(std::string value) : content(std::move(value)) {}
Value::Value(const Value&) = default;
Value::Value(Value&&) noexcept = default;
Value& Value::operator=(const Value&) = default;
Value& Value::operator=(Value&&) noexcept = default;
Value::~Value() = default;
Value::Value(Array value) : content(std::move(value)) {}

Value::Value(Object value) : content(std::move(value)) {}

const Value* Value::find(std::string_view key) const {
    const auto* members = object();
    if (!members) return nullptr;
    auto found = std::find_if(members->begin(), members->end(), [&](const Member& member) {
        return member.key == key;
    });
    return found == members->end() ? nullptr : &found->value;
}

std::string Value::text_of(std::string_view key) const {
    const auto* member = find(key);
    return member && member->text() ? *member->text() : "";
}

bool Value::operator==(const Value& other) const {
    return content == other.content;
}

std::map<std::string, int> lines_of(const Value& value) {
    std::map<std::string, int> lines;
    add_lines(lines, value, "");
    return lines;
}

std::string pointer_to(std::string_view pointer, std::string_view key) {
    std::string result(pointer);
    result += '/';
    for (char letter : key) {
        if (letter == '~') {
            result += "~0";
        } else if (letter == '/') {
            result += "~1";
        } else {
            result += letter;
        }
    }
    return result;
}

std::string pointer_to(std::string_view pointer, std::size_t index) {
    return std::string(pointer) + "/" + std::to_string(index);
}

}  // namespace muster::json
