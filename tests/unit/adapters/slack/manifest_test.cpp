#include "adapters/slack/manifest.hpp"

#include <gtest/gtest.h>

#include "adapters/json/strict.hpp"
#include "adapters/slack/scopes.hpp"

namespace muster::slack {
namespace {

// Events that Slack only sends to apps with one of these permissions (protocols/slack.md 2.4).
const std::map<std::string, std::vector<std::string>> scopes_of{
    {"app_home_opened", {}},
    {"app_mention", {"app_mentions:read"}},
    {"app_uninstalled", {}},
    {"channel_archive", {"channels:read"}},
    {"channel_deleted", {"channels:read"}},
    {"channel_id_changed", {"channels:read"}},
    {"channel_left", {"channels:read"}},
    {"channel_rename", {"channels:read"}},
    {"channel_shared", {"channels:read"}},
    {"channel_unarchive", {"channels:read"}},
    {"channel_unshared", {"channels:read"}},
    {"dnd_updated_user", {"dnd:read"}},
    {"group_archive", {"groups:read"}},
    {"group_deleted", {"groups:read"}},
    {"group_left", {"groups:read"}},
    {"group_rename", {"groups:read"}},
    {"group_unarchive", {"groups:read"}},
    {"member_joined_channel", {"channels:read", "groups:read"}},
    {"member_left_channel", {"channels:read", "groups:read"}},
    {"message.im", {"im:history"}},
    {"subteam_members_changed", {"usergroups:read"}},
    {"subteam_updated", {"usergroups:read"}},
    {"team_access_granted", {}},
    {"team_access_revoked", {}},
    {"team_join", {"users:read"}},
    {"tokens_revoked", {}},
    {"user_change", {"users:read"}},
    {"user_profile_changed", {"users:read"}},
    {"user_status_changed", {"users:read"}},
};

std::vector<std::string> texts_in(const json::Value& list) {
    std::vector<std::string> texts;
    for (const auto& value : *list.array())
        texts.push_back(*value.text());
    return texts;
}

std::vector<std::string> at(const json::Value& from, std::initializer_list<const char*> path) {
    const auto* value = &from;
    for (const auto* key : path)
        value = value->find(key);
    return texts_in(*value);
}

TEST(SlackManifest, AsksForTheScopeOfEachEventItWantsToHear) {
    const auto manifest = json::parse(slack::manifest("")).value();
    const auto scopes = at(manifest, {"oauth_config", "scopes", "bot"});
    for (const auto& event : at(manifest, {"settings", "event_subscriptions", "bot_events"})) {
        ASSERT_TRUE(scopes_of.contains(event)) << event << ": which scope is it sent for?";
        for (const auto& scope : scopes_of.at(event))
            EXPECT_TRUE(std::ranges::count(scopes, scope) == 1) << event << " needs " << scope;
    }
}

TEST(SlackManifest, AsksForEachScopeOnceAndGivesItsReason) {
    const auto manifest = json::parse(slack::manifest("")).value();
    std::vector<std::string> names;
    for (const auto& scope : scopes()) {
        names.emplace_back(scope.name);
        EXPECT_FALSE(scope.why.empty()) << scope.name;
    }
    EXPECT_EQ(at(manifest, {"oauth_config", "scopes", "bot"}), names);
    EXPECT_EQ(std::ranges::adjacent_find(names, std::ranges::greater_equal{}), names.end());
}

TEST(SlackManifest, NeverAsksToReadWhatIsSaidInChannels) {
    for (const auto& scope : scopes()) {
        EXPECT_NE(scope.name, "channels:history");
        EXPECT_NE(scope.name, "groups:history");
    }
}

TEST(SlackManifest, NamesOnlyWhereBrowsersComeWhereAnAppIsInstalledOverSocketMode) {
    auto written = slack::manifest("https://muster.example.org", true);
    auto manifest = json::parse(written).value();

    EXPECT_EQ(*manifest.find("settings")->find("socket_mode_enabled"), json::Value{true});
    auto first = written.find("https://muster.example.org");
    EXPECT_EQ(written.find("https://muster.example.org/slack/oauth/callback"), first);
    EXPECT_EQ(written.find("https://", first + 1), std::string::npos);
}

}  // namespace
}  // namespace muster::slack
