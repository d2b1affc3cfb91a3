#include "adapters/words/lengths.hpp"

#include <utility>

#include <utf8proc.h>

namespace muster {
namespace {

constexpr std::string_view dots = "…";
constexpr std::size_t escape = std::string_view("\\uFFFD").size();

struct CodePoint {
    char32_t value = 0xFFFD;
    std::size_t bytes = 1;
};

CodePoint code_point_at(std::string_view words, std::size_t at) {
    const auto* byte = reinterpret_cast<const utf8proc_uint8_t*>(words.data() + at);
    utf8proc_int32_t value = 0;
    const auto bytes =
        utf8proc_iterate(byte, static_cast<utf8proc_ssize_t>(words.size() - at), &value);
    if (bytes <= 0) return {};
    return {static_cast<char32_t>(value), static_cast<std::size_t>(bytes)};
}

// Goes from code point to code point and knows where a new character begins.
class Characters {
public:
    bool begins_with(char32_t next) {
        const auto before = static_cast<utf8proc_int32_t>(previous_);
        const auto after = static_cast<utf8proc_int32_t>(next);
        previous_ = next;
        if (std::exchange(first_, false)) return true;
        return utf8proc_grapheme_break_stateful(before, after, &state_);
    }

private:
    char32_t previous_ = 0;
    utf8proc_int32_t state_ = 0;
    bool first_ = true;
};

}  // namespace

std::size_t units(char32_t value) {
    return value > 0xFFFF ? 2 : 1;
}

std::size_t units_escaped(char32_t value) {
    if (value == U'&') return std::string_view("&amp;").size();
    if (value == U'<' || value == U'>') return std::string_view("&lt;").size();
    return units(value);
}

std::size_t room(char32_t value) {
    if (value == U'"' || value == U'\\' || value == U'\n') return 2;
    return value < 0x20 ? escape : room_in_json(value);
}

std::size_t room_in_json(char32_t value) {
    return value < 0x80 ? 1 : escape * units(value);
}

std::size_t length_of(std::string_view words, Measure measure) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < words.size();) {
        const auto next = code_point_at(words, at);
        length += measure(next.value);
        at += next.bytes;
    }
    return length;
}

std::string_view beginning(std::string_view words, std::size_t most, Measure measure) {
    Characters characters;
    std::size_t border = 0;
    std::size_t length = 0;
    for (std::size_t at = 0; at < words.size();) {
        const auto next = code_point_at(words, at);
        if (characters.begins_with(next.value)) border = at;
        length += measure(next.value);
        if (length > most) return words.substr(0, border > 0 ? border : at);
        at += next.bytes;
    }
    return words;
}

std::string shortened(std::string_view words, std::size_t most, Measure measure) {
    const auto fitting = beginning(words, most, measure);
    if (fitting.size() == words.size()) return std::string{words};
    const auto room_for_words = most - length_of(dots, measure);
    return std::string{beginning(fitting, room_for_words, measure)} + std::string{dots};
}

bool is_border(std::string_view words, std::size_t at) {
    if (at >= words.size()) return true;
    const auto before = static_cast<utf8proc_int32_t>(static_cast<unsigned char>(words[at - 1]));
    const auto after = static_cast<utf8proc_int32_t>(code_point_at(words, at).value);
    return utf8proc_grapheme_break(before, after);
}

}  // namespace muster
