#include "adapters/slack/introduction.hpp"

#include "tests/unit/adapters/slack/api_story.hpp"

namespace muster::slack {
namespace {

class IntroductionStory : public ApiStory {
protected:
    std::variant<Introduction, ApiAnswer> told(HttpResult answer) {
        http.script = {std::move(answer)};
        WebApi api{http, clock, base_url, token};
        return result_of(who_am_i(api));
    }

    ScriptedHttp http;
};

TEST_F(IntroductionStory, IsToldByAuthTest) {
    auto answer = told(slack_says(
        R"({"ok":true,"url":"https://example.slack.com/","team":"Example","user":"muster",)"
        R"("team_id":"T1","user_id":"UBOT","bot_id":"BBOT","is_enterprise_install":false})"
    ));

    EXPECT_EQ(http.last().url, "https://slack.com/api/auth.test");
    EXPECT_TRUE(http.last().may_repeat);
    auto identity = std::get<Introduction>(answer).identity;
    EXPECT_EQ(identity.team, "T1");
    EXPECT_EQ(identity.enterprise, "");
    EXPECT_EQ(identity.bot_user, "UBOT");
    EXPECT_EQ(identity.bot, "BBOT");
}

TEST_F(IntroductionStory, IsOfNoTeamWhereItIsOfAWholeOrganisation) {
    auto answer = told(slack_says(
        R"({"ok":true,"team_id":"E1","enterprise_id":"E1","user_id":"UBOT","bot_id":"BBOT",)"
        R"("is_enterprise_install":true})"
    ));

    EXPECT_EQ(std::get<Introduction>(answer).identity.team, "");
    EXPECT_EQ(std::get<Introduction>(answer).identity.enterprise, "E1");
}

TEST_F(IntroductionStory, IsTheReasonWhereSlackDoesNotSay) {
    EXPECT_EQ(std::get<ApiAnswer>(told(slack_refuses("invalid_auth"))).error, "invalid_auth");
    EXPECT_EQ(std::get<ApiAnswer>(told(not_sent())).error, "no_answer");
}

TEST_F(IntroductionStory, IsNotGuessedAtWhereHalfOfItIsMissing) {
    for (auto* text :
         {R"({"ok":true})",
          R"({"ok":true,"team_id":"T1","user_id":"U1"})",
          R"({"ok":true,"team_id":"T1","bot_id":"B1"})",
          R"({"ok":true,"user_id":"U1","bot_id":"B1"})",
          R"({"ok":true,"team_id":"T1","user_id":"U1","bot_id":"B1","is_enterprise_install":true})"}) {
        auto answer = std::get<ApiAnswer>(told(slack_says(text)));
        EXPECT_EQ(answer.error, "unreadable") << text;
        EXPECT_FALSE(answer.ok);
    }
}

}  // namespace
}  // namespace muster::slack
