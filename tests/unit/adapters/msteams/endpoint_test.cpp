#include "adapters/msteams/endpoint.hpp"

#include "bot/ports/measures.hpp"
#include "tests/unit/adapters/msteams/teams_story.hpp"

namespace muster::msteams {
namespace {

class EndpointStory : public TeamsStory {
protected:
    EndpointStory() { begin(); }

    // What Teams would send, before it is brought.
    fake::AppRequest a_line(const std::string& words = "help") {
        fake::AppRequest request;
        teams.on_request([&](fake::AppRequest made) { request = std::move(made); });
        who("amira").says(words, clock.now());
        return request;
    }

    // Keys may have to be fetched first.
    int status_of(fake::AppRequest request) {
        auto before = statuses.size();
        tasks.spawn(bring(std::move(request)));
        pass(5s);
        return statuses.size() > before ? statuses.back() : 0;
    }

    static void replace(std::string& text, const std::string& what, const std::string& with) {
        auto at = text.find(what);
        ASSERT_NE(at, std::string::npos);
        text.replace(at, what.size(), with);
    }

    static std::string& header(fake::AppRequest& request, const std::string& name) {
        for (auto& [known, value] : request.headers)
            if (known == name) return value;
        throw std::logic_error(name);
    }
};

TEST_F(EndpointStory, TakesWhatMicrosoftHasSigned) {
    EXPECT_EQ(status_of(a_line()), 200);
}

TEST_F(EndpointStory, TakesNothingWithoutAToken) {
    auto request = a_line();
    request.headers.erase(request.headers.begin());
    EXPECT_EQ(status_of(request), 401);
}

TEST_F(EndpointStory, TakesNoTokenThatStandsThereTwice) {
    auto request = a_line();
    request.headers.push_back(request.headers.front());
    EXPECT_EQ(status_of(request), 401);
}

TEST_F(EndpointStory, VerifiesBeforeItReads) {
    auto request = a_line();
    header(request, "Authorization") = "Bearer forged";
    request.body = "{";
    EXPECT_EQ(status_of(request), 401) << "a stranger learns nothing of the body";
}

TEST_F(EndpointStory, TakesNoBodyThatTheTokenWasNotGivenFor) {
    auto request = a_line();
    replace(request.body, "/emea/", "/amer/");
    EXPECT_EQ(status_of(request), 403);
}

TEST_F(EndpointStory, TakesNothingOfAnotherTenant) {
    auto request = a_line();
    const auto tenant = teams.tenant().installation.tenant;
    while (request.body.find(R"("tenantId":")" + tenant) != std::string::npos)
        replace(request.body, R"("tenantId":")" + tenant, R"("tenantId":"another)");
    EXPECT_EQ(status_of(request), 403);
}

TEST_F(EndpointStory, AnswersWhatItCannotReadWithARefusal) {
    auto request = a_line();
    for (const auto* body : {"", "{", "[]", "5", R"({"id":"1"})"}) {
        request.body = body;
        EXPECT_EQ(status_of(request), 400) << body;
    }
}

TEST_F(EndpointStory, AcknowledgesKindsThatNobodyKnowsYet) {
    auto request = a_line();
    replace(request.body, R"("type":"message")", R"("type":"handshake")");
    EXPECT_EQ(status_of(request), 200);
}

TEST_F(EndpointStory, AnswersAnUnknownInvokeThatNobodyHandlesIt) {
    auto request = a_line();
    replace(request.body, R"("type":"message")", R"("type":"invoke","name":"fileConsent/invoke")");
    EXPECT_EQ(status_of(request), 501);
}

TEST_F(EndpointStory, LetsNobodyWaitForAKeyThatWasExchanged) {
    EXPECT_EQ(status_of(a_line("one")), 200);
    for (int exchange = 0; exchange < 3; ++exchange) {
        teams.rotate_keys();
        pass(6min);
        EXPECT_EQ(status_of(a_line("two")), 200) << exchange;
    }
}

TEST_F(EndpointStory, FetchesAKeyThatIsExchangedRightAfterTheStart) {
    teams.rotate_keys();
    EXPECT_EQ(status_of(a_line()), 200);
}

TEST_F(EndpointStory, FollowsATenantThatMovesToAnotherRegion) {
    teams.on_request([this](fake::AppRequest made) { tasks.spawn(bring(std::move(made))); });
    who("amira").adds_app(clock.now());
    pass(1s);
    teams.tenant().installation.service_url = "https://smba.trafficmanager.net/uk/22222222/";
    say("amira", "help");

    EXPECT_EQ(direct_of("amira").size(), 1U) << "answered where the newest activity came from";
}

TEST_F(EndpointStory, CallsNoHostThatIsNotAllowed) {
    teams.tenant().installation.service_url = "https://evil.example/emea/";
    EXPECT_EQ(status_of(a_line()), 403);
    EXPECT_EQ(log.count("msteams.refused"), 1) << "an operator may have to allow it";
}

}  // namespace
}  // namespace muster::msteams
