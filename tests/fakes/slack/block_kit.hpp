#pragma once

#include <string>
#include <vector>

#include "adapters/json/strict.hpp"

// What Slack takes as blocks and as views (protocols/slack.md 3.3 and 4), in the parts that the app
// uses; what is new or for few is refused, so that nobody relies on it.
namespace muster::fake_slack {

enum class Surface { message, modal, home };

struct Verdict {
    std::vector<std::string> refused;  // "/blocks/0/text: 3001 characters, at most 3000"
    std::vector<std::string> never;    // Slack would take it; the app must not send it
    bool is_too_long = false;          // all blocks together: msg_blocks_too_long
};

Verdict check_blocks(const json::Array& blocks, Surface);
Verdict check_view(const json::Object& view, Surface);

// Slack's "characters".
std::size_t characters_in(std::string_view text);

}  // namespace muster::fake_slack
