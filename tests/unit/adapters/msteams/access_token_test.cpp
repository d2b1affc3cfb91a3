#include "tests/unit/adapters/msteams/call_story.hpp"

namespace muster::msteams {
namespace {

class TheToken : public CallStory {
protected:
    std::string get() { return result_of(token.get()); }
};

TEST_F(TheToken, IsAskedForAsMicrosoftWantsIt) {
    http.logins = {grants("first")};
    EXPECT_EQ(get(), "first");
    const auto& call = http.calls.front();
    EXPECT_EQ(call.url, "https://login.example/tenant/oauth2/v2.0/token");
    EXPECT_EQ(
        call.body,
        "grant_type=client_credentials&client_id=11111111-2222-4333-8444-555555555555"
        "&client_secret=s3cret%7E&scope=https%3A%2F%2Fscope%2F.default"
    );
}

TEST_F(TheToken, IsKeptUntilFiveMinutesBeforeItsEnd) {
    http.logins = {grants("first", 3'600), grants("second")};
    EXPECT_EQ(get(), "first");
    pass(54min);
    EXPECT_EQ(get(), "first");
    EXPECT_EQ(http.calls.size(), 1U);
    pass(2min);
    EXPECT_EQ(get(), "first") << "while the next one is fetched";
    pass(1s);
    EXPECT_EQ(get(), "second");
    EXPECT_EQ(http.calls.size(), 2U);
}

TEST_F(TheToken, IsFetchedOnceForAllWhoWantIt) {
    http.takes = 200ms;
    http.logins = {grants("first")};
    std::vector<std::future<std::string>> waiting;
    for (int call = 0; call < 50; ++call)
        waiting.push_back(boost::asio::co_spawn(loop, token.get(), boost::asio::use_future));
    pass(1s);
    for (auto& one : waiting)
        EXPECT_EQ(one.get(), "first");
    EXPECT_EQ(http.calls.size(), 1U);
}

TEST_F(TheToken, IsNotAskedForAgainAndAgainWhereItIsRefused) {
    http.logins.assign(
        100,
        says(
            401,
            R"({"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. s3cret~"})"
        )
    );
    for (int minute = 0; minute < 30; ++minute) {
        EXPECT_EQ(get(), "");
        pass(1min);
    }
    EXPECT_LE(http.calls.size(), 4U);
    EXPECT_EQ(token.problem().reason, "AADSTS7000215");
    EXPECT_TRUE(token.problem().is_refused);
}

TEST_F(TheToken, IsFetchedSoonAgainWhereNobodyAnswered) {
    http.logins = {
        HttpFailure{HttpFailure::Kind::not_sent, "could not connect"}, says(503), grants("third")};
    EXPECT_EQ(get(), "");
    EXPECT_EQ(get(), "") << "within five seconds nobody is asked";
    EXPECT_EQ(http.calls.size(), 1U);
    pass(5s);
    EXPECT_EQ(get(), "");
    pass(5s);
    EXPECT_EQ(get(), "third");
}

TEST_F(TheToken, IsNoneWhereItCouldNotStandInAHeader) {
    for (const auto* body :
         {R"({"access_token":"a b","expires_in":3599})",
          R"({"access_token":"","expires_in":3599})",
          R"({"access_token":"a\r\nX: y","expires_in":3599})",
          R"({"access_token":"a"})",
          R"({"access_token":"a","expires_in":-1})",
          R"([])",
          "<html>"}) {
        http.logins = {says(200, body)};
        EXPECT_EQ(get(), "") << body;
        pass(10s);
    }
}

TEST_F(TheToken, IsExchangedWhenMicrosoftRefusesIt) {
    http.logins = {grants("first"), grants("second")};
    EXPECT_EQ(get(), "first");
    pass(2min);
    token.refused("another");
    EXPECT_EQ(get(), "first");
    token.refused("first");
    EXPECT_EQ(get(), "second");
}

}  // namespace
}  // namespace muster::msteams
