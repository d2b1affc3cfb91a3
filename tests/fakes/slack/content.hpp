#pragma once

#include "tests/fakes/slack/block_kit.hpp"

// What a message says, as it is held to the rules wherever it is posted.
namespace muster::fake_slack {

struct Content {
    std::string text;
    json::Array blocks;
    bool has_blocks = false;  // given, be it an empty list

    std::string error;                    // Slack's code; "" = Slack takes it
    std::vector<std::string> messages;    // what Slack says about it
    std::vector<std::string> violations;  // what the app did wrong
};

// `text` and `blocks` may be null: not given.
Content read_content(const json::Value* text, const json::Value* blocks);

// The same for a view: only error, messages and violations are set.
Content read_view(const json::Object& view, Surface surface);

}  // namespace muster::fake_slack
