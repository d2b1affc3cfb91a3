#pragma once

#include "adapters/slack/identity.hpp"
#include "adapters/slack/names.hpp"

// The messages of one delivery among those of a conversation. Pure.
namespace muster::slack {

// One post of ours, by its mark.
struct Sighted {
    std::string ts;
    Mark mark;
};

// The posts of that delivery in a page of history. What others posted is never one, whatever its
// blocks are called.
std::vector<Sighted> posts_of(DeliveryId delivery, const Identity& us, const json::Array& messages);

// What stands of one message: the ts of its parts in their order. Several, where it was posted more
// than once.
struct Copy {
    std::vector<std::string> parts;
    bool is_whole = false;  // as many as its first part says
};

// The whole ones first, then the older ones: the first is the one to keep.
std::vector<Copy> copies_in(const std::vector<Sighted>& posts);

// Slack writes a ts as seconds and a count, "1531420618.000200".
bool is_older(std::string_view ts, std::string_view other);

// Both, in the order in which they were posted.
std::vector<std::string> merged(std::vector<std::string> parts, std::vector<std::string> others);

}  // namespace muster::slack
