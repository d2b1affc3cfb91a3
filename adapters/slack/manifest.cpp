#include "adapters/slack/manifest.hpp"

#include "adapters/json/strict.hpp"
#include "adapters/slack/scopes.hpp"
#include "adapters/slack/shortcuts.hpp"

namespace muster::slack {
namespace {

using json::Array;
using json::Object;
using json::Value;

// What `inbound_events` and `inbound_news` read, by name. Not the narrower twins of `user_change`.
constexpr const char* events[]{
    "app_home_opened",         "app_mention",           "app_uninstalled",     "channel_archive",
    "channel_deleted",         "channel_id_changed",    "channel_left",        "channel_unarchive",
    "dnd_updated_user",        "group_archive",         "group_deleted",       "group_left",
    "group_unarchive",         "member_joined_channel", "member_left_channel", "message.im",
    "subteam_members_changed", "tokens_revoked",        "user_change",
};

Object display();
Object features(const std::string& public_url);
Object oauth(const std::string& public_url);
Object settings(const std::string& public_url);

Object with_url(Object object, const char* key, const std::string& public_url, const char* path) {
    if (!public_url.empty()) object.push_back({key, public_url + path});
    return object;
}

}  // namespace

std::string manifest(const std::string& public_url, bool is_over_socket) {
    // Where Slack calls; browsers come back to public_url either way.
    auto webhooks = is_over_socket ? std::string{} : public_url;
    return json::pretty(Object{
        {"_metadata", Object{{"major_version", 2}, {"minor_version", 1}}},
        {"display_information", display()},
        {"features", features(webhooks)},
        {"oauth_config", oauth(public_url)},
        {"settings", settings(webhooks)},
    });
}

namespace {

Object display() {
    return {
        {"name", "Muster"},
        {"description",
         "Stand-ups in a direct message, one summary in the channel, and no blocker forgotten."},
        {"background_color", "#1d4f5f"},
    };
}

Object shortcut(
    const char* name, const char* kind, std::string_view callback_id, const char* description
) {
    return {
        {"name", name},
        {"type", kind},
        {"callback_id", std::string{callback_id}},
        {"description", description},
    };
}

Object features(const std::string& public_url) {
    Object command{
        {"command", "/muster"},
        {"description", "Your stand-up: answer, skip, away, why, status"},
        {"usage_hint", "help"},
        {"should_escape", true},  // so that "@ana" comes with her account
    };
    Object home{
        {"home_tab_enabled", true},
        {"messages_tab_enabled", true},
        {"messages_tab_read_only_enabled", false},  // else nobody could type an answer
    };
    return {
        {"app_home", std::move(home)},
        {"bot_user", Object{{"display_name", "Muster"}, {"always_online", true}}},
        {"shortcuts",
         Array{
             shortcut(
                 "Raise as blocker",
                 "message",
                 shortcuts::raise_from_message,
                 "Begin a blocker with the words of this message"
             ),
             shortcut(
                 "Raise a blocker",
                 "global",
                 shortcuts::raise_blocker,
                 "Tell your team what is stopping you"
             ),
             shortcut(
                 "My stand-up",
                 "global",
                 shortcuts::my_stand_up,
                 "Open your form, or see why there is none"
             ),
         }},
        {"slash_commands",
         Array{with_url(std::move(command), "url", public_url, "/slack/commands")}},
    };
}

Object permissions() {
    Array names;
    for (const auto& scope : scopes())
        names.emplace_back(scope.name);
    return {{"bot", std::move(names)}};
}

// Where Slack sends the browser back to when the app is installed from one.
Object oauth(const std::string& public_url) {
    Object config;
    if (!public_url.empty())
        config.push_back({"redirect_urls", Array{public_url + "/slack/oauth/callback"}});
    config.push_back({"scopes", permissions()});
    return config;
}

Object settings(const std::string& public_url) {
    Array names(std::begin(events), std::end(events));
    Object subscriptions{{"bot_events", std::move(names)}};
    Object interactivity{{"is_enabled", true}};
    return {
        {"event_subscriptions",
         with_url(std::move(subscriptions), "request_url", public_url, "/slack/events")},
        {"interactivity",
         with_url(std::move(interactivity), "request_url", public_url, "/slack/interactions")},
        {"org_deploy_enabled", false},
        {"socket_mode_enabled", public_url.empty()},
        {"token_rotation_enabled", false},
    };
}

}  // namespace

}  // namespace muster::slack
