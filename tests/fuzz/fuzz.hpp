#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What every target is made of. A target is one file, with one entry, which may be given any bytes
// at all, and ends the program where a promise does not hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace muster::fuzz {

inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

// Ends the program unless it holds, so that the fuzzer keeps the input.
void promise(bool holds, std::string_view words);

// Everything before the first `separator`, which is taken off the text together with it; all of it
// where there is none.
std::string_view take_until(char separator, std::string_view& text);

std::vector<std::string_view> pieces_of(std::string_view text, char separator);

// What somebody types has no line breaks in a file of lines: '\v' stands for one.
std::string with_line_breaks(std::string_view text);

// Told here once more, so that an error of adapters/json cannot hide.
bool is_utf8(std::string_view text);

}  // namespace muster::fuzz
