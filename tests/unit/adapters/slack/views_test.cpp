#include "adapters/slack/views.hpp"

#include "tests/unit/adapters/slack/api_story.hpp"

namespace muster::slack {
namespace {

using Kind = ViewResult::Kind;

class ViewStory : public ApiStory {
protected:
    ViewResult open(HttpResult answer) {
        http.script = {std::move(answer)};
        WebApi api{http, clock, base_url, token};
        json::Value view{json::Object{{"type", "modal"}}};
        return result_of(open_view(api, "1.2.abc", std::move(view)));
    }

    ScriptedHttp http;
};

TEST_F(ViewStory, OpensWithItsTriggerOnce) {
    EXPECT_EQ(open(slack_says(R"({"ok":true,"view":{"id":"V1"}})")).kind, Kind::opened);

    EXPECT_EQ(http.last().url, "https://slack.com/api/views.open");
    EXPECT_EQ(http.last().body, R"({"trigger_id":"1.2.abc","view":{"type":"modal"}})");
    EXPECT_FALSE(http.last().may_repeat);
}

TEST_F(ViewStory, SaysThatTheTriggerIsOldOrUsed) {
    for (auto* code :
         {"expired_trigger_id",
          "exchanged_trigger_id",
          "invalid_trigger_id",
          "trigger_expired",
          "trigger_exchanged"})
        EXPECT_EQ(open(slack_refuses(code)).kind, Kind::no_trigger) << code;
}

TEST_F(ViewStory, SaysWhySlackRefusesIt) {
    for (auto* code :
         {"view_too_large",
          "duplicate_external_id",
          "invalid_arguments",
          "missing_scope",
          "invalid_auth"}) {
        auto result = open(slack_refuses(code));
        EXPECT_EQ(result.kind, Kind::refused) << code;
        EXPECT_EQ(result.reason, code);
    }
}

TEST_F(ViewStory, SaysThatItIsNotNow) {
    HttpAnswer gateway{502, {{"content-type", "text/html"}}, "<h1>Bad gateway</h1>"};
    std::vector<HttpResult> not_now{
        not_sent(), lost(), gateway, too_soon("3"), slack_refuses("internal_error")};
    for (const auto& answer : not_now)
        EXPECT_EQ(open(answer).kind, Kind::not_now);
}

}  // namespace
}  // namespace muster::slack
