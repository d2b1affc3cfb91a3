#pragma once

#include "bot/app/acting.hpp"

// What a person in plain mode gets and types (spec/standups.md, "Accessible messages"): every
// direct reply passes here, so that none comes with buttons.
namespace muster {

// A line that is the number of a choice offered last, as if its button were pressed.
std::optional<Decision> take_numbered(Acting&, const Said&, const std::vector<Turn>& answerable);

// The reply in words; its choices are kept until the next line.
Decision in_plain_words(Acting&, Decision);

}  // namespace muster
