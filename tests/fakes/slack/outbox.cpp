#include "tests/fakes/slack/outbox.hpp"

#include <algorithm>

#include "tests/fakes/slack/objects.hpp"
#include "tests/fakes/slack/signing.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

std::int64_t seconds_of(Instant now) {
    return std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
}

std::string channel_type(const Channel& channel) {
    if (channel.is_direct()) return "im";
    return channel.is_private ? "group" : "channel";
}

}  // namespace

AppRequest signed_at(AppRequest request, const Installation& installation, Instant now) {
    auto timestamp = std::to_string(seconds_of(now));
    auto is_of_this_moment = [](const auto& header) {
        return header.first == "X-Slack-Request-Timestamp" || header.first == "X-Slack-Signature";
    };
    std::erase_if(request.headers, is_of_this_moment);
    request.headers.emplace_back("X-Slack-Request-Timestamp", timestamp);
    request.headers.emplace_back(
        "X-Slack-Signature", signature_of(installation.signing_secret, timestamp, request.body)
    );
    request.sent_at = now;
    return request;
}

void Outbox::posted(const Message& message, Instant now) {
    auto& channel = workspace_.channels.at(message.channel);
    if (hears(channel)) event(message_event(message, channel), now, &channel, message.user);

    auto mention = "<@" + workspace_.installation.bot_user + ">";
    auto mentions_app = !channel.is_direct() && message.bot.empty() &&
                        channel.has(workspace_.installation.bot_user) &&
                        message.text.find(mention) != std::string::npos &&
                        workspace_.installation.scopes.contains("app_mentions:read");
    if (!mentions_app) return;
    auto mentioned = message_event(message, channel);
    put(mentioned, "type", "app_mention");
    drop(mentioned, "channel_type");
    event(std::move(mentioned), now, &channel, message.user);
}

void Outbox::edited(const Message& before, const Message& after, Instant now) {
    auto& channel = workspace_.channels.at(after.channel);
    changed(
        message_object(workspace_, before),
        message_object(workspace_, after),
        channel,
        after.user,
        now
    );
}

void Outbox::deleted(const Message& before, Instant now) {
    auto& channel = workspace_.channels.at(before.channel);
    if (!workspace_.replies_to(before).empty()) {
        auto tombstone = before;
        tombstone.is_deleted = true;
        return edited(before, tombstone, now);
    }
    if (!hears(channel)) return;
    auto ts = workspace_.new_ts(now);
    json::Object gone{
        {"type", "message"},
        {"subtype", "message_deleted"},
        {"previous_message", message_object(workspace_, before)},
        {"channel", channel.id},
        {"hidden", true},
        {"deleted_ts", before.ts},
        {"event_ts", ts},
        {"ts", ts},
        {"channel_type", channel_type(channel)}};
    event(std::move(gone), now, &channel, before.user);
}

void Outbox::previewed(const Message& message, Instant now) {
    auto before = message_object(workspace_, message);
    json::Array attachments;
    attachments.emplace_back(json::Object{
        {"id", 1}, {"from_url", "https://example.org/"}, {"title", "Example"}});
    auto after = before;
    put(after, "attachments", std::move(attachments));
    auto& channel = workspace_.channels.at(message.channel);
    changed(std::move(before), std::move(after), channel, "", now);
}

void Outbox::changed(
    json::Object before,
    json::Object after,
    const Channel& channel,
    const std::string& actor,
    Instant now
) {
    if (!hears(channel)) return;
    auto ts = workspace_.new_ts(now);
    json::Object changed{
        {"type", "message"},
        {"subtype", "message_changed"},
        {"message", std::move(after)},
        {"previous_message", std::move(before)},
        {"channel", channel.id},
        {"hidden", true},
        {"ts", ts},
        {"event_ts", ts},
        {"channel_type", channel_type(channel)}};
    event(std::move(changed), now, &channel, actor);
}

void Outbox::came_or_went(
    const std::string& type,
    const Channel& channel,
    const std::string& user,
    Instant now,
    const std::string& inviter
) {
    auto scope = channel.is_private ? "groups:read" : "channels:read";
    if (!channel.has(workspace_.installation.bot_user) ||
        !workspace_.installation.scopes.contains(scope))
        return;
    json::Object membership{
        {"type", type},
        {"user", user},
        {"channel", channel.id},
        {"channel_type", channel.is_private ? "G" : "C"},
        {"team", workspace_.installation.team}};
    if (!inviter.empty()) put(membership, "inviter", inviter);
    event(std::move(membership), now, &channel, user);
}

