#pragma once

#include "adapters/json/strict.hpp"
#include "adapters/msteams/runs.hpp"
#include "bot/domain/message.hpp"

// The elements of our cards (protocols/teams.md 6). Pure.
namespace muster::msteams {

enum class Size { usual, small, large };

// How far from what stands above it.
enum class Gap { usual, none, small, wide };

// Words that nothing is parsed in: no markdown, no mention.
json::Value paragraph(const Runs&, Size = Size::usual, Gap = Gap::usual);

// Words of our own, which a screen reader announces as a heading.
json::Value heading(std::string words, Gap = Gap::usual);

// May they stand where Teams parses markdown, and mean themselves?
bool mean_themselves(std::string_view words);

json::Value row_of(const Buttons&, std::optional<DeliveryId>, const Phrasing&);

// A card of these elements, for hosts that know the version; all others show the words.
json::Object card_of(json::Array body, json::Array actions, const char* version, std::string words);

// Sends a form. On a card of its own, Teams replaces the card with the answer.
json::Value submit_action(const Form&, bool is_on_a_card, const Phrasing&);
json::Value dismiss_action(const Form&, const Phrasing&);

// What JSON takes of an activity, in UTF-16 units, at most (protocols/teams.md 5.6).
std::size_t room_of(const json::Value&);

}  // namespace muster::msteams
