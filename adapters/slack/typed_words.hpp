#pragma once

#include "adapters/slack/rich_text.hpp"

// What people typed, kept as it is. Pure.
namespace muster::slack {

// At the end of the leaves: the words, with plain http(s) addresses as links. Only what is an
// address beyond doubt: nothing that shows one place and leads to another, and nothing that Slack
// might refuse.
void append_typed(Leaves&, std::string_view typed, bool bold = false);

// The marks that end what the words leave open of the Unicode Bidirectional Algorithm, mostly
// nothing: behind them, words run again as they did before.
std::string closing(std::string_view typed);

}  // namespace muster::slack
