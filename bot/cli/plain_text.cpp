#include "bot/cli/plain_text.hpp"

#include <algorithm>

namespace muster::cli {
namespace {

bool continues_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

}  // namespace

std::string one_line(std::string_view text) {
    std::string line{text};
    auto moves_cursor = [](char byte) {
        auto value = static_cast<unsigned char>(byte);
        return value < 0x20 || value == 0x7f;
    };
    std::ranges::replace_if(line, moves_cursor, ' ');
    // The C1 controls in UTF-8: a lead byte 0xC2 and 0x80 to 0x9F.
    for (std::size_t at = 0; at + 1 < line.size(); ++at)
        if (line[at] == '\xC2' && static_cast<unsigned char>(line[at + 1]) < 0xA0)
            line.replace(at, 2, " ");
    return line;
}

std::size_t width_of(std::string_view text) {
    auto starts = [](char byte) { return !continues_character(byte); };
    return static_cast<std::size_t>(std::ranges::count_if(text, starts));
}

std::string padded(std::string text, std::size_t width) {
    auto used = width_of(text);
    if (used < width) text.append(width - used, ' ');
    return text;
}

std::string cut(const std::string& text, std::size_t width) {
    if (width_of(text) <= width) return text;
    std::size_t end = 0;
    for (std::size_t characters = 0; end < text.size(); ++end)
        if (!continues_character(text[end]) && characters++ == width - 3) break;
    return text.substr(0, end) + "...";
}

std::string counted(std::size_t count, const std::string& noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string people_counted(std::size_t count) {
    return count == 1 ? "1 person" : std::to_string(count) + " people";
}

std::string wrapped(const std::string& text, std::size_t width, const std::string& indent) {
    std::string lines;
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        auto end = std::min(text.find(' ', at), text.size());
        auto word = text.substr(at, end - at);
        if (!line.empty() && width_of(line) + 1 + width_of(word) > width) {
            lines += line + "\n";
            line = indent + word;
        } else {
            line += (line.empty() ? "" : " ") + word;
        }
        at = end + 1;
    }
    return lines + line;
}

}  // namespace muster::cli
