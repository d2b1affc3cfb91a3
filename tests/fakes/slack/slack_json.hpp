#pragma once

#include "adapters/json/strict.hpp"

// JSON as Slack writes it, and small handles on values.
namespace muster::fake_slack {

// ASCII only, slashes escaped.
std::string written(const json::Value&);

void put(json::Object&, std::string key, json::Value value);  // replaces one of that name
void drop(json::Object&, std::string_view key);
const json::Value* find(const json::Object&, std::string_view key);
std::string text_of(const json::Object&, std::string_view key);          // "" = none, or no text
const json::Array& array_of(const json::Object&, std::string_view key);  // {} = none

json::Array texts(const std::vector<std::string>&);

// As Slack may send it tomorrow: fields that nobody knows, and without those that nobody was
// promised.
json::Value drifted(const json::Value&);

}  // namespace muster::fake_slack
