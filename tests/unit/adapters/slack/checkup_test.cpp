#include "adapters/slack/checkup.hpp"

#include "tests/unit/adapters/slack/api_story.hpp"

namespace muster::slack {

void PrintTo(const Obstacle& obstacle, std::ostream* out) {
    *out << static_cast<int>(obstacle.kind) << " " << obstacle.address << " " << obstacle.reason;
}

namespace {

using Kind = Obstacle::Kind;
using Obstacles = std::vector<Obstacle>;

const std::string all_scopes =
    "app_mentions:read,chat:write,commands,im:history,im:write,users:read";

class Checkup : public ApiStory {
protected:
    HttpAnswer introduced(const std::string& scopes = all_scopes) {
        auto answer = slack_says(R"({"ok":true,"team_id":"T1","user_id":"UBOT","bot_id":"BBOT"})");
        answer.headers.emplace_back("x-oauth-scopes", scopes);
        return answer;
    }

    Obstacles found(std::deque<HttpResult> script, Correspondents who = {}) {
        http.script = std::move(script);
        auto looked_at = [this](std::size_t count) -> Task<> {
            progress.push_back(count);
            co_return;
        };
        return result_of(check(api, clock, std::move(who), looked_at));
    }

    ScriptedHttp http;
    WebApi api{http, clock, base_url, token};
    std::vector<std::size_t> progress;
};

HttpAnswer channel(const std::string& flags) {
    return slack_says(R"({"ok":true,"channel":{"id":"C1",)" + flags + "}}");
}

HttpAnswer person(const std::string& flags) {
    return slack_says(R"({"ok":true,"user":{"id":"U1",)" + flags + "}}");
}

TEST_F(Checkup, FindsNothingWhereAllIsWell) {
    EXPECT_EQ(
        found(
            {introduced(), channel(R"("is_member":true)"), person(R"("deleted":false)")},
            {{"C1"}, {"U1"}}
        ),
        Obstacles{}
    );
    ASSERT_EQ(http.calls.size(), 3U);
    EXPECT_EQ(http.calls[1].url, "https://slack.com/api/conversations.info");
    EXPECT_EQ(form_fields(http.calls[1].body).at("channel"), "C1");
    EXPECT_EQ(form_fields(http.calls[2].body).at("user"), "U1");
    EXPECT_EQ(progress, (std::vector<std::size_t>{1, 2}));
}

TEST_F(Checkup, NamesEachScopeThatMusterNeedsAndWasNotGranted) {
    EXPECT_EQ(
        found({introduced("chat:write, commands,im:write")}),
        (Obstacles{
            {Kind::not_permitted, "", "app_mentions:read"}, {Kind::not_permitted, "", "im:history"}}
        )
    );
}

TEST_F(Checkup, EndsWhereSlackRefusesTheToken) {
    EXPECT_EQ(
        found({slack_refuses("invalid_auth")}, {{"C1"}, {"U1"}}),
        (Obstacles{{Kind::refused, "", "invalid_auth"}})
    );
    EXPECT_EQ(http.calls.size(), 1U);
}

TEST_F(Checkup, EndsWhereSlackIsNotReached) {
    EXPECT_EQ(
        found({not_sent()}, {{"C1"}, {}}), (Obstacles{{Kind::not_reached, "", "could not connect"}})
    );
    EXPECT_EQ(found({introduced(), lost()}, {{"C1", "C2"}, {"U1"}}).size(), 1U);
    EXPECT_EQ(http.calls.size(), 3U) << "nothing more is asked once Slack is gone";
}

TEST_F(Checkup, TellsWhatIsWrongWithAChannel) {
    EXPECT_EQ(
        found(
            {introduced(),
             slack_refuses("channel_not_found"),
             channel(R"("is_member":true,"is_archived":true)"),
             channel(R"("is_member":false)")},
            {{"C1", "C2", "C3"}, {}}
        ),
        (Obstacles{
            {Kind::channel_unknown, "C1", "channel_not_found"},
            {Kind::channel_archived, "C2", ""},
            {Kind::channel_without_us, "C3", ""}})
    );
}

TEST_F(Checkup, TellsWhatIsWrongWithAPerson) {
    EXPECT_EQ(
        found(
            {introduced(),
             slack_refuses("user_not_found"),
             person(R"("deleted":true)"),
             person(R"("is_bot":true)")},
            {{}, {"U1", "U2", "U3"}}
        ),
        (Obstacles{
            {Kind::person_unknown, "U1", "user_not_found"},
            {Kind::person_deactivated, "U2", ""},
            {Kind::person_is_bot, "U3", ""}})
    );
}

TEST_F(Checkup, LooksAtPeopleThoughItMayNotLookAtChannels) {
    auto no_scope = slack_says(R"({"ok":false,"error":"missing_scope","needed":"channels:read"})");

    EXPECT_EQ(
        found({introduced(), no_scope, person(R"("deleted":true)")}, {{"C1", "C2"}, {"U1"}}),
        (Obstacles{{Kind::cannot_tell, "", "channels:read"}, {Kind::person_deactivated, "U1", ""}})
    );
}

TEST_F(Checkup, WaitsAsLongAsSlackTellsItTo) {
    auto before = clock.now();

    EXPECT_EQ(
        found({introduced(), too_soon("7"), person(R"("deleted":false)")}, {{}, {"U1"}}),
        Obstacles{}
    );
    EXPECT_GE(clock.now() - before, 7s);
}

TEST_F(Checkup, DoesNotWaitForHours) {
    auto found_now = found({introduced(), too_soon("3600")}, {{}, {"U1"}});

    ASSERT_EQ(found_now.size(), 1U);
    EXPECT_EQ(found_now.front().kind, Kind::not_reached);
    EXPECT_EQ(found_now.front().reason, "ratelimited");
}

// ---- Socket Mode

class SocketCheckup : public ApiStory {
protected:
    std::string reason(std::deque<HttpResult> script) {
        http.script = std::move(script);
        return result_of(check_socket(api, http));
    }

