#pragma once

#include <string>

#include "adapters/json/strict.hpp"

namespace muster::slack {

// The text of a message, still escaped, with the emoji that were picked in it as characters.
// Slack's text has only their names, ":rocket:"; its blocks say which of these words are emoji, and
// which characters they stand for. A workspace's own emoji keep their name, and so does what is
// code. Pure.
std::string with_emoji(std::string text, const json::Value& message);

}  // namespace muster::slack
