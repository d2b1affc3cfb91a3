#include "tests/fakes/slack/admin.hpp"

#include "tests/fakes/slack/objects.hpp"

namespace muster::fake_slack {
namespace {

// "channel_archive", and of a private one "group_archive".
std::string event_of(const Channel& channel, const std::string& change) {
    return (channel.is_private ? "group_" : "channel_") + change;
}

}  // namespace

void Admin::deactivates(const std::string& user, Instant now) {
    changes(user, true, now);
}

void Admin::reactivates(const std::string& user, Instant now) {
    changes(user, false, now);
}

void Admin::renames(const std::string& id, std::string real_name, Instant now) {
    auto& user = slack_.workspace().users.at(id);
    user.real_name = std::move(real_name);
    tells_of(user, now);
}

void Admin::moves(const std::string& id, std::string zone, Instant now) {
    auto& user = slack_.workspace().users.at(id);
    user.tz = std::move(zone);
    tells_of(user, now);
}

void Admin::archives(const std::string& id, Instant now) {
    auto& channel = slack_.workspace().channels.at(id);
    channel.is_archived = true;
    json::Object event{{"type", event_of(channel, "archive")}, {"channel", id}, {"user", "UADMIN"}};
    slack_.outbox().event(std::move(event), now, &channel);
}

void Admin::unarchives(const std::string& id, Instant now) {
    auto& channel = slack_.workspace().channels.at(id);
    channel.is_archived = false;
    json::Object event{
        {"type", event_of(channel, "unarchive")}, {"channel", id}, {"user", "UADMIN"}};
    slack_.outbox().event(std::move(event), now, &channel);
}

void Admin::deletes(const std::string& id, Instant now) {
    auto& channel = slack_.workspace().channels.at(id);
    json::Object event{{"type", event_of(channel, "deleted")}, {"channel", id}};
    slack_.outbox().event(std::move(event), now, &channel);
    channel.is_deleted = true;
    channel.members.clear();
}

void Admin::renames_channel(const std::string& id, std::string name, Instant now) {
    auto& channel = slack_.workspace().channels.at(id);
    channel.name = std::move(name);
    json::Object renamed{{"id", id}, {"name", channel.name}};
    slack_.outbox().event(
        {{"type", event_of(channel, "rename")}, {"channel", std::move(renamed)}}, now, &channel
    );
}

void Admin::removes_app_from(const std::string& id, Instant now) {
    auto& workspace = slack_.workspace();
    auto& channel = workspace.channels.at(id);
    const auto& app = workspace.installation.bot_user;
    slack_.outbox().came_or_went("member_left_channel", channel, app, now);
    std::erase(channel.members, app);
    json::Object event{{"type", event_of(channel, "left")}, {"channel", id}};
    slack_.outbox().event(std::move(event), now, &channel);
}

void Admin::uninstalls_app(Instant now) {
    auto& workspace = slack_.workspace();
    workspace.token_is_revoked = true;
    json::Object tokens{
        {"oauth", json::Array{}}, {"bot", json::Array{workspace.installation.bot_user}}};
    slack_.outbox().event({{"type", "app_uninstalled"}}, now);
    slack_.outbox().event({{"type", "tokens_revoked"}, {"tokens", std::move(tokens)}}, now);
}

void Admin::changes(const std::string& id, bool is_deleted, Instant now) {
    auto& user = slack_.workspace().users.at(id);
    user.is_deleted = is_deleted;
    tells_of(user, now);
}

void Admin::tells_of(const User& user, Instant now) {
    json::Object event{
        {"type", "user_change"}, {"user", user_object(slack_.workspace().installation, user)}};
    slack_.outbox().event(std::move(event), now);
}

}  // namespace muster::fake_slack
