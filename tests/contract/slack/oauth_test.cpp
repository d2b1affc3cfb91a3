#include "adapters/slack/oauth.hpp"

#include "adapters/slack/install_desk.hpp"
#include "adapters/system/entropy.hpp"
#include "tests/contract/slack/samples.hpp"
#include "tests/fakes/slack/fake_slack.hpp"
#include "tests/unit/adapters/slack/api_story.hpp"

// What Slack answers when the app is installed, and what Muster makes of it (SOURCES.md).
namespace muster::slack {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSubsetOf;

std::string answer_of_slack(const std::string& name) {
    auto folder = std::filesystem::path{MUSTER_SLACK_SAMPLES}.parent_path() / "answers";
    std::ifstream file{folder / "oauth.v2.access" / (name + ".json"), std::ios::binary};
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>{file}, {}};
}

constexpr std::array granting{
    "workspace", "workspace_of_an_organisation", "organisation", "with_token_rotation"};

class SlackOauthAnswers : public ApiStory {
protected:
    Granted granted_by(std::string answer) {
        ScriptedHttp http;
        http.script = {slack_says(std::move(answer))};
        return result_of(exchange(http, app, "code.1"));
    }

    // "xoxb-1 of T1/E1, Example, app A1, bot U1"; or why not.
    std::string meaning_of(const std::string& answer) {
        auto granted = granted_by(answer);
        if (const auto* refused = std::get_if<GrantRefused>(&granted)) return refused->error;
        const auto& grant = std::get<Grant>(granted);
        return grant.token + " of " + grant.team + "/" + grant.enterprise + ", " + grant.name +
               ", app " + grant.app + ", bot " + grant.bot_user + (grant.expires ? ", ends" : "");
    }

    OauthApp app{
        "client",
        "secret",
        "https://slack.com/oauth/v2/authorize",
        base_url,
        "https://muster.example.org/slack/oauth/callback"};
};

TEST_F(SlackOauthAnswers, MeanThatAWorkspaceOrAnOrganisationHasInstalledIt) {
    EXPECT_EQ(
        meaning_of(answer_of_slack("workspace")),
        "xoxb-1-of-a-workspace of T0TEAM/, Example Agency, app A0MUSTER, bot U0MUSTER"
    );
    EXPECT_EQ(
        meaning_of(answer_of_slack("workspace_of_an_organisation")),
        "xoxb-1-of-a-workspace of T0TEAM/E0ORGANISATION, Example Agency, app A0MUSTER, bot U0MUSTER"
    );
    EXPECT_EQ(
        meaning_of(answer_of_slack("organisation")),
        "xoxb-1-of-an-organisation of /E0ORGANISATION, Example Government, app A0MUSTER, bot "
        "U0MUSTER"
    );
    EXPECT_EQ(
        meaning_of(answer_of_slack("with_token_rotation")),
        "xoxe.xoxb-1-that-ends of T0TEAM/, Example Agency, app A0MUSTER, bot U0MUSTER, ends"
    );
}

TEST_F(SlackOauthAnswers, MeanNothingWithoutATokenOfABot) {
    EXPECT_EQ(meaning_of(answer_of_slack("of_a_person_only")), "unreadable");
}

TEST_F(SlackOauthAnswers, AreRefusalsByTheirCode) {
    EXPECT_EQ(meaning_of(answer_of_slack("refused")), "invalid_code");
    for (const auto* code :
         {"bad_client_secret",
          "bad_redirect_uri",
          "cannot_install_an_org_installed_app",
          "invalid_client_id",
          "invalid_code",
          "invalid_code_verifier",
          "invalid_grant_type",
          "invalid_refresh_token",
          "no_scopes",
          "oauth_authorization_url_mismatch",
          "pkce_not_allowed",
          "preview_feature_not_available",
          "user_email_unverified"}) {
        auto refused = std::get<GrantRefused>(
            granted_by(R"({"ok":false,"error":")" + std::string{code} + "\"}")
        );
        EXPECT_EQ(refused.error, code);
        EXPECT_FALSE(refused.is_of_the_way()) << code;
    }
}

// One value after the other becomes another: nothing throws, and what is granted is whole.
TEST_F(SlackOauthAnswers, MayDriftWithoutHarm) {
    for (const auto* name : granting) {
        auto whole = json::parse(answer_of_slack(name)).value();
        std::size_t values = 0;
        visit(whole, [&](Value&) { ++values; });
        for (const auto& other :
             {Value{}, Value{7}, Value{""}, Value{"../x y"}, Value{Array{}}, Value{Object{}}}) {
            for (std::size_t changed = 0; changed < values; ++changed) {
                auto drifted = whole;
                std::size_t at = 0;
                auto change = [&](Value& value) {
                    if (at++ == changed) value = other;
                };
                visit(drifted, change);
                auto granted = granted_by(json::dump(drifted));
                if (const auto* grant = std::get_if<Grant>(&granted)) {
                    EXPECT_TRUE(grant->token.starts_with("xox")) << json::dump(drifted);
                    EXPECT_FALSE(grant->workspace().empty()) << json::dump(drifted);
                    EXPECT_FALSE(grant->name.empty()) << json::dump(drifted);
                }
            }
        }
    }
}

