#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/json/strict.hpp"

// Adaptive Cards as Teams takes and shows them (protocols/teams.md 6). Pure.
namespace muster::fake_teams {

// What is wrong with a card; empty: nothing. `is_message`: it stands in a chat, not in a dialog.
std::vector<std::string> faults_of(const json::Object& card, bool is_message);

// Everything that can be read in it, in its order, lines apart.
std::string words_of(const json::Object& card);

// The titles of its buttons.
std::vector<std::string> buttons_of(const json::Object& card);

// A button by its title; nullopt: there is none.
std::optional<json::Object> button_in(const json::Object& card, const std::string& title);

struct Input {
    std::string id;
    std::string type;   // "Input.Text"
    std::string label;  // of a toggle its title
    std::string value;  // that it begins with
    std::string value_on;
    bool is_required = false;
    std::size_t longest = 0;                                     // 0: as long as anybody likes
    std::vector<std::pair<std::string, std::string>> choices{};  // title and value
};

std::vector<Input> inputs_of(const json::Object& card);

}  // namespace muster::fake_teams
