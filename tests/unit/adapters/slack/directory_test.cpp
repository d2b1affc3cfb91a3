#include "adapters/slack/directory.hpp"

#include "tests/unit/adapters/slack/api_story.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

class DirectoryOfSlack : public ApiStory {
protected:
    Profile person(std::deque<HttpResult> script) {
        http.script = std::move(script);
        return std::get<Profile>(result_of(directory.person("U1")));
    }

    PlaceFacts place(std::deque<HttpResult> script) {
        http.script = std::move(script);
        return std::get<PlaceFacts>(result_of(directory.place("C1")));
    }

    DirectoryAnswer<GroupFacts> group(const std::string& name, std::deque<HttpResult> script) {
        http.script = std::move(script);
        return result_of(directory.group(name));
    }

    NotTold why_not(std::deque<HttpResult> script) {
        http.script = std::move(script);
        return std::get<NotTold>(result_of(directory.place("C1")));
    }

    ScriptedHttp http;
    WebApi api{http, clock, base_url, token};
    std::optional<Identity> us{Identity{"T1", "", "UBOT", "BBOT"}};
    Directory directory{api, clock, us};
};

HttpAnswer user(const std::string& rest) {
    return slack_says(R"({"ok":true,"user":{"id":"U1","team_id":"T1",)" + rest + "}}");
}

HttpAnswer channel(const std::string& rest) {
    return slack_says(R"({"ok":true,"channel":{"id":"C1",)" + rest + "}}");
}

HttpAnswer members(const std::string& list, const std::string& cursor = "") {
    return slack_says(
        R"({"ok":true,"members":[)" + list + R"(],"response_metadata":{"next_cursor":")" + cursor +
        R"("}})"
    );
}

TEST_F(DirectoryOfSlack, TellsWhoSomebodyIs) {
    auto told = person({user(
        R"("name":"priya","real_name":"Priya Shah","tz":"Europe/Lisbon","deleted":false,"is_bot":false,)"
        R"("profile":{"real_name":"Priya Shah","display_name":"pri","email":"priya@example.org"})"
    )});
    EXPECT_EQ(told, (Profile{"U1", "Priya Shah", "priya@example.org", "Europe/Lisbon"}));
    EXPECT_EQ(http.calls.at(0).url, "https://slack.com/api/users.info");
}

TEST_F(DirectoryOfSlack, TellsBotsGuestsOutsidersAndThoseWhoLeft) {
    EXPECT_TRUE(person({user(R"("name":"b","is_bot":true)")}).is_bot);
    EXPECT_TRUE(person({user(R"("name":"b","is_app_user":true)")}).is_bot);
    EXPECT_TRUE(person({user(R"("name":"g","is_restricted":true)")}).is_guest);
    EXPECT_TRUE(person({user(R"("name":"g","is_ultra_restricted":true)")}).is_guest);
    EXPECT_TRUE(person({user(R"("name":"o","is_stranger":true)")}).is_outsider);
    EXPECT_TRUE(person({user(R"("name":"x","deleted":true)")}).is_closed);
    auto slackbot = slack_says(
        R"({"ok":true,"user":{"id":"USLACKBOT","team_id":"T1","name":"slackbot","is_bot":false}})"
    );
    EXPECT_TRUE(person({slackbot}).is_bot);
}

TEST_F(DirectoryOfSlack, KnowsPeopleOfAnotherWorkspaceAsOutsidersUnlessTheOrganisationIsOne) {
    auto other = slack_says(R"({"ok":true,"user":{"id":"U1","team_id":"T2","name":"o",)"
                            R"("enterprise_user":{"enterprise_id":"E1"}}})");
    EXPECT_TRUE(person({other}).is_outsider);
    us->enterprise = "E1";
    EXPECT_FALSE(person({other}).is_outsider);
    us->enterprise = "E2";
    EXPECT_TRUE(person({other}).is_outsider);
}

TEST_F(DirectoryOfSlack, TellsNoZoneThatNobodyKnows) {
    EXPECT_EQ(person({user(R"("name":"p","tz":"Nowhere/At_All")")}).zone, "");
    EXPECT_EQ(person({user(R"("name":"p","tz":null)")}).zone, "");
}

