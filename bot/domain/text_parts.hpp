#pragma once

#include <charconv>
#include <optional>
#include <string_view>

// The parts of short texts that our own programs write, "answer:123:1". For .cpp files alone.

namespace muster {

// Takes the text up to the next colon off the front.
inline std::string_view take_part(std::string_view& text) {
    const auto colon = text.find(':');
    const auto part = text.substr(0, colon);
    text.remove_prefix(colon == text.npos ? text.size() : colon + 1);
    return part;
}

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number number{};
    const auto* end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc{} || rest != end) return std::nullopt;
    return number;
}

}  // namespace muster