// What happens in a channel shared with another organisation bears that one's team outside, when
// one of its people did it, and ours only under `authorizations`.
void Outbox::event(
    json::Object event, Instant now, const Channel* channel, const std::string& actor
) {
    const auto& installation = workspace_.installation;
    auto* person = workspace_.user(actor);
    auto is_stranger = person && !person->team.empty();
    if (!find(event, "event_ts")) put(event, "event_ts", workspace_.new_ts(now));
    auto type = text_of(event, "type");
    json::Object envelope{
        {"token", "not-to-be-relied-upon"},
        {"team_id", is_stranger ? person->team : installation.team},
        {"context_team_id", installation.team},
        {"context_enterprise_id", json::Value{}},
        {"api_app_id", installation.app},
        {"event", std::move(event)},
        {"type", "event_callback"},
        {"event_id", workspace_.new_id("Ev")},
        {"event_time", seconds_of(now)}};
    if (type != "tokens_revoked" && type != "app_uninstalled") {
        json::Object granted{
            {"enterprise_id", json::Value{}},
            {"team_id", installation.team},
            {"user_id", installation.bot_user},
            {"is_bot", true},
            {"is_enterprise_install", false}};
        json::Array authorizations;
        authorizations.emplace_back(std::move(granted));
        put(envelope, "authorizations", std::move(authorizations));
        put(envelope, "is_ext_shared_channel", channel && channel->is_shared);
        put(envelope,
            "event_context",
            "1-" + type + "-" + installation.team + "-" + (channel ? channel->id : ""));
    }
    AppRequest request{.kind = AppRequest::Kind::event, .path = "/slack/events"};
    request.headers = {{"Content-Type", "application/json"}};
    request.body = written(drifts_ ? drifted(envelope) : json::Value{envelope});
    request.channel = channel ? channel->id : "";
    request.user = actor;
    send(std::move(request), now);
}

void Outbox::group_changed(
    const UserGroup& group,
    const std::vector<std::string>& added,
    const std::vector<std::string>& removed,
    Instant now
) {
    if (!workspace_.installation.scopes.contains("usergroups:read")) return;
    event(
        {{"type", "subteam_members_changed"},
         {"subteam_id", group.id},
         {"team_id", workspace_.installation.team},
         {"date_previous_update", seconds_of(now) - 60},
         {"date_update", seconds_of(now)},
         {"added_users", texts(added)},
         {"added_users_count", static_cast<int>(added.size())},
         {"removed_users", texts(removed)},
         {"removed_users_count", static_cast<int>(removed.size())},
         {"event_ts", workspace_.new_ts(now)}},
        now
    );
}

void Outbox::interaction(json::Object payload, Instant now, AppRequest about) {
    auto text = written(drifts_ ? drifted(payload) : json::Value{payload});
    about.kind = AppRequest::Kind::interaction;
    about.path = "/slack/interactions";
    about.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    about.body = encoded({{"payload", text}});
    send(std::move(about), now);
}

void Outbox::command(const FormFields& fields, Instant now, AppRequest about) {
    auto sent = fields;
    if (drifts_) {
        std::erase_if(sent, [](const auto& field) { return field.first == "user_name"; });
        sent.emplace_back("is_new_in_2027", "true");
    }
    about.kind = AppRequest::Kind::command;
    about.path = "/slack/commands";
    about.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    about.body = encoded(sent);
    send(std::move(about), now);
}

std::vector<AppRequest> Outbox::take() {
    return std::exchange(waiting_, {});
}

bool Outbox::hears(const Channel& channel) const {
    auto scope = channel.is_direct()  ? "im:history"
                 : channel.is_private ? "groups:history"
                                      : "channels:history";
    return channel.has(workspace_.installation.bot_user) &&
           workspace_.installation.scopes.contains(scope);
}

json::Object Outbox::message_event(const Message& message, const Channel& channel) const {
    auto event = message_object(workspace_, message);
    put(event, "channel", channel.id);
    put(event, "event_ts", message.ts);
    put(event, "channel_type", channel_type(channel));
    return event;
}

void Outbox::send(AppRequest request, Instant now) {
    request.headers.emplace_back("Accept", "*/*");
    request.headers.emplace_back("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
    auto ready = signed_at(std::move(request), workspace_.installation, now);
    if (listener_) return listener_(std::move(ready));
    waiting_.push_back(std::move(ready));
}

}  // namespace muster::fake_slack
