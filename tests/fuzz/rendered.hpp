#pragma once

#include "adapters/slack/render.hpp"

// What adapters/slack promises of whatever it writes for Slack.
namespace muster::slack {

const Catalogue& real_texts();

// Words that somebody typed, of a line of the input.
Text typed(std::string_view line);

// Ends the program where Slack would refuse it, or where words would do more than be read.
void expect_taken(const Post& post);
void expect_taken(const json::Value& view);

}  // namespace muster::slack
