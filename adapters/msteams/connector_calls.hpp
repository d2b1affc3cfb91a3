#pragma once

#include <optional>
#include <string>

#include "adapters/json/strict.hpp"

// The calls of the Connector (protocols/teams.md 5.1, 5.3). Pure.
namespace muster::msteams {

struct ConnectorCall {
    std::string method;
    std::string path;  // behind the service url
    std::optional<json::Value> body{};
    bool may_repeat = false;  // to make it twice does no harm
};

ConnectorCall to_send(const std::string& conversation, json::Object activity);
ConnectorCall to_reply(
    const std::string& conversation, const std::string& activity_id, json::Object activity
);
ConnectorCall to_update(
    const std::string& conversation, const std::string& activity_id, json::Object activity
);
ConnectorCall to_remove(const std::string& conversation, const std::string& activity_id);
ConnectorCall to_type(const std::string& conversation);

// The direct message with one person: the same conversation each time.
ConnectorCall to_open_direct(
    const std::string& bot, const std::string& person, const std::string& tenant
);
// A thread in a channel, which begins with this.
ConnectorCall to_open_thread(
    const std::string& channel, const std::string& tenant, json::Object activity
);

// A page of those who are there. `from`: what the page before said; "" = the first.
ConnectorCall to_list_members(const std::string& conversation, const std::string& from);
ConnectorCall to_look_up_member(const std::string& conversation, const std::string& person);
ConnectorCall to_look_up_team(const std::string& team);
ConnectorCall to_list_channels(const std::string& team);

}  // namespace muster::msteams
