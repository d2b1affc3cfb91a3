#pragma once

#include "tests/fakes/slack/workspace.hpp"

// What a person sees, as values that a test can compare.
namespace muster::fake_slack {

// Line by line. Buttons as "[Answer]".
std::string plain_text(const json::Array& blocks);
// Of what was posted: its blocks, or its text when it has none.
std::string plain_text(const Message&);
std::string plain_text(const Ephemeral&);

struct ShownButton {
    std::string label;
    std::string spoken;  // accessibility_label; "" = none
    std::string value;
    std::string action_id;
    std::string block_id;
    std::string style;
};

std::vector<ShownButton> buttons_in(const json::Array& blocks);

struct ShownOption {
    std::string label;
    std::string value;
};

struct ShownField {
    std::string block_id;
    std::string action_id;
    std::string kind;  // type of the element
    std::string label;
    std::string hint;
    bool is_optional = false;
    std::string entered;  // what stands in it now
    std::vector<ShownOption> options;
    std::string error;  // what the person was told about it
};

struct ShownForm {
    std::string id;
    std::string title;
    std::string submit;
    std::string close;
    std::string text;  // all that is no input
    std::vector<ShownField> fields;
};

ShownForm shown(const View&);

// ---- what lies where

// Oldest first, without what was deleted; replies too.
std::vector<Message> messages_in(Workspace&, const std::string& channel);
std::vector<Message> posted_by_app_in(Workspace&, const std::string& channel);
std::vector<Ephemeral> ephemerals_of(const Workspace&, const std::string& user);

}  // namespace muster::fake_slack
