#pragma once

#include "adapters/slack/rich_text.hpp"

// What people typed, kept as it is. Pure.
namespace muster::slack {

// At the end of the leaves: the words, with plain http(s) addresses as links.
void append_typed(Leaves&, std::string_view typed, bool bold = false);

}  // namespace muster::slack
