#include "bot/domain/plain_words.hpp"

#include <utility>

namespace muster {
namespace {

struct Character {
    char32_t code;
    std::size_t bytes;
};

Character first_character(std::string_view text);
char32_t plain(char32_t);
bool is_punctuation(char32_t);
void append(std::string& word, char32_t plain_character, std::string_view as_typed);

}  // namespace

std::vector<std::string> plain_words(std::string_view text, std::size_t most) {
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) words.push_back(std::exchange(word, {}));
    };
    while (!text.empty() && words.size() < most) {
        const auto before = text;
        const auto character = take_plain_character(text);
        if (character == U'\'') continue;
        if (is_punctuation(character))
            end_word();
        else
            append(word, character, before.substr(0, before.size() - text.size()));
    }
    if (words.size() < most) end_word();
    return words;
}

std::vector<TypedWord> typed_words(std::string_view text, std::size_t most) {
    std::vector<TypedWord> words;
    auto is_inside_word = false;
    for (auto rest = text; !rest.empty();) {
        const auto before = rest;
        const auto character = take_plain_character(rest);
        if (is_space(character)) {
            is_inside_word = false;
            continue;
        }
        if (!is_inside_word) {
            if (words.size() == most) return words;
            words.push_back({"", text.size() - before.size()});
            is_inside_word = true;
        }
        append(words.back().plain, character, before.substr(0, before.size() - rest.size()));
    }
    return words;
}

char32_t take_plain_character(std::string_view& text) {
    const auto character = first_character(text);
    text.remove_prefix(character.bytes);
    return plain(character.code);
}

bool is_space(char32_t character) {
    return character == U' ' || (character >= U'\t' && character <= U'\r');
}

namespace {

Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const auto lead = byte(0);
    const auto length = lead < 0x80   ? 1u
                        : lead < 0xC2 ? 1u
                        : lead < 0xE0 ? 2u
                        : lead < 0xF0 ? 3u
                                      : 4u;
    if (length == 1 || lead > 0xF4 || text.size() < length) return {lead, 1};

    char32_t code = lead & (0x7Fu >> length);
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xC0) != 0x80) return {lead, 1};
        code = (code << 6) | (byte(at) & 0x3F);
    }
    return {code, length};
}

char32_t plain(char32_t code) {
    if (code >= U'A' && code <= U'Z') return code + 32;
    if (code >= 0xC0 && code <= 0xDE && code != 0xD7) return code + 32;  // A to Thorn with accents
    if (code >= 0x100 && code <= 0x137 && code % 2 == 0) return code + 1;
    if (code >= 0x14A && code <= 0x177 && code % 2 == 0)
        return code + 1;  // Welsh W and Y among them
    if (code == 0xA0 || (code >= 0x2000 && code <= 0x200B) || code == 0x202F || code == 0x3000)
        return U' ';
    if (code == 0x2018 || code == 0x2019 || code == 0x02BC || code == 0x60 || code == 0xB4)
        return U'\'';
    return code;
}

bool is_punctuation(char32_t code) {
    if (code < 0x80) return !((code >= U'a' && code <= U'z') || (code >= U'0' && code <= U'9'));
    return (code >= 0xA1 && code <= 0xBF) || (code >= 0x2010 && code <= 0x2064) || code == 0x2212 ||
           code == 0xFE0F || (code >= 0x3001 && code <= 0x303F) ||
           (code >= 0xFF01 && code <= 0xFF0F) || code == 0xFF1A;
}

// Letters that have no other form stay as they were typed, whatever they are.
void append(std::string& word, char32_t character, std::string_view as_typed) {
    if (character < 0x80) {
        word += static_cast<char>(character);
    } else if (character < 0x800 && as_typed.size() == 2) {
        word += static_cast<char>(0xC0 | (character >> 6));
        word += static_cast<char>(0x80 | (character & 0x3F));
    } else {
        word += as_typed;
    }
}

}  // namespace

}  // namespace muster