TEST_F(SlackOauthAnswers, MayBreakOffAnywhere) {
    auto whole = answer_of_slack("workspace");
    while (whole.back() != '}')
        whole.pop_back();
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(meaning_of(whole.substr(0, size)), "unreadable") << size;
}

// ---- what Muster asks, as the documentation has it

TEST_F(SlackOauthAnswers, AreAskedForWithWhatSlackDocuments) {
    ScriptedHttp http;
    http.script = {slack_says(answer_of_slack("workspace"))};
    result_of(exchange(http, app, "code.1"));

    EXPECT_EQ(http.last().method, "POST");
    std::vector<std::string> asked;
    for (const auto& [name, value] : form_fields(http.last().body))
        asked.push_back(name);
    EXPECT_THAT(asked, ElementsAre("code", "redirect_uri"));
    EXPECT_THAT(
        http.last().headers,
        Contains(std::pair<std::string, std::string>{
            "Content-Type", "application/x-www-form-urlencoded"})
    );
}

// ---- what the fake answers

std::vector<std::string> keys_of(const Value& value) {
    std::vector<std::string> keys;
    for (const auto& [key, inner] : *value.object())
        keys.push_back(key);
    return keys;
}

TEST_F(SlackOauthAnswers, AreLikeThoseOfTheFake) {
    fake_slack::FakeSlack slack;
    auto& installation = slack.workspace().installation;
    app.client_id = installation.client_id;
    app.client_secret = installation.client_secret;
    std::string scopes;
    for (const auto& scope : installation.scopes)
        scopes += (scopes.empty() ? "" : ",") + scope;
    auto code = slack.oauth().agree(
        {app.client_id, app.redirect_url, scopes, std::string(32, 's')}, "xoxb-new", clock.now()
    );
    ScriptedHttp http;
    result_of(exchange(http, app, code));
    auto answered = Value{slack.oauth().access(http.last(), clock.now())};

    auto documented = json::parse(answer_of_slack("workspace")).value();
    EXPECT_THAT(keys_of(answered), testing::UnorderedElementsAreArray(keys_of(documented)));
    EXPECT_THAT(slack.violations(), IsEmpty());
}

// ---- what the browser is told

class SlackInstallAnswers : public SlackOauthAnswers {
protected:
    // From the first page to the last, with this answer of Slack's.
    http::Response install(std::string answer) {
        ScriptedHttp slack;
        slack.script = {slack_says(std::move(answer))};
        auto keep = [this](Grant grant) -> Task<Kept> {
            kept.push_back(grant.workspace());
            co_return Kept::kept;
        };
        auto is_known = [](const std::string&) { return false; };
        InstallDesk desk{
            {app, {"T0TEAM", "E0ORGANISATION"}, false},
            {slack, clock, entropy, log, keep, is_known}};
        http::Routes routes;
        desk.add_to(routes);
        auto get = [&](const char* path, http::Request request) {
            request.method = "GET";
            request.path = path;
            auto handler = routes.at(path)->at("GET").handler;
            return result_of(handler(std::move(request)));
        };
        auto begun = get("/slack/oauth/install", {});
        http::Request back;
        for (const auto& [name, value] : begun.headers) {
            if (name == "Set-Cookie") back.headers.add("Cookie", value.substr(0, value.find(';')));
            if (name == "Location")
                back.query.push_back(
                    {"state", form_fields(value.substr(value.find('?') + 1))["state"]}
                );
        }
        back.query.push_back({"code", "code.1"});
        auto page = get("/slack/oauth/callback", std::move(back));
        called.clear();
        for (const auto& call : slack.calls)
            called.push_back(call.url.substr(call.url.rfind('/') + 1));
        return page;
    }

    SeededEntropy entropy{7};
    std::vector<std::string> kept;
    std::vector<std::string> called;
};

TEST_F(SlackInstallAnswers, SayThatItIsInstalledAndKeepWhatWasGranted) {
    for (const auto* name : {"workspace", "workspace_of_an_organisation", "organisation"}) {
        auto page = install(answer_of_slack(name));
        EXPECT_EQ(page.status, 200) << name;
        EXPECT_THAT(page.body, testing::HasSubstr("Muster is installed")) << name;
        EXPECT_THAT(page.body, testing::Not(testing::HasSubstr("xox"))) << name;
        EXPECT_THAT(called, ElementsAre("oauth.v2.access")) << name;
    }
    EXPECT_THAT(kept, ElementsAre("T0TEAM", "T0TEAM", "E0ORGANISATION"));
}

TEST_F(SlackInstallAnswers, SayWhyATokenThatEndsIsGivenBack) {
    EXPECT_EQ(install(answer_of_slack("with_token_rotation")).status, 400);
    EXPECT_THAT(called, ElementsAre("oauth.v2.access", "auth.revoke"));
    EXPECT_THAT(kept, IsEmpty());
}

TEST_F(SlackInstallAnswers, SayWhatSlackSaid) {
    EXPECT_EQ(install(answer_of_slack("refused")).status, 400);
    EXPECT_EQ(install(answer_of_slack("of_a_person_only")).status, 502);
    EXPECT_THAT(kept, IsEmpty());
}

}  // namespace
}  // namespace muster::slack
