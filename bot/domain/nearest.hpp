#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace muster {

// How many slips turn one word into the other: a byte added, left out, changed, or swapped with its
// neighbour (Damerau-Levenshtein without overlapping swaps). More than `limit` slips count as
// limit + 1. Takes time in proportion to the shorter word x limit, whatever was typed.
int slips_between(std::string_view a, std::string_view b, int limit);

// The known word that somebody who typed `typed` most likely meant, if one is near enough: one slip
// in three letters, two in six, three at most. Of equally near ones, the first. Case counts.
std::optional<std::string_view> nearest_word(
    std::string_view typed, std::span<const std::string_view> known
);

}  // namespace muster
