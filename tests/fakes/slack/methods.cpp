#include "tests/fakes/slack/methods.hpp"

#include <algorithm>

namespace muster::fake_slack {
namespace {

constexpr auto number = Argument::Kind::number;
constexpr auto flag = Argument::Kind::flag;
constexpr auto blocks = Argument::Kind::blocks;
constexpr auto view = Argument::Kind::view;
constexpr auto text = Argument::Kind::text;
constexpr auto needed = Argument::Use::needed;
constexpr auto allowed = Argument::Use::allowed;
constexpr auto never = Argument::Use::never;

constexpr int tier_2 = 20;
constexpr int tier_3 = 50;
constexpr int tier_4 = 100;
constexpr int special = 0;

// Who posts under another name posts into Slackbot's direct message; link_names makes mentions of
// what people typed; attachments and metadata are shown or read where nobody expects it.
constexpr Argument never_sent[]{
    {"as_user", flag, never},
    {"attachments", text, never},
    {"icon_emoji", text, never},
    {"icon_url", text, never},
    {"link_names", flag, never},
    {"markdown_text", text, never},
    {"metadata", text, never},
    {"username", text, never}};

Method posting(std::string_view name, int per_minute, std::vector<Argument> arguments) {
    arguments.insert(
        arguments.end(), {{"channel", text, needed}, {"text"}, {"blocks", blocks}, {"parse"}}
    );
    arguments.insert(arguments.end(), std::begin(never_sent), std::end(never_sent));
    return {name, per_minute, "chat:write", true, std::move(arguments)};
}

std::vector<Argument> pages(std::vector<Argument> arguments) {
    arguments.insert(
        arguments.end(),
        {{"cursor"},
         {"limit", number},
         {"oldest"},
         {"latest"},
         {"inclusive", flag},
         {"include_all_metadata", flag}}
    );
    return arguments;
}

const std::vector<Method>& methods() {
    static const std::vector<Method> all{
        {"auth.revoke", tier_3, "", false},
        {"auth.test", tier_4, "", true},
        posting(
            "chat.postMessage",
            special,
            {{"thread_ts"},
             {"reply_broadcast", flag},
             {"mrkdwn", flag},
             {"unfurl_links", flag},
             {"unfurl_media", flag}}
        ),
        posting("chat.postEphemeral", tier_4, {{"user", text, needed}, {"thread_ts"}}),
        posting("chat.update", tier_3, {{"ts", text, needed}, {"reply_broadcast", flag}}),
        {"chat.delete",
         tier_3,
         "chat:write",
         true,
         {{"channel", text, needed}, {"ts", text, needed}, {"as_user", flag, never}}},
        {"conversations.open",
         tier_3,
         "im:write",
         true,
         {{"users"}, {"channel"}, {"return_im", flag}, {"prevent_creation", flag}}},
        {"conversations.info",
         tier_3,
         "",
         false,
         {{"channel", text, needed}, {"include_locale", flag}, {"include_num_members", flag}}},
        {"conversations.members",
         tier_4,
         "",
         false,
         {{"channel", text, needed}, {"cursor"}, {"limit", number}}},
        {"conversations.history", tier_3, "", false, pages({{"channel", text, needed}})},
        {"conversations.replies",
         tier_3,
         "",
         false,
         pages({{"channel", text, needed}, {"ts", text, needed}})},
        {"usergroups.list",
         tier_2,
         "usergroups:read",
         false,
         {{"include_count", flag},
          {"include_disabled", flag},
          {"include_users", flag},
          {"team_id"}}},
        {"usergroups.users.list",
         tier_2,
         "usergroups:read",
         false,
         {{"usergroup", text, needed}, {"include_disabled", flag}, {"team_id"}}},
        {"users.info",
         tier_4,
         "users:read",
         false,
         {{"user", text, needed}, {"include_locale", flag}}},
        {"views.open", tier_4, "", true, {{"trigger_id", text, needed}, {"view", view, needed}}},
        {"views.push", tier_4, "", true, {{"trigger_id", text, needed}, {"view", view, needed}}},
        {"views.update",
         tier_4,
         "",
         true,
         {{"view", view, needed}, {"view_id"}, {"external_id"}, {"hash"}}},
        {"views.publish",
         tier_4,
         "",
         true,
         {{"user_id", text, needed}, {"view", view, needed}, {"hash", text, allowed}}},
    };
    return all;
}

}  // namespace

const Method* method_named(std::string_view name) {
    auto found = std::ranges::find(methods(), name, &Method::name);
    return found == methods().end() ? nullptr : &*found;
}

}  // namespace muster::fake_slack
