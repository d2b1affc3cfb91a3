#include "adapters/slack/install_desk.hpp"

#include <gmock/gmock.h>

#include "adapters/system/entropy.hpp"
#include "tests/unit/adapters/slack/api_story.hpp"

namespace muster::slack {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr auto granted =
    R"({"ok":true,"access_token":"xoxb-new","token_type":"bot","app_id":"A1","bot_user_id":"UBOT",)"
    R"("team":{"id":"T1","name":"Pay <b>ments</b>"},"enterprise":null,"is_enterprise_install":false})";

class InstallDeskStory : public ApiStory {
protected:
    InstallDeskStory() {
        settings.app = {"client", "secret", "https://slack.com/oauth/v2/authorize", base_url, here};
        settings.workspaces = {"T1"};
        http.script = {slack_says(granted)};
    }

    http::Response get(const std::string& path, http::Request request = {}) {
        if (!desk) {
            auto keep = [this](Grant grant) -> Task<Kept> {
                kept.push_back(std::move(grant));
                co_return answer;
            };
            auto is_known = [this](const std::string&) { return known; };
            InstallDesk::Parts parts{http, clock, entropy, log, keep, is_known};
            desk = std::make_unique<InstallDesk>(settings, std::move(parts));
            desk->add_to(routes);
        }
        if (request.method.empty()) request.method = "GET";
        request.path = path;
        auto handler = routes.at(path)->at("GET").handler;
        return result_of(handler(std::move(request)));
    }

    static std::string field_of(const http::Response& response, const std::string& name) {
        for (const auto& [known, value] : response.headers)
            if (known == name) return value;
        return "";
    }

    // Where the browser is sent, and what it keeps.
    void begin() {
        auto response = get("/slack/oauth/install");
        EXPECT_EQ(response.status, 302);
        location = field_of(response, "Location");
        cookie = field_of(response, "Set-Cookie");
        auto query = form_fields(location.substr(location.find('?') + 1));
        state = query["state"];
    }

    http::Request back(const std::string& name, const std::string& value) {
        http::Request request;
        request.query = {{"state", state}, {name, value}};
        request.headers.add("Cookie", "a=b; " + cookie.substr(0, cookie.find(';')));
        return request;
    }

    http::Response end(http::Request request) {
        return get("/slack/oauth/callback", std::move(request));
    }

    http::Response end() { return end(back("code", "c.1")); }

    void expect_nothing_happened() {
        EXPECT_THAT(kept, IsEmpty());
        EXPECT_THAT(http.calls, IsEmpty());
    }

    static constexpr auto here = "https://muster.example.org/slack/oauth/callback";
    InstallSettings settings;
    ScriptedHttp http;
    SeededEntropy entropy{7};
    Kept answer = Kept::kept;
    bool known = false;
    std::vector<Grant> kept;
    std::unique_ptr<InstallDesk> desk;
    http::Routes routes;
    std::string location, cookie, state;
};

TEST_F(InstallDeskStory, SendsTheBrowserToSlackWithItsHalfOfATicket) {
    begin();
    auto query = form_fields(location.substr(location.find('?') + 1));
    EXPECT_THAT(location, HasSubstr("https://slack.com/oauth/v2/authorize?"));
    EXPECT_EQ(query["client_id"], "client");
    EXPECT_EQ(query["redirect_uri"], here);
    EXPECT_EQ(query["team"], "T1");
    EXPECT_THAT(query["scope"], HasSubstr("chat:write,commands"));
    EXPECT_THAT(cookie, HasSubstr("__Host-muster-install="));
    EXPECT_THAT(cookie, HasSubstr("; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax"));
    expect_nothing_happened();
}

TEST_F(InstallDeskStory, ChangesTheCodeForATokenAndKeepsIt) {
    begin();
    auto response = end();

    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body, HasSubstr("Muster is installed"));
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].token, "xoxb-new");
    EXPECT_EQ(kept[0].workspace(), "T1");
    EXPECT_EQ(kept[0].bot_user, "UBOT");
    EXPECT_EQ(http.last().url, "https://slack.com/api/oauth.v2.access");
    EXPECT_FALSE(http.last().may_repeat);
    EXPECT_EQ(http.last().headers[0].second, "Basic Y2xpZW50OnNlY3JldA==");
    EXPECT_EQ(form_fields(http.last().body)["code"], "c.1");
    EXPECT_EQ(form_fields(http.last().body)["redirect_uri"], here);
    EXPECT_THAT(field_of(response, "Set-Cookie"), HasSubstr("Max-Age=0"));
}

