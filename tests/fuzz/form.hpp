#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// application/x-www-form-urlencoded, written here once more.
namespace muster::fuzz {

// Everything but letters and digits as %XX.
std::string escaped_for_a_form(std::string_view text);

// Names and values, decoded once; none where an escape is broken. Judges nothing else.
using Pairs = std::vector<std::pair<std::string, std::string>>;
std::optional<Pairs> pairs_of_a_form(std::string_view body);

}  // namespace muster::fuzz
