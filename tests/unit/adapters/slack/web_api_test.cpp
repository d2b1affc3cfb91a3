#include "adapters/slack/web_api.hpp"

#include "tests/unit/adapters/slack/api_story.hpp"

namespace muster::slack {
namespace {

class WebApiStory : public ApiStory {
protected:
    ApiAnswer call(std::string method, json::Object arguments = {}, bool may_repeat = false) {
        return result_of(api.call(std::move(method), std::move(arguments), may_repeat));
    }

    ApiAnswer post_to(const std::string& channel) {
        return call("chat.postMessage", {{"channel", channel}, {"text", "Hello"}});
    }

    ApiAnswer answered(HttpResult result) {
        http.script = {std::move(result)};
        return call("chat.update", {});
    }

    std::string header(const std::string& name) const {
        for (const auto& [key, value] : http.last().headers)
            if (key == name) return value;
        return "";
    }

    ScriptedHttp http;
    WebApi api{http, clock, base_url, token};
};

// ---- what is asked

TEST_F(WebApiStory, SendsWhatWritesAsJsonWithItsCharset) {
    call("chat.postMessage", {{"channel", "C1"}, {"text", "Grüße"}, {"unfurl_links", false}});

    EXPECT_EQ(http.last().method, "POST");
    EXPECT_EQ(http.last().url, "https://slack.com/api/chat.postMessage");
    EXPECT_EQ(header("Authorization"), "Bearer xoxb-secret");
    EXPECT_EQ(header("Content-Type"), "application/json; charset=utf-8");
    EXPECT_EQ(http.last().body, R"({"channel":"C1","text":"Grüße","unfurl_links":false})");
    EXPECT_FALSE(http.last().may_repeat);
}

TEST_F(WebApiStory, SendsWhatReadsAsAForm) {
    call(
        "conversations.history",
        {{"channel", "C1"}, {"limit", 200}, {"inclusive", true}, {"cursor", "dXNlcjpV+/="}},
        true
    );

    EXPECT_EQ(header("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(http.last().body, "channel=C1&limit=200&inclusive=true&cursor=dXNlcjpV%2B%2F%3D");
    EXPECT_TRUE(http.last().may_repeat);
}

TEST_F(WebApiStory, SendsAFormWithoutFieldsWhereThereIsNothingToSay) {
    call("auth.test");

    EXPECT_EQ(header("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(http.last().body, "");
}

TEST_F(WebApiStory, KeepsTheTokenOutOfUrlAndBody) {
    call("conversations.history", {{"channel", "C1"}});
    post_to("C1");

    for (const auto& made : http.calls) {
        EXPECT_EQ(made.url.find(token), std::string::npos);
        EXPECT_EQ(made.body.find(token), std::string::npos);
        EXPECT_TRUE(made.url.starts_with(base_url));
    }
}

// ---- what is answered

TEST_F(WebApiStory, HearsThatItIsDone) {
    auto answer = answered(slack_says(R"({"ok":true,"channel":"C1","ts":"17.1"})"));

    EXPECT_TRUE(answer.ok);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.error, "");
    EXPECT_EQ(answer.body.text_of("ts"), "17.1");
}

TEST_F(WebApiStory, HearsWhyNot) {
    auto answer = answered(slack_refuses("channel_not_found"));

    EXPECT_FALSE(answer.ok);
    EXPECT_EQ(answer.error, "channel_not_found");
    EXPECT_TRUE(answer.was_sent);
}

TEST_F(WebApiStory, HearsWhyNotWhateverTheStatus) {
    EXPECT_EQ(answered(slack_says(R"({"ok":false,"error":"x"})", 503)).error, "x");
    EXPECT_EQ(answered(slack_says(R"({"ok":false,"error":"x"})", 403)).error, "x");
}

TEST_F(WebApiStory, BelievesOkWithASuccessOnly) {
    auto answer = answered(slack_says(R"({"ok":true,"ts":"17.1"})", 500));

    EXPECT_FALSE(answer.ok);
    EXPECT_EQ(answer.error, "http_500");
}

TEST_F(WebApiStory, LooksAtTheTypeBeforeItReads) {
    HttpAnswer page{200, {{"content-type", "text/html"}}, R"({"ok":true})"};
    HttpAnswer untold{200, {}, R"({"ok":true})"};
    HttpAnswer other{200, {{"content-type", "application/jsonp"}}, R"({"ok":true})"};
    for (const auto& answer : {page, untold, other}) {
        EXPECT_FALSE(answered(answer).ok);
        EXPECT_EQ(answered(answer).error, "http_200");
    }

    HttpAnswer shouted{200, {{"content-type", "Application/JSON;charset=utf-8"}}, R"({"ok":true})"};
    EXPECT_TRUE(answered(shouted).ok);
}

TEST_F(WebApiStory, CallsUnreadableWhatSlackCannotHaveMeant) {
    for (auto* text :
         {"",
          "{",
          "[]",
          "ok",
          R"({"ok":"true"})",
          R"({"ok":false})",
          R"({"ok":false,"error":""})",
          R"({"ok":false,"error":"Amira is ill"})",
          R"({"ok":true,"ok":false})"})
        EXPECT_EQ(answered(slack_says(text)).error, "unreadable") << text;
}

TEST_F(WebApiStory, ReadsNoMoreThanItMay) {
    auto padding = std::string(8 * 1024 * 1024, ' ');

    EXPECT_EQ(answered(slack_says(R"({"ok":true})" + padding)).error, "unreadable");
}

TEST_F(WebApiStory, NamesAnAnswerThatTheMethodDidNotWrite) {
    HttpAnswer page{403, {{"content-type", "text/html"}}, "<h1>Blocked</h1>"};

    EXPECT_EQ(answered(page).error, "http_403");
    EXPECT_EQ(answered(page).status, 403);
}

TEST_F(WebApiStory, TellsWhetherAnythingWasSent) {
    auto before = answered(not_sent());
    auto after = answered(lost());

    EXPECT_FALSE(before.was_sent);
    EXPECT_TRUE(after.was_sent);
    EXPECT_EQ(before.error, "no_answer");
    EXPECT_EQ(after.error, "no_answer");
    EXPECT_EQ(after.status, 0);
    EXPECT_EQ(before.detail, "could not connect");
}

TEST_F(WebApiStory, KeepsForTheLogWhatHelpsAndNoContent) {
    auto refusal = slack_says(
        R"({"ok":false,"error":"invalid_blocks",)"
        R"("errors":["must be shorter: Amira is ill [json-pointer:/blocks/3/text]"],)"
        R"("response_metadata":{"messages":["[ERROR] no [json-pointer:/blocks/4/text/text]"]}})"
    );
    refusal.headers.emplace_back("x-slack-req-id", "9dbc9ec1a2cde24");
    log_failure(log, "chat.postMessage", answered(refusal), {{"delivery", "12"}});
    auto no_scope = slack_says(R"({"ok":false,"error":"missing_scope","needed":"chat:write"})");
    log_failure(log, "chat.postMessage", answered(no_scope));
    log_failure(log, "chat.postMessage", answered(slack_says(R"({"ok":true})")));

    EXPECT_EQ(
        log.lines,
        (std::vector<std::string>{
            "slack.call_failed delivery=12 method=chat.postMessage error=invalid_blocks status=200 "
            "request=9dbc9ec1a2cde24 detail=/blocks/3/text /blocks/4/text/text",
            "slack.call_failed method=chat.postMessage error=missing_scope status=200 "
            "detail=chat:write"})
    );
}

// ---- when Slack takes the next call

TEST_F(WebApiStory, KeepsAMethodBackThatSlackRefusedForSoLong) {
    http.script = {too_soon("30")};
    auto first = call("chat.update");
    pass(29s);
    auto second = call("chat.update");
    auto other = call("chat.delete");

    EXPECT_EQ(first.error, "ratelimited");
    EXPECT_EQ(first.retry_after, 30s);
    EXPECT_EQ(second.error, "ratelimited");
    EXPECT_FALSE(second.was_sent);
    EXPECT_EQ(second.retry_after, 1s);
    EXPECT_TRUE(other.ok);
    EXPECT_EQ(http.calls.size(), 2u);

    pass(1s);
    EXPECT_TRUE(call("chat.update").ok);
}

TEST_F(WebApiStory, KeepsToTheLongerPauseInWhicheverOrderItHearsOfThem) {
    SlowHttp slow{clock};
    slow.script = {{2s, too_soon("5")}, {1s, too_soon("30")}};
    WebApi busy{slow, clock, base_url, token};
    auto first = boost::asio::co_spawn(loop, busy.call("auth.test", {}), boost::asio::use_future);
    auto second = boost::asio::co_spawn(loop, busy.call("auth.test", {}), boost::asio::use_future);
    pass(3s);

    EXPECT_EQ(first.get().retry_after, 5s);
    EXPECT_EQ(second.get().retry_after, 30s);
    EXPECT_EQ(result_of(busy.call("auth.test", {})).retry_after, 28s);
}

TEST_F(WebApiStory, TellsOfAnAbsurdPauseAndKeepsToAnHour) {
    http.script = {too_soon("86400")};

    EXPECT_EQ(call("chat.update").retry_after, 24h);
    EXPECT_EQ(call("chat.update").retry_after, 1h);
}

TEST_F(WebApiStory, TakesAPauseForGrantedWhereNoneWasTold) {
    EXPECT_EQ(answered(HttpAnswer{429, {}, "slow down"}).error, "ratelimited");
    pass(30s);
    EXPECT_EQ(answered(slack_refuses("ratelimited")).retry_after, 30s);
}

TEST_F(WebApiStory, KeepsNoMethodBackForOneBusyPlace) {
    http.script = {slack_refuses("rate_limited")};
    auto busy = post_to("C1");
    auto other = post_to("C2");

    EXPECT_EQ(busy.retry_after, 30s);
    EXPECT_TRUE(other.ok);
}

TEST_F(WebApiStory, CallsNothingBeforeTheNextProbeAfterItsTokenWasRefused) {
    http.script = {slack_refuses("token_revoked")};
    call("chat.update");
    pass(9min + 29s);
    auto next = call("views.open");

    EXPECT_EQ(next.error, "token_revoked");
    EXPECT_EQ(http.calls.size(), 1u);
    pass(1s);
    EXPECT_TRUE(call("views.open").ok);
}

TEST_F(WebApiStory, AsksWhoWeAreAMinuteAfterItsTokenWasRefused) {
    http.script = {slack_refuses("token_revoked")};
    call("chat.update");
    pass(59s);
    EXPECT_EQ(call("auth.test").error, "token_revoked");
    EXPECT_EQ(http.calls.size(), 1u);
    pass(1s);

    EXPECT_TRUE(call("auth.test").ok);
    EXPECT_TRUE(call("chat.update").ok);
}

TEST_F(WebApiStory, GoesOnAfterARefusalThatIsOfOneCallOnly) {
    for (auto* code :
         {"channel_not_found", "missing_scope", "message_limit_exceeded", "internal_error"}) {
        http.script = {slack_refuses(code)};
        call("chat.update");
        EXPECT_TRUE(call("chat.update").ok) << code;
    }
}

TEST_F(WebApiStory, PostsOnceASecondToOnePlace) {
    post_to("C1");
    post_to("C2");
    EXPECT_EQ(clock.now(), nine_thirty);

    EXPECT_TRUE(post_to("C1").ok);
    EXPECT_EQ(clock.now(), nine_thirty + 1s);
}

TEST_F(WebApiStory, MakesNobodyWaitLongForATurnToPost) {
    std::vector<ApiAnswer> answers;
    auto post = [](WebApi& to, std::vector<ApiAnswer>& kept) -> Task<> {
        json::Object arguments{{"channel", "C1"}};
        auto answer = co_await to.call("chat.postMessage", std::move(arguments));
        kept.push_back(answer);
    };
    for (int at_once = 0; at_once < 3; ++at_once)
        boost::asio::co_spawn(loop, post(api, answers), boost::asio::use_future);
    pass(5s);

    ASSERT_EQ(answers.size(), 3u);
    EXPECT_TRUE(answers[0].ok);
    EXPECT_EQ(answers[1].error, "rate_limited");
    EXPECT_EQ(answers[1].retry_after, 2s);
    EXPECT_FALSE(answers[1].was_sent);
    EXPECT_TRUE(answers[2].ok);
}

TEST_F(WebApiStory, KnowsAPersonAndTheirDirectMessageAsOnePlace) {
    http.script = {slack_says(R"({"ok":true,"channel":"D1","ts":"17.1"})")};
    post_to("U1");
    EXPECT_EQ(api.direct_message_with("U1"), "D1");

    post_to("D1");
    EXPECT_EQ(clock.now(), nine_thirty + 1s);
    post_to("U1");
    EXPECT_EQ(clock.now(), nine_thirty + 2s);
}

TEST_F(WebApiStory, LearnsADirectMessageWhenItIsOpened) {
    EXPECT_EQ(api.direct_message_with("U1"), std::nullopt);
    http.script = {slack_says(R"({"ok":true,"channel":{"id":"D1"}})")};
    call("conversations.open", {{"users", "U1"}}, true);

    EXPECT_EQ(api.direct_message_with("U1"), "D1");
}

// ---- a new token

TEST_F(WebApiStory, CallsWithANewTokenAtOnceAlsoWhereTheOldOneWasRefused) {
    answered(slack_refuses("token_revoked"));
    call("chat.update");
    ASSERT_EQ(http.calls.size(), 1U) << "a refused token is not tried again";
    api.use("xoxb-new");
    call("chat.update");

    EXPECT_EQ(http.calls.size(), 2U);
    EXPECT_EQ(header("Authorization"), "Bearer xoxb-new");
}

// The token changes while the call is on its way.
class ChangingHttp : public HttpClient {
public:
    Task<HttpResult> call(HttpCall call) override {
        tokens.push_back(call.headers.at(0).second);
        auto is_first = tokens.size() == 1;
        if (is_first) api->use("xoxb-new");
        auto answer = is_first ? slack_refuses("token_revoked") : slack_says(R"({"ok":true})");
        co_return answer;
    }

    WebApi* api = nullptr;
    std::vector<std::string> tokens;
};

TEST_F(WebApiStory, RepeatsWhatWasRefusedForTheOldTokensSakeOnce) {
    ChangingHttp changing;
    WebApi changed{changing, clock, base_url, token};
    changing.api = &changed;
    json::Object nothing;
    auto answer = result_of(changed.call("chat.update", nothing));

    EXPECT_TRUE(answer.ok);
    EXPECT_EQ(changing.tokens, (std::vector<std::string>{"Bearer xoxb-secret", "Bearer xoxb-new"}));
}

TEST_F(WebApiStory, LearnsNothingFromARefusal) {
    http.script = {slack_says(R"({"ok":false,"error":"x","channel":"D1"})")};
    post_to("U1");

    EXPECT_EQ(api.direct_message_with("U1"), std::nullopt);
}

}  // namespace
}  // namespace muster::slack