TEST_F(InstallDeskStory, ShowsWhatStrangersTypedAsText) {
    begin();
    auto body = end().body;
    EXPECT_THAT(body, HasSubstr("Pay &lt;b&gt;ments&lt;/b&gt;"));
    EXPECT_THAT(body, Not(HasSubstr("<b>")));
    EXPECT_THAT(body, Not(HasSubstr("xoxb")));
}

TEST_F(InstallDeskStory, BelievesNobodyWithoutTheCookieOfWhoeverBegan) {
    begin();
    auto without = back("code", "c.1");
    without.headers = {};
    EXPECT_EQ(end(without).status, 400);
    auto doubled = back("code", "c.1");
    doubled.headers.add("Cookie", cookie.substr(0, cookie.find(';')));
    EXPECT_EQ(end(doubled).status, 400);
    auto twice = back("code", "c.1");
    twice.headers = {};
    auto pair = cookie.substr(0, cookie.find(';'));
    twice.headers.add("Cookie", pair + "; " + pair);
    EXPECT_EQ(end(twice).status, 400);
    auto of_another = back("code", "c.1");
    of_another.query[0].value = "1." + state.substr(2);
    EXPECT_EQ(end(of_another).status, 400);
    auto two_states = back("state", state);
    two_states.query.push_back({"code", "c.1"});
    EXPECT_EQ(end(two_states).status, 400);
    expect_nothing_happened();
    EXPECT_EQ(end().status, 200);
}

TEST_F(InstallDeskStory, TakesNoStateTwiceAndNoneAfterTenMinutes) {
    begin();
    EXPECT_EQ(end(back("error", "access_denied")).status, 200);
    auto again = end();
    EXPECT_EQ(again.status, 400);
    EXPECT_THAT(again.body, HasSubstr("Start again"));
    begin();
    pass(10min);
    EXPECT_EQ(end().status, 400);
    expect_nothing_happened();
}

TEST_F(InstallDeskStory, IsKindToWhoeverDeclines) {
    begin();
    auto response = end(back("error", "access_denied"));
    EXPECT_THAT(response.body, HasSubstr("You chose not to install Muster"));
    expect_nothing_happened();
}

TEST_F(InstallDeskStory, TakesNoCodeThatIsNone) {
    for (std::string code :
         {std::string{}, std::string(513, 'a'), std::string{"a b"}, std::string{"a\r\nb"}}) {
        begin();
        EXPECT_EQ(end(back("code", code)).status, 400);
    }
    begin();
    EXPECT_EQ(end(back("error", "server_error")).status, 400);
    begin();
    EXPECT_EQ(end(back("nothing", "")).status, 400);
    expect_nothing_happened();
}

TEST_F(InstallDeskStory, GivesTheTokenBackWhereItMayNotBe) {
    settings.workspaces = {"T2", "T3"};
    begin();
    EXPECT_THAT(location, Not(HasSubstr("team=")));
    auto response = end();
    EXPECT_EQ(response.status, 403);
    EXPECT_THAT(response.body, HasSubstr("<code>T1</code>"));
    EXPECT_THAT(kept, IsEmpty());
    EXPECT_EQ(http.last().url, "https://slack.com/api/auth.revoke");
    EXPECT_EQ(http.last().headers[0].second, "Bearer xoxb-new");
}

