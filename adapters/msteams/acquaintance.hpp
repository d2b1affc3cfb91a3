#pragma once

#include <vector>

#include "adapters/json/strict.hpp"
#include "bot/ports/contact_book.hpp"

namespace muster::msteams {

// What an activity tells, beside what it says, of how people and channels are reached
// (protocols/teams.md 5.4). Only of an activity that was verified. Pure.
std::vector<Contact> contacts_in(const json::Value& activity);

}  // namespace muster::msteams
