#pragma once

#include <string>
#include <string_view>
#include <vector>

// What people typed, kept as it is, whichever platform shows it. Pure.
namespace muster {

// A part of it: a plain http(s) address, or other words.
struct TypedPart {
    std::string_view words;
    bool is_address = false;
};

// All of it, in its order. An address is only what is one beyond doubt: nothing that shows one
// place and leads to another, and nothing that a platform might refuse.
std::vector<TypedPart> parts_of_typed(std::string_view typed);

// The marks that end what the words leave open of the Unicode Bidirectional Algorithm, mostly
// nothing: behind them, words run again as they did before.
std::string closing(std::string_view typed);

}  // namespace muster