TEST_F(InstallDeskStory, NobodyMayInstallWhereNothingIsSaid) {
    settings.workspaces = {};
    begin();
    EXPECT_EQ(end().status, 403);
    EXPECT_THAT(kept, IsEmpty());
}

TEST_F(InstallDeskStory, AnybodyMayWhereItIsOpen) {
    settings.workspaces = {};
    settings.is_open = true;
    begin();
    EXPECT_EQ(end().status, 200);
    EXPECT_EQ(kept.size(), 1U);
}

// Slack grants the token of before once more.
TEST_F(InstallDeskStory, NeverRevokesWhereMusterWorksAlready) {
    settings.workspaces = {};
    known = true;
    begin();
    EXPECT_EQ(end().status, 403);
    EXPECT_EQ(http.calls.size(), 1U);
}

TEST_F(InstallDeskStory, AnOrganisationMayStandForItsWorkspaces) {
    http.script = {slack_says(
        R"({"ok":true,"access_token":"xoxb-new","token_type":"bot","app_id":"A1","bot_user_id":"U1",)"
        R"("team":null,"enterprise":{"id":"E1","name":"Agency"},"is_enterprise_install":true})"
    )};
    settings.workspaces = {"E1"};
    begin();
    EXPECT_EQ(end().status, 200);
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].workspace(), "E1");
    EXPECT_EQ(kept[0].name, "Agency");
}

TEST_F(InstallDeskStory, SaysWhatToDoWhenItGoesWrong) {
    struct Case {
        HttpResult result;
        int status;
        std::string words;
    };

    std::string rotating = granted;
    rotating.insert(1, R"("expires_in":43200,)");
    std::string of_nobody = granted;
    of_nobody.replace(of_nobody.find("\"T1\""), 4, "\"../1\"");
    std::string of_a_person = granted;
    of_a_person.replace(of_a_person.find("\"bot\""), 5, "\"user\"");
    std::vector<Case> cases{
        {not_sent(), 502, "Slack did not answer"},
        {lost(), 502, "Slack did not answer"},
        {slack_says("<html>", 200), 502, "Slack did not answer"},
        {slack_says("{}", 500), 502, "Slack did not answer"},
        {slack_says(of_nobody), 502, "Slack did not answer"},
        {slack_says(of_a_person), 502, "Slack did not answer"},
        {slack_says(rotating), 400, "token rotation"},
        {slack_refuses("invalid_code"), 400, "<code>invalid_code</code>"},
        {slack_refuses("<script>"), 502, "Slack did not answer"}};
    for (auto& [result, status, words] : cases) {
        http.script = {result};
        begin();
        auto response = end();
        EXPECT_EQ(response.status, status) << words;
        EXPECT_THAT(response.body, HasSubstr(words));
        EXPECT_THAT(response.body, Not(HasSubstr("<script")));
    }
    EXPECT_THAT(kept, IsEmpty());
}

TEST_F(InstallDeskStory, LeavesWhereNothingCouldBeKept) {
    answer = Kept::not_kept;
    begin();
    EXPECT_EQ(end().status, 503);
    EXPECT_EQ(http.last().url, "https://slack.com/api/auth.revoke");
}

TEST_F(InstallDeskStory, LeavesAWorkspaceOfTheConfigurationAsItIs) {
    answer = Kept::known;
    begin();
    EXPECT_THAT(end().body, HasSubstr("in this workspace already"));
    EXPECT_EQ(http.calls.size(), 1U);
}

TEST_F(InstallDeskStory, WhoOnlyLooksUsesNothingUp) {
    begin();
    auto look = back("code", "c.1");
    look.method = "HEAD";
    end(look);
    expect_nothing_happened();
    EXPECT_EQ(end().status, 200);
}

TEST_F(InstallDeskStory, NoTokenAndNoCodeComesIntoTheLog) {
    begin();
    end();
    for (const auto& line : log.lines) {
        EXPECT_THAT(line, Not(HasSubstr("xoxb")));
        EXPECT_THAT(line, Not(HasSubstr("c.1")));
    }
}

}  // namespace
}  // namespace muster::slack
