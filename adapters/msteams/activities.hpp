#pragma once

#include "adapters/msteams/render.hpp"

// Activities as we send them (protocols/teams.md 5.2). Pure.
namespace muster::msteams {

// A card, and never a text beside it: Teams would split the two and not tell their ids. What people
// are alerted with is the summary.
json::Object activity_of(Post);

// A line of our own, which holds nothing that anybody typed.
json::Object activity_of_line(std::string words);

}  // namespace muster::msteams
