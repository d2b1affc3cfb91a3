#include "adapters/msteams/outcome.hpp"
#include "bot/domain/hindrance.hpp"
#include "tests/unit/adapters/msteams/call_story.hpp"

namespace muster::msteams {
namespace {

class TheConnector : public CallStory {
protected:
    TheConnector() { http.logins = {grants("first"), grants("second"), grants("third")}; }

    ConnectorAnswer send(std::string to = "https://smba.trafficmanager.net/emea/tenant/") {
        return result_of(
            connector.call(std::move(to), to_send("a:1", {{"type", "message"}, {"text", "hi"}}))
        );
    }

    Outcome outcome(Call call, HttpResult answer) {
        http.answers = {std::move(answer)};
        return outcome_of(call, send());
    }

    Outcome outcome(Call call, int status, const std::string& code) {
        return outcome(call, says(status, R"({"error":{"code":")" + code + R"(","message":"m"}})"));
    }
};

TEST_F(TheConnector, CallsWithTheToken) {
    http.answers = {says(201, R"({"id":"1700000000001"})")};
    auto answer = send();
    EXPECT_TRUE(answer.ok());
    EXPECT_EQ(answer.body.text_of("id"), "1700000000001");
    const auto& call = http.calls.back();
    EXPECT_EQ(
        call.url, "https://smba.trafficmanager.net/emea/tenant/v3/conversations/a%3A1/activities"
    );
    EXPECT_EQ(call.headers.back().second, "Bearer first");
    EXPECT_FALSE(call.may_repeat) << "a post is made once";
}

TEST_F(TheConnector, SendsItsTokenToNobodyElse) {
    for (const auto* url :
         {"https://evil.example/",
          "http://smba.trafficmanager.net/emea/",
          "https://smba.trafficmanager.net.evil.example/",
          "https://smba.trafficmanager.net@evil.example/",
          "https://smba.trafficmanager.net:8443/",
          "https://evil.example/?smba.trafficmanager.net",
          "smba.trafficmanager.net",
          ""}) {
        auto answer = send(url);
        EXPECT_EQ(answer.error, "forbidden_host") << url;
        EXPECT_EQ(outcome_of(Call::deliver, answer).kind, Outcome::Kind::refused);
    }
    EXPECT_TRUE(http.calls.empty());
}

TEST_F(TheConnector, ExchangesARefusedTokenOnce) {
    EXPECT_TRUE(send().ok());
    pass(2min);
    http.answers = {says(401), says(201, R"({"id":"1"})")};
    EXPECT_TRUE(send().ok());
    EXPECT_EQ(http.count("/token"), 2);

    pass(2min);
    http.answers = {says(401), says(401)};
    EXPECT_EQ(outcome_of(Call::deliver, send()).kind, Outcome::Kind::suspended);
    EXPECT_EQ(http.count("/token"), 3);
}

TEST_F(TheConnector, WaitsForATokenWhereThereIsNone) {
    http.logins = {says(400, R"({"error":"invalid_request"})")};
    auto done = outcome_of(Call::deliver, send());
    EXPECT_EQ(done.kind, Outcome::Kind::suspended);
    EXPECT_EQ(http.count("/activities"), 0);
}

TEST_F(TheConnector, ReadsWhatMicrosoftSaysInBothOfItsShapes) {
    http.answers = {says(403, R"({"error":{"code":"BotNotInConversationRoster","message":"m"}})")};
    EXPECT_EQ(send().error, "BotNotInConversationRoster");
    http.answers = {says(
        403, R"({"errorCode":209,"message":"{\r\n \"subCode\": \"MessageWritesBlocked\"\r\n}"})"
    )};
    EXPECT_EQ(send().error, "MessageWritesBlocked");
    http.answers = {says(403, "<html>")};
    EXPECT_EQ(send().error, "http_403");
    http.answers = {says(400, R"({"error":{"code":"what somebody typed"}})")};
    EXPECT_EQ(send().error, "http_400") << "nothing that might be content";
}

TEST_F(TheConnector, TellsWhatBecameOfAPost) {
    using Kind = Outcome::Kind;
    const auto nobody = HttpFailure{HttpFailure::Kind::ambiguous, "connection reset"};
    const auto unsent = HttpFailure{HttpFailure::Kind::not_sent, "could not connect"};
    EXPECT_EQ(outcome(Call::deliver, says(201, R"({"id":"1"})")).kind, Kind::sent);
    EXPECT_EQ(outcome(Call::deliver, 400, "BadSyntax").kind, Kind::refused);
    EXPECT_EQ(outcome(Call::deliver, 413, "MessageSizeTooBig").kind, Kind::refused);
    EXPECT_EQ(outcome(Call::deliver, 403, "BotDisabledByAdmin").kind, Kind::suspended);
    EXPECT_EQ(outcome(Call::deliver, 404, "ConversationNotFound").kind, Kind::refused);
    EXPECT_EQ(outcome(Call::deliver, 412, "PreconditionFailed").kind, Kind::try_later);
    EXPECT_EQ(outcome(Call::deliver, unsent).kind, Kind::try_later);
    for (auto status : {408, 500, 502, 503, 504})
        EXPECT_EQ(outcome(Call::deliver, status, "ServiceError").kind, Kind::ambiguous) << status;
    EXPECT_EQ(outcome(Call::deliver, nobody).kind, Kind::ambiguous);
    EXPECT_EQ(outcome(Call::deliver, says(302)).kind, Kind::refused);
}

TEST_F(TheConnector, TellsWhoCannotBeReached) {
    for (const auto* code :
         {"ConversationBlockedByUser", "MessageWritesBlocked", "BotNotInConversationRoster"}) {
        auto done = outcome(Call::deliver, 403, code);
        EXPECT_EQ(done.kind, Outcome::Kind::refused) << code;
        EXPECT_EQ(done.reason, hindrance::not_added) << code;
    }
}

TEST_F(TheConnector, EditsAndRemovesAsOftenAsItTakes) {
    using Kind = Outcome::Kind;
    EXPECT_EQ(outcome(Call::update, 502, "ServiceError").kind, Kind::try_later);
    EXPECT_EQ(outcome(Call::remove, 502, "ServiceError").kind, Kind::try_later);
    EXPECT_EQ(outcome(Call::remove, 404, "ActivityNotFoundInConversation").kind, Kind::sent);
    EXPECT_EQ(outcome(Call::update, 404, "ActivityNotFoundInConversation").kind, Kind::refused);
}

TEST_F(TheConnector, WaitsInAConversationAsLongAsItIsTold) {
    auto throttled = says(429, R"({"error":{"code":"Throttled"}})");
    throttled.headers.emplace_back("retry-after", "17");
    auto done = outcome(Call::deliver, throttled);
    EXPECT_EQ(done.kind, Outcome::Kind::try_later);
    EXPECT_EQ(done.retry_after, 17s);
    EXPECT_EQ(done.scope, Scope::place);
}

}  // namespace
}  // namespace muster::msteams