    ScriptedHttp http;
    WebApi api{http, clock, base_url, "xapp-secret"};
};

HttpAnswer open_at(const std::string& url) {
    return slack_says(R"({"ok":true,"url":")" + url + R"("})");
}

TEST_F(SocketCheckup, GetsAsFarAsTheHostAndOpensNoSocket) {
    const HttpAnswer upgrade_wanted{400, {}, ""};

    EXPECT_EQ(reason({open_at("wss://wss-primary.slack.com/link/?ticket=t1"), upgrade_wanted}), "");
    ASSERT_EQ(http.calls.size(), 2U);
    EXPECT_EQ(http.calls[0].url, "https://slack.com/api/apps.connections.open");
    EXPECT_EQ(http.last().method, "GET");
    EXPECT_EQ(http.last().url, "https://wss-primary.slack.com/") << "a ticket would be used up";
}

TEST_F(SocketCheckup, TakesTheTokenOfTheAppToSlackOnly) {
    reason({open_at("wss://wss-primary.slack.com/link/?ticket=t1")});

    ASSERT_EQ(http.calls.size(), 2U);
    EXPECT_EQ(http.calls[0].headers.at(0).second, "Bearer xapp-secret");
    EXPECT_TRUE(http.last().headers.empty());
    EXPECT_EQ(http.last().body, "");
}

TEST_F(SocketCheckup, FindsTheHostWhateverFollowsIt) {
    for (const std::string url :
         {"wss://h.example",
          "wss://h.example/",
          "wss://h.example?ticket=t",
          "wss://h.example/a/b"}) {
        EXPECT_EQ(reason({open_at(url)}), "") << url;
        EXPECT_EQ(http.last().url, "https://h.example/") << url;
    }
}

TEST_F(SocketCheckup, NamesWhySlackRefuses) {
    for (const std::string code : {"not_allowed_token_type", "missing_scope", "invalid_auth"})
        EXPECT_EQ(reason({slack_refuses(code)}), code);
    EXPECT_EQ(http.calls.size(), 3U) << "no host is looked for";
}

TEST_F(SocketCheckup, SaysWhenSlackIsNotReached) {
    EXPECT_EQ(reason({not_sent()}), "could not connect");
}

TEST_F(SocketCheckup, SaysWhenTheHostOfTheSocketIsNotReached) {
    EXPECT_EQ(
        reason({open_at("wss://wss-primary.slack.com/link/"), not_sent()}), "could not connect"
    );
}

TEST_F(SocketCheckup, CallsNobodyWhereTheAddressIsNoneOfAWebSocket) {
    EXPECT_EQ(reason({slack_says(R"({"ok":true})")}), "unreadable");
    EXPECT_EQ(reason({open_at("https://elsewhere.example/")}), "unreadable");
    EXPECT_EQ(http.calls.size(), 2U);
}

}  // namespace
}  // namespace muster::slack
