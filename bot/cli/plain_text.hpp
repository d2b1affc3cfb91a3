#pragma once

#include <string>
#include <string_view>
#include <vector>

// Words in a terminal, where what people typed must not move the cursor and columns are counted in
// characters.
namespace muster::cli {

// Control characters and line breaks become spaces.
std::string one_line(std::string_view text);

// Characters, not bytes: good enough for Latin scripts, which is what names in columns need.
std::size_t width_of(std::string_view text);

std::string padded(std::string text, std::size_t width);
std::string cut(const std::string& text, std::size_t width);  // with "..." when it is longer

// "1 team", "2 teams".
std::string counted(std::size_t count, const std::string& noun);
std::string people_counted(std::size_t count);  // "1 person", "6 people"

// Words broken into lines of at most `width`; all but the first are indented.
std::string wrapped(const std::string& text, std::size_t width, const std::string& indent);

}  // namespace muster::cli
