#include "adapters/slack/response_url.hpp"

#include "tests/unit/adapters/slack/api_story.hpp"

namespace muster::slack {
namespace {

const std::vector<std::string> slacks_own{"hooks.slack.com"};

TEST(SlackResponseUrl, MayBePostedToAsSlackMakesThem) {
    for (auto* url :
         {"https://hooks.slack.com/commands/T1DC2JH3J/397700885554/96rGlfmibIGlgcZRskXaIFfN",
          "https://hooks.slack.com/actions/T111/111/random-value",
          "https://hooks.slack.com/services/T1/B1/x_y",
          "https://hooks.slack.com/workflows/T1/A1/1/x"})
        EXPECT_TRUE(may_be_posted_to(url, slacks_own)) << url;
}

TEST(SlackResponseUrl, MayNotBePostedToAnywhereElse) {
    for (auto* url :
         {"",
          "hooks.slack.com/commands/x",
          "http://hooks.slack.com/commands/x",
          "HTTPS://hooks.slack.com/commands/x",
          "ftp://hooks.slack.com/commands/x",
          "https://hooks.slack.com",
          "https://hooks.slack.com/",
          "https://hooks.slack.com/commands",
          "https://hooks.slack.com/commands/",
          "https://hooks.slack.com/api/chat.postMessage",
          "https://hooks.slack.com:443/commands/x",
          "https://hooks.slack.com:8443/commands/x",
          "https://hooks.slack.com./commands/x",
          "https://hooks.slack.com@evil.example/commands/x",
          "https://evil@hooks.slack.com/commands/x",
          "https://evil.example/commands/x",
          "https://hooks.slack.com.evil.example/commands/x",
          "https://evilhooks.slack.com/commands/x",
          "https://127.0.0.1/commands/x",
          "https://hooks.slack.com\\@evil.example/commands/x",
          "https://hooks.slack.com/commands/../../api/x",
          "https://hooks.slack.com/commands/%2e%2e/x",
          "https://hooks.slack.com/commands/x?to=evil",
          "https://hooks.slack.com/commands/x#y",
          "https://hooks.slack.com/commands/x y",
          "https://hooks.slack.com/commands/x\r\nHost: evil.example",
          " https://hooks.slack.com/commands/x"})
        EXPECT_FALSE(may_be_posted_to(url, slacks_own)) << url;
    auto endless = "https://hooks.slack.com/commands/" + std::string(2'000, 'x');
    EXPECT_FALSE(may_be_posted_to(endless, slacks_own));
    EXPECT_FALSE(may_be_posted_to("https://hooks.slack.com/commands/x", {}));
    EXPECT_FALSE(may_be_posted_to("https:///commands/x", {""}));
}

TEST(SlackResponseUrl, MayBePostedToOtherHostsThatAreConfigured) {
    auto url = "https://hooks.slack-gov.com/commands/x";

    EXPECT_FALSE(may_be_posted_to(url, slacks_own));
    EXPECT_TRUE(may_be_posted_to(url, {"hooks.slack.com", "hooks.slack-gov.com"}));
}

TEST(SlackResponseUrl, MayBePlainAndHaveAPortOnThisMachineOnly) {
    std::vector<std::string> hosts{
        "127.0.0.1:8081", "localhost", "[::1]:9", "hooks.example:8443", "localhost.evil.example"};
    EXPECT_TRUE(may_be_posted_to("http://127.0.0.1:8081/commands/x", hosts));
    EXPECT_TRUE(may_be_posted_to("https://127.0.0.1:8081/commands/x", hosts));
    EXPECT_TRUE(may_be_posted_to("http://localhost/actions/x", hosts));
    EXPECT_TRUE(may_be_posted_to("http://[::1]:9/actions/x", hosts));

    EXPECT_FALSE(may_be_posted_to("http://127.0.0.1:8082/commands/x", hosts));
    EXPECT_FALSE(may_be_posted_to("http://127.0.0.1/commands/x", hosts));
    EXPECT_FALSE(may_be_posted_to("http://localhost:80/commands/x", hosts));
    EXPECT_FALSE(may_be_posted_to("https://hooks.example:8443/commands/x", hosts));
    EXPECT_FALSE(may_be_posted_to("http://localhost.evil.example/commands/x", hosts));
}

class ResponseUrlStory : public ApiStory {
protected:
    UrlResult send(std::string to = url) {
        json::Object words{{"response_type", "ephemeral"}, {"text", "Saved"}};
        return result_of(urls.send(std::move(to), std::move(words)));
    }

    UrlResult answered(HttpResult result, const std::string& to) {
        http.script = {std::move(result)};
        return send(to);
    }

    inline static const std::string url = "https://hooks.slack.com/actions/T1/1/x";
    ScriptedHttp http;
    ResponseUrls urls{http, clock, slacks_own};
};

TEST_F(ResponseUrlStory, IsAnsweredInJsonWithoutAToken) {
    http.script = {HttpAnswer{200, {{"content-type", "text/html"}}, "ok"}};
    EXPECT_TRUE(send().is_taken);

    EXPECT_EQ(http.last().url, url);
    EXPECT_EQ(http.last().body, R"({"response_type":"ephemeral","text":"Saved"})");
    ASSERT_EQ(http.last().headers.size(), 1u);
    EXPECT_EQ(http.last().headers.front().second, "application/json; charset=utf-8");
    EXPECT_FALSE(http.last().may_repeat);
}

TEST_F(ResponseUrlStory, SaysWhyAnAnswerWasNotTaken) {
    auto to = [](int number) { return url + std::to_string(number); };
    EXPECT_EQ(answered(slack_says(R"({"ok":true})"), to(1)).reason, "");
    EXPECT_EQ(answered(slack_refuses("used_url"), to(2)).reason, "refused");
    EXPECT_EQ(answered(slack_says("{}", 404), to(3)).reason, "http_404");
    EXPECT_EQ(answered(too_soon("1"), to(4)).reason, "http_429");
    EXPECT_EQ(answered(not_sent(), to(5)).reason, "could not connect");
    for (const auto& result : {slack_refuses("used_url"), slack_says("", 500)})
        EXPECT_FALSE(answered(result, to(6)).is_taken);
}

TEST_F(ResponseUrlStory, KeepsToThePauseThatSlackAsksForWhateverTheUrl) {
    answered(too_soon("15"), url + "1");
    auto told_at = clock.now();
    EXPECT_TRUE(send(url + "2").is_taken);
    EXPECT_GE(clock.now(), told_at + 15s);

    answered(too_soon("60"), url + "3");
    EXPECT_EQ(send(url + "4").reason, "ratelimited");
    EXPECT_EQ(http.calls.size(), 3u);
}

TEST_F(ResponseUrlStory, KeepsToTheLongerPauseInWhicheverOrderItHearsOfThem) {
    SlowHttp slow{clock};
    slow.script = {{2s, too_soon("1")}, {1s, too_soon("60")}};
    ResponseUrls busy{slow, clock, slacks_own};
    auto first = boost::asio::co_spawn(loop, busy.send(url + "1", {}), boost::asio::use_future);
    auto second = boost::asio::co_spawn(loop, busy.send(url + "2", {}), boost::asio::use_future);
    pass(5s);

    EXPECT_EQ(first.get().reason, "http_429");
    EXPECT_EQ(second.get().reason, "http_429");
    EXPECT_EQ(result_of(busy.send(url + "3", {})).reason, "ratelimited");
}

TEST_F(ResponseUrlStory, CallsNobodyWhoIsNotOnTheList) {
    auto result = send("https://evil.example/actions/x");

    EXPECT_FALSE(result.is_taken);
    EXPECT_EQ(result.reason, "not_allowed");
    EXPECT_TRUE(http.calls.empty());
}

TEST_F(ResponseUrlStory, UsesAUrlFiveTimes) {
    for (int use = 0; use < 5; ++use)
        EXPECT_TRUE(send().is_taken);

    EXPECT_EQ(send().reason, "used_up");
    EXPECT_EQ(http.calls.size(), 5u);
    EXPECT_TRUE(send(url + "y").is_taken);
}

TEST_F(ResponseUrlStory, UsesAUrlForThirtyMinutes) {
    send();
    pass(29min);
    EXPECT_TRUE(send().is_taken);
    pass(1min);

    EXPECT_EQ(send().reason, "used_up");
}

TEST_F(ResponseUrlStory, CountsAThousandUrlsAndForgetsTheOldest) {
    for (int use = 0; use < 5; ++use)
        send();
    pass(1s);
    for (int other = 0; other < 999; ++other)
        send(url + std::to_string(other));
    EXPECT_FALSE(send().is_taken);

    send(url + "one-more");
    EXPECT_TRUE(send().is_taken);
}

}  // namespace
}  // namespace muster::slack
