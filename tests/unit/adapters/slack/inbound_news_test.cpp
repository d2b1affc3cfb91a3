#include "tests/unit/adapters/slack/inbound_story.hpp"

namespace muster::slack {
namespace {

Heard read(Object event) {
    Object envelope{
        {"type", "event_callback"},
        {"team_id", "T1"},
        {"event_id", "Ev1"},
        {"event", std::move(event)},
    };
    return read_event(json::dump(envelope), ours);
}

Object of_channel(const char* type) {
    return {{"type", type}, {"channel", "C1"}, {"user", "U7"}};
}

Object tokens(Array bots) {
    return {
        {"type", "tokens_revoked"},
        {"tokens", Object{{"oauth", Array{"U1"}}, {"bot", std::move(bots)}}}};
}

Object user_change(Value is_deleted) {
    return {
        {"type", "user_change"},
        {"user", Object{{"id", "U1"}, {"deleted", std::move(is_deleted)}}}};
}

TEST(SlackNews, IsTheLossOfTheWorkspaceWithoutAnybodysAccount) {
    auto uninstalled = told_of(read({{"type", "app_uninstalled"}}));
    EXPECT_EQ(std::get<ConnectionLost>(uninstalled.event).reason, "app_uninstalled");
    EXPECT_EQ(uninstalled.account, "");
    EXPECT_EQ(uninstalled.keys, std::vector<std::string>{"e:Ev1"});
    EXPECT_EQ(uninstalled.workspaces, (std::vector{Workspace{"T1", ""}}));

    auto revoked = event_of<ConnectionLost>(read(tokens({"UMUSTER"})));
    EXPECT_EQ(revoked.reason, "tokens_revoked");
}

TEST(SlackNews, IsTheLossOfThoseWorkspacesThatAnOrganisationTookFromTheApp) {
    auto taken = told_of(read({{"type", "team_access_revoked"}, {"team_ids", Array{"T2", "T3"}}}));
    EXPECT_EQ(std::get<ConnectionLost>(taken.event).reason, "team_access_revoked");
    EXPECT_EQ(taken.workspaces, (std::vector{Workspace{"T2", ""}, Workspace{"T3", ""}}))
        << "and not of T1, which was told of it";
    const Identity for_all{"", "E1", "UMUSTER", "BMUSTER"};
    EXPECT_FALSE(is_of(taken.workspaces.at(0), for_all)) << "it goes on in all other workspaces";
    for (Value teams : {Value{}, Value{Array{}}, Value{Array{5, ""}}, Value{"T1"}})
        EXPECT_TRUE(told_of(read({{"type", "team_access_revoked"}, {"team_ids", teams}})
        ).workspaces.empty());
}

TEST(SlackNews, TellsWhoCameToAUserGroupAndWhoLeftIt) {
    Object event{
        {"type", "subteam_members_changed"},
        {"subteam_id", "S1"},
        {"added_users", Array{"U1", "U2"}},
        {"removed_users", Array{"U3", "", 5}}};
    auto changed = event_of<GroupChanged>(read(event));
    EXPECT_EQ(changed.group, "S1");
    EXPECT_EQ(changed.came, (std::vector<std::string>{"U1", "U2"}));
    EXPECT_EQ(changed.left, std::vector<std::string>{"U3"});

    EXPECT_EQ(why_of(read(without(event, "subteam_id"))), why::unreadable);
    auto nobody = without(without(event, "added_users"), "removed_users");
    EXPECT_EQ(why_of(read(nobody)), why::unreadable);
}

TEST(SlackNews, IsNoLossWhereOnlyOthersLoseTheirTokens) {
    EXPECT_EQ(why_of(read(tokens({}))), why::tokens_revoked);
    EXPECT_EQ(why_of(read(tokens({"UOTHER"}))), why::tokens_revoked);
    EXPECT_EQ(why_of(read({{"type", "tokens_revoked"}})), why::tokens_revoked);
}

TEST(SlackNews, TellsWhetherAnAccountIsThere) {
    auto gone = event_of<PersonChanged>(read(user_change(true)));
    EXPECT_EQ(gone.person, "U1");
    EXPECT_TRUE(gone.is_gone);
    EXPECT_FALSE(event_of<PersonChanged>(read(user_change(false))).is_gone);
    EXPECT_EQ(why_of(read(user_change("yes"))), why::unreadable);
    EXPECT_EQ(why_of(read({{"type", "user_change"}, {"user", "U1"}})), why::unreadable);
}

TEST(SlackNews, TellsSinceWhenItIsSo) {
    auto at = [](Object event) { return std::get<Told>(read(std::move(event))).sent_at; };
    auto event = user_change(true);
    EXPECT_EQ(at(event), Instant{}) << "not told";
    event.push_back({"event_ts", "1795510000.000200"});
    EXPECT_EQ(at(event), Instant{1795510000s});
}

TEST(SlackNews, TellsWhoSomebodyIsNow) {
    Object profile{{"real_name", "Priya Shah"}, {"display_name", "pri"}};
    Object user{
        {"id", "U1"},
        {"team_id", "T1"},
        {"deleted", false},
        {"tz", "Europe/Lisbon"},
        {"profile", std::move(profile)}};
    auto changed = [](Object about) {
        Object event{{"type", "user_change"}, {"user", std::move(about)}};
        return event_of<PersonChanged>(read(std::move(event)));
    };
    auto told = changed(user);
    EXPECT_EQ(told.name, "Priya Shah");
    EXPECT_EQ(told.zone, "Europe/Lisbon");
    EXPECT_EQ(told.is_outsider, false);
    EXPECT_EQ(changed(with(user, "team_id", "TOTHER")).is_outsider, true);
    EXPECT_EQ(changed(with(user, "is_stranger", true)).is_outsider, true);
    EXPECT_EQ(changed(with(user, "tz", "Nowhere/At_All")).zone, std::nullopt);
    EXPECT_EQ(changed(with(user, "tz", Value{})).zone, std::nullopt);
    EXPECT_EQ(changed(with(user, "deleted", true)).name, std::nullopt) << "who left is not told of";
}

TEST(SlackNews, TellsOfAStatusWhetherAndUntilWhenSomebodyMayBeAwayAndNothingElse) {
    auto told = [](Object profile) {
        Object user{{"id", "U1"}, {"deleted", false}, {"profile", std::move(profile)}};
        Object event{{"type", "user_change"}, {"user", std::move(user)}};
        return event_of<PersonChanged>(read(std::move(event))).away;
    };
    Object sick{
        {"status_emoji", ":face_with_thermometer:"},
        {"status_text", "Flu"},
        {"status_expiration", 1795510000}};
    EXPECT_EQ(told(sick), (AwayHint{true, Instant{1795510000s}}));
    EXPECT_EQ(told(with(sick, "status_emoji", ":palm_tree:")), told(sick)) << "nobody learns which";
    EXPECT_EQ(told(with(sick, "status_expiration", 0)), (AwayHint{true, std::nullopt}));
    auto worded = with(sick, "status_emoji", ":speech_balloon:");
    EXPECT_EQ(told(with(worded, "status_text", "Out sick")), told(sick));
    EXPECT_EQ(told(with(worded, "status_text", "Vacationing")), told(sick));
    EXPECT_EQ(told(worded), AwayHint{}) << "what people write themselves is not read";
    EXPECT_EQ(told({{"status_emoji", ""}, {"status_text", ""}}), AwayHint{});
    EXPECT_EQ(told({{"real_name", "Priya Shah"}}), std::nullopt);
}

TEST(SlackNews, TellsWhoWantsNoDisturbance) {
    auto event = [](Object status) {
        return Object{
            {"type", "dnd_updated_user"}, {"user", "U1"}, {"dnd_status", std::move(status)}};
    };
    auto until_noon = event(
        {{"dnd_enabled", true}, {"next_dnd_start_ts", 1795510000}, {"next_dnd_end_ts", 1795514400}}
    );
    auto wanted = event_of<QuietWanted>(read(until_noon));
    EXPECT_EQ(wanted.person, "U1");
    EXPECT_EQ(wanted.from, Instant{1795510000s});
    EXPECT_EQ(wanted.to, Instant{1795514400s});
    auto none = event_of<QuietWanted>(
        read(event({{"dnd_enabled", true}, {"next_dnd_start_ts", 1}, {"next_dnd_end_ts", 1}}))
    );
    EXPECT_FALSE(none.from || none.to) << "Slack writes 1 for none";
    EXPECT_FALSE(event_of<QuietWanted>(read(event({{"dnd_enabled", false}}))).to);
    EXPECT_EQ(why_of(read(event({}))), why::unreadable);
}

TEST(SlackNews, TellsWhichChannelsTakePostsNoMore) {
    for (const auto* type :
         {"channel_archive",
          "channel_deleted",
          "channel_left",
          "group_archive",
          "group_deleted",
          "group_left"})
        EXPECT_EQ(event_of<Left>(read(of_channel(type))).place, "C1") << type;
    for (const auto* type : {"channel_unarchive", "group_unarchive"})
        EXPECT_EQ(event_of<Reopened>(read(of_channel(type))).place, "C1") << type;
    EXPECT_EQ(why_of(read({{"type", "channel_left"}})), why::unreadable);
    EXPECT_EQ(why_of(read(of_channel("channel_rename"))), why::unknown_event);
}

TEST(SlackNews, TellsOfNobodyElseWhoLeavesAChannel) {
    auto left = of_channel("member_left_channel");
    EXPECT_EQ(why_of(read(left)), why::not_for_us);
    EXPECT_EQ(event_of<Left>(read(with(left, "user", "UMUSTER"))).place, "C1");
}

TEST(SlackNews, TellsWhereMusterWasInvitedAndByWhom) {
    auto somebody = of_channel("member_joined_channel");
    auto other = event_of<MemberJoined>(read(somebody));
    EXPECT_EQ(other.place, "C1");
    EXPECT_EQ(other.person, "U7");
    EXPECT_EQ(why_of(read(without(somebody, "user"))), why::unreadable);
    auto us = with(with(somebody, "user", "UMUSTER"), "inviter", "U1");
    auto joined = event_of<Joined>(read(us));
    EXPECT_EQ(joined.place, "C1");
    EXPECT_EQ(joined.by, "U1");
    EXPECT_EQ(event_of<Joined>(read(without(us, "inviter"))).by, "") << "by an administrator";
    EXPECT_EQ(why_of(read(without(us, "channel"))), why::unreadable);
}

TEST(SlackNews, FollowsAChannelToItsNewId) {
    Object moved{
        {"type", "channel_id_changed"}, {"old_channel_id", "G1"}, {"new_channel_id", "C1"}};
    auto event = event_of<PlaceMoved>(read(moved));
    EXPECT_EQ(event.from, "G1");
    EXPECT_EQ(event.to, "C1");
    EXPECT_EQ(why_of(read(without(moved, "new_channel_id"))), why::unreadable);
}

}  // namespace
}  // namespace muster::slack
