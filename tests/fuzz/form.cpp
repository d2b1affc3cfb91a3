#include "tests/fuzz/form.hpp"

#include <cctype>

#include "tests/fuzz/fuzz.hpp"

namespace muster::fuzz {
namespace {

std::optional<std::string> decoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            plain += text[at] == '+' ? ' ' : text[at];
            continue;
        }
        unsigned code = 0;
        for (int digit = 0; digit < 2; ++digit) {
            if (++at == text.size()) return std::nullopt;
            auto letter = static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
            auto value = digits.find(letter);
            if (value == digits.npos) return std::nullopt;
            code = code * 16 + static_cast<unsigned>(value);
        }
        plain += static_cast<char>(code);
    }
    return plain;
}

}  // namespace

std::string escaped_for_a_form(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string form;
    for (auto letter : text) {
        auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x80 && std::isalnum(byte)) {
            form += letter;
            continue;
        }
        form += '%';
        form += digits[byte / 16];
        form += digits[byte % 16];
    }
    return form;
}

std::optional<Pairs> pairs_of_a_form(std::string_view body) {
    Pairs pairs;
    for (auto pair : pieces_of(body, '&')) {
        auto value_text = pair;
        auto name = decoded(take_until('=', value_text));
        auto value = decoded(value_text);
        if (!name || !value) return std::nullopt;
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

}  // namespace muster::fuzz
