#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// How long words are, and where they may be cut: never inside what a reader sees as one character
// (a family emoji, a letter with its accents). Bytes that are not UTF-8 count as U+FFFD. Pure.
namespace muster {

// What one code point counts.
using Measure = std::size_t (*)(char32_t);

// UTF-16 units. Where a platform counts characters and does not say which, nobody counts more.
std::size_t units(char32_t);

// What it takes where & < > are written as entities.
std::size_t units_escaped(char32_t);

// What it takes as JSON in which everything but ASCII is escaped, the most that it ever takes: of
// words, and of a text that is JSON already.
std::size_t room(char32_t);
std::size_t room_in_json(char32_t);

std::size_t length_of(std::string_view words, Measure);

// The longest beginning that measures at most `most`. Reads no further than that. What a reader
// sees as one character and is longer alone is cut all the same, between its code points.
std::string_view beginning(std::string_view words, std::size_t most, Measure);

// As it is, or its beginning and "…".
std::string shortened(std::string_view words, std::size_t most, Measure = units);

// May words be cut there? `at` is behind an ASCII character of them.
bool is_border(std::string_view words, std::size_t at);

}  // namespace muster
