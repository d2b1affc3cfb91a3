#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace muster::fuzz {

void promise(bool holds, std::string_view words) {
    if (holds) return;
    std::fprintf(stderr, "A broken promise: %.*s\n", static_cast<int>(words.size()), words.data());
    std::abort();
}

std::string_view take_until(char separator, std::string_view& text) {
    auto piece = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(piece.size() + 1, text.size()));
    return piece;
}

std::vector<std::string_view> pieces_of(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    while (!text.empty())
        pieces.push_back(take_until(separator, text));
    return pieces;
}

std::string with_line_breaks(std::string_view text) {
    std::string lines{text};
    std::ranges::replace(lines, '\v', '\n');
    return lines;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        auto first = static_cast<unsigned char>(text.front());
        std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (first >= 0xF8 || (first >= 0x80 && first < 0xC0) || length > text.size()) return false;
        char32_t code = length == 1 ? first : first & (0xFFU >> (length + 1));
        for (std::size_t at = 1; at < length; ++at) {
            auto next = static_cast<unsigned char>(text[at]);
            if (next < 0x80 || next > 0xBF) return false;
            code = (code << 6U) | (next & 0x3FU);
        }
        constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
        bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
        if (code < smallest[length] || code > 0x10FFFF || is_surrogate) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace muster::fuzz
