#include <nlohmann/json.hpp>

#include "adapters/json/strict.hpp"

namespace muster::json {
namespace {

constexpr std::size_t line_width = 100;

std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// On one line; `gap` stands after commas and colons, and inside the braces of an object.
std::string on_one_line(const Value& value, const std::string& gap) {
    struct Writer {
        const std::string& gap;

        std::string operator()(std::nullptr_t) const { return "null"; }

        std::string operator()(bool flag) const { return flag ? "true" : "false"; }

        std::string operator()(std::int64_t number) const { return std::to_string(number); }

        std::string operator()(double number) const { return nlohmann::json(number).dump(); }

        std::string operator()(const std::string& text) const { return quoted(text); }

        std::string operator()(const Array& array) const {
            std::string result;
            for (const auto& inner : array) {
                if (!result.empty()) result += "," + gap;
                result += on_one_line(inner, gap);
            }
            return "[" + result + "]";
        }

        std::string operator()(const Object& object) const {
            std::string result;
            for (const auto& [key, inner] : object) {
                if (!result.empty()) result += "," + gap;
                result += quoted(key) + ":" + gap + on_one_line(inner, gap);
            }
            return result.empty() ? "{}" : "{" + gap + result + gap + "}";
        }
    };

    return std::visit(Writer{gap}, value.content);
}

// `used` = columns taken on the first line by the indentation, the key before it and the comma
// after it.
std::string over_lines(const Value& value, std::size_t indentation, std::size_t used) {
    auto line = on_one_line(value, " ");
    if (used + line.size() <= line_width || (!value.array() && !value.object())) return line;

    auto inner = indentation + 2;
    std::string result;
    auto begin_line = [&] { result += (result.empty() ? "\n" : ",\n") + std::string(inner, ' '); };
    if (const auto* array = value.array()) {
        for (const auto& element : *array) {
            begin_line();
            result += over_lines(element, inner, inner + 1);
        }
        return "[" + result + "\n" + std::string(indentation, ' ') + "]";
    }
    for (const auto& [key, element] : *value.object()) {
        begin_line();
        auto name = quoted(key) + ": ";
        result += name + over_lines(element, inner, inner + name.size() + 1);
    }
    return "{" + result + "\n" + std::string(indentation, ' ') + "}";
}

}  // namespace

std::string dump(const Value& value) {
    return on_one_line(value, "");
}

std::string pretty(const Value& value) {
    return over_lines(value, 0, 0) + "\n";
}

}  // namespace muster::json
