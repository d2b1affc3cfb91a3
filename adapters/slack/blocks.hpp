#pragma once

#include "adapters/slack/phrasing.hpp"

// The parts that messages and forms are made of, within the lengths that Slack takes. Pure.
namespace muster::slack {

// Text that nothing is parsed in. Never empty, which Slack would refuse; what is longer is shown
// to be cut.
json::Value plain_text(std::string_view words, std::size_t most);

// Small print, in as many blocks as it needs.
std::vector<Worded> small_print(const std::string& words);

json::Value row_of(const Buttons&, const Phrasing&);

// A message as blocks, each with whether it belongs to the one before it.
struct Part {
    json::Value block;
    std::string words;
    bool belongs = false;
};

std::vector<Part> parts_of(const Message&, const Phrasing&);

}  // namespace muster::slack
