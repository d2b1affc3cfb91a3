#pragma once

#include "adapters/json/strict.hpp"
#include "adapters/slack/inbound.hpp"
#include "adapters/slack/names.hpp"

// What the three readers share.
namespace muster::slack {

// The member of that name; null when there is none, so that a path can be followed to its end.
const json::Value& in(const json::Value& value, std::string_view key);

// The workspace that these name, if they name one.
void add_workspace(std::vector<Workspace>& workspaces, std::string team, std::string enterprise);

// "D1/17.1"; none where a part of it is missing or no ts.
std::optional<std::string> message_id(std::string_view channel, std::string_view ts);

// What an event tells of a workspace, its people and its channels, apart from what anybody did
// there; none: it is no such event.
std::optional<std::variant<InboundEvent, Nothing>> news_in(
    const json::Value& event, const std::vector<Identity>& ours
);

// A message of a direct message as its history shows it: the line as it says now, with the keys of
// the event that told of it, or would have; and, of one that was changed, that it was.
std::vector<Told> told_by_history(
    const json::Value& message, std::string_view channel, const Identity& us
);

}  // namespace muster::slack
