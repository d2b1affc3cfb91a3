#pragma once

#include <string>
#include <string_view>

#include "adapters/json/strict.hpp"

// The parts of an activity that more than one reader needs (protocols/teams.md 1.2). Pure.
namespace muster::msteams {

enum class PlaceKind { personal, channel, group };

// A member; null where there is none.
const json::Value& in(const json::Value& value, std::string_view key);

PlaceKind kind_of_place(const json::Value& activity);

// The channel that an activity of a team is about: the one that the app was installed in, else
// where it came from, whichever the thread.
std::string channel_in(const json::Value& activity);

}  // namespace muster::msteams
