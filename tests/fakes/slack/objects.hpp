#pragma once

#include "tests/fakes/slack/workspace.hpp"

// People, places, messages and views as they stand in Slack's answers and payloads.
namespace muster::fake_slack {

json::Object user_object(const Installation&, const User&);
json::Object channel_object(const Installation&, const Channel&, const std::string& caller);
json::Object message_object(const Workspace&, const Message&);
// `state` holds what the person entered, and what was there before.
json::Object view_object(const Installation&, const View&, bool with_state);

// All that interactions begin with: who, where, which app.
json::Object interaction_of(const Workspace&, const std::string& type, const std::string& user);

// One element of a view that takes a value, and the block around it.
struct Input {
    std::string block_id;
    std::string action_id;
    bool is_optional = false;
    const json::Object* block = nullptr;
    const json::Object* element = nullptr;
};

std::vector<Input> inputs_of(const json::Object& view);

// What stands in the element before anybody touched it, as the person would enter it: the value of
// an option (several: with a space between them), a date, a text.
std::string initial_of(const json::Object& element);

// {"type":"plain_text_input","value":"..."}
json::Object state_of(const json::Object& element, const std::string& entered);

}  // namespace muster::fake_slack