TEST_F(DirectoryOfSlack, TellsWhoIsInAChannelWithoutUs) {
    auto told = place(
        {channel(R"("name":"team-tax","is_private":true,"is_ext_shared":true,"is_archived":false)"),
         members(R"("U1","UBOT")", "more"),
         members(R"("U2")")}
    );
    EXPECT_EQ(told, (PlaceFacts{"team-tax", true, true, false, {"U1", "U2"}}));
    EXPECT_EQ(form_fields(http.calls.at(2).body).at("cursor"), "more");
}

TEST_F(DirectoryOfSlack, ReadsNoMoreOfALargeChannelThanItTells) {
    std::string many;
    for (int number = 0; number < 200; ++number)
        many += std::string{many.empty() ? "" : ","} + "\"U" + std::to_string(number) + "\"";
    std::deque<HttpResult> script{channel(R"("name":"all")")};
    for (int pages = 0; pages < 10; ++pages)
        script.push_back(members(many, "more"));
    auto told = place(std::move(script));
    EXPECT_EQ(told.members.size(), most_members_told);
    EXPECT_TRUE(told.has_more);
    EXPECT_TRUE(http.script.size() >= 4U) << "the other pages were not asked for";
}

TEST_F(DirectoryOfSlack, ReadsNoPagesWithoutEnd) {
    std::deque<HttpResult> script{channel(R"("name":"tax")")};
    for (int pages = 0; pages < 100; ++pages)
        script.push_back(members("", "more"));
    auto told = place(std::move(script));
    EXPECT_TRUE(told.has_more);
    EXPECT_LE(http.calls.size(), 21U);
}

TEST_F(DirectoryOfSlack, FindsAUserGroupByItsHandleOrItsName) {
    const auto groups =
        slack_says(R"({"ok":true,"usergroups":[{"id":"S1","handle":"tax","name":"Tax team"},)"
                   R"({"id":"S2","handle":"Payments","name":"Payments team"}]})");
    const auto users = slack_says(R"({"ok":true,"users":["U1","U2",5]})");
    const DirectoryAnswer<GroupFacts> payments = GroupFacts{"S2", "@Payments", {"U1", "U2"}};
    for (const auto* typed : {"@payments", "payments", "PAYMENTS", "payments team"})
        EXPECT_EQ(group(typed, {groups, users}), payments) << typed;
    EXPECT_EQ(form_fields(http.calls.back().body).at("usergroup"), "S2");

    auto nobody = group("@pay", {groups});
    EXPECT_EQ(std::get<NotTold>(nobody), NotTold{"no_such_group"});
    auto unknown = group("@tax", {slack_says(R"({"ok":false,"error":"missing_scope"})")});
    EXPECT_EQ(std::get<NotTold>(unknown).retry_after, 0ms);
}

TEST_F(DirectoryOfSlack, LooksForAUserGroupInEachWorkspaceOfAnOrganisation) {
    const auto workspaces = slack_says(R"({"ok":true,"teams":[{"id":"T1"},{"id":"T2"}]})");
    const auto none = slack_says(R"({"ok":true,"usergroups":[]})");
    const auto groups = slack_says(R"({"ok":true,"usergroups":[{"id":"S2","handle":"payments"}]})");
    const auto users = slack_says(R"({"ok":true,"users":["U1"]})");
    us->team = "";
    EXPECT_EQ(
        group("payments", {workspaces, none, groups, users}),
        DirectoryAnswer<GroupFacts>(GroupFacts{"S2", "@payments", {"U1"}})
    );
    std::vector<std::string> asked;
    for (const auto& call : http.calls)
        asked.push_back(form_fields(call.body)["team_id"]);
    EXPECT_EQ(asked, (std::vector<std::string>{"", "T1", "T2", "T2"}));

    EXPECT_EQ(std::get<NotTold>(group("tax", {workspaces, none, groups})).reason, "no_such_group");
    auto refused = slack_says(R"({"ok":false,"error":"missing_scope"})");
    EXPECT_EQ(std::get<NotTold>(group("payments", {refused})).reason, "missing_scope");
}

TEST_F(DirectoryOfSlack, SaysWhetherItIsWorthAskingAgain) {
    auto never = why_not({slack_says(R"({"ok":false,"error":"missing_scope"})")});
    EXPECT_EQ(never.reason, "missing_scope");
    EXPECT_EQ(never.retry_after, 0ms);
    auto later = why_not({slack_says(R"({"ok":false,"error":"internal_error"})")});
    EXPECT_GT(later.retry_after, 0ms);
    auto strange = why_not({slack_says(R"({"ok":true})")});
    EXPECT_EQ(strange.reason, "unreadable");
}

}  // namespace
}  // namespace muster::slack
