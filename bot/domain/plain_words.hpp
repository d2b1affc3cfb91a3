#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster {

// The words of what somebody typed, for comparing: small letters (of English, Welsh and their
// neighbours), no punctuation, "'" left out inside a word ("can't" -> "cant"). Looks at the first
// `most` words only.
std::vector<std::string> plain_words(std::string_view text, std::size_t most = 200);

// A word between spaces as it was typed, but in small letters and with straight apostrophes.
struct TypedWord {
    std::string plain;
    std::size_t at = 0;  // where it begins in the text
};

// The first `most` words. Linear in what it looks at.
std::vector<TypedWord> typed_words(std::string_view text, std::size_t most);

// One character in small letters, where the text begins; takes it off the text. Bytes that are not
// UTF-8 come back as they are, one by one. U+00A0 and other spaces come back as ' ', curly
// apostrophes as '\''. The text must not be empty.
char32_t take_plain_character(std::string_view& text);

bool is_space(char32_t plain_character);

}  // namespace muster
