#include "adapters/msteams/connector_calls.hpp"

#include "adapters/http/form_body.hpp"

namespace muster::msteams {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr int members_on_a_page = 200;  // a hint: the answer may hold fewer or more

std::string activities_of(const std::string& conversation) {
    return "v3/conversations/" + http::escaped(conversation) + "/activities";
}

std::string activity_at(const std::string& conversation, const std::string& activity_id) {
    return activities_of(conversation) + "/" + http::escaped(activity_id);
}

}  // namespace

ConnectorCall to_send(const std::string& conversation, Object activity) {
    return {"POST", activities_of(conversation), Value{std::move(activity)}};
}

ConnectorCall to_reply(
    const std::string& conversation, const std::string& activity_id, Object activity
) {
    activity.push_back({"replyToId", activity_id});
    return {"POST", activity_at(conversation, activity_id), Value{std::move(activity)}};
}

ConnectorCall to_update(
    const std::string& conversation, const std::string& activity_id, Object activity
) {
    activity.push_back({"id", activity_id});
    return {"PUT", activity_at(conversation, activity_id), Value{std::move(activity)}, true};
}

ConnectorCall to_remove(const std::string& conversation, const std::string& activity_id) {
    return {"DELETE", activity_at(conversation, activity_id), std::nullopt, true};
}

ConnectorCall to_type(const std::string& conversation) {
    return {"POST", activities_of(conversation), Value{Object{{"type", "typing"}}}, true};
}

ConnectorCall to_open_direct(
    const std::string& bot, const std::string& person, const std::string& tenant
) {
    Object body{
        {"isGroup", false},
        {"bot", Object{{"id", bot}}},
        {"members", Array{Object{{"id", person}}}},
        {"tenantId", tenant},
        {"channelData", Object{{"tenant", Object{{"id", tenant}}}}},
    };
    return {"POST", "v3/conversations", Value{std::move(body)}, true};
}

ConnectorCall to_open_thread(
    const std::string& channel, const std::string& tenant, Object activity
) {
    Object body{
        {"isGroup", true},
        {"tenantId", tenant},
        {"activity", std::move(activity)},
        {"channelData", Object{{"channel", Object{{"id", channel}}}}},
    };
    return {"POST", "v3/conversations", Value{std::move(body)}};
}

ConnectorCall to_list_members(const std::string& conversation, const std::string& from) {
    auto path = "v3/conversations/" + http::escaped(conversation) +
                "/pagedmembers?pageSize=" + std::to_string(members_on_a_page);
    if (!from.empty()) path += "&continuationToken=" + http::escaped(from);
    return {"GET", std::move(path), std::nullopt, true};
}

ConnectorCall to_look_up_member(const std::string& conversation, const std::string& person) {
    auto path =
        "v3/conversations/" + http::escaped(conversation) + "/members/" + http::escaped(person);
    return {"GET", std::move(path), std::nullopt, true};
}

ConnectorCall to_look_up_team(const std::string& team) {
    return {"GET", "v3/teams/" + http::escaped(team), std::nullopt, true};
}

ConnectorCall to_list_channels(const std::string& team) {
    return {"GET", "v3/teams/" + http::escaped(team) + "/conversations", std::nullopt, true};
}

}  // namespace muster::msteams
