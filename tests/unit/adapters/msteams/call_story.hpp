#pragma once

#include <deque>

#include "adapters/msteams/connector.hpp"
#include "tests/unit/adapters/msteams/gate_story.hpp"

namespace muster::msteams {

// Microsoft's login and Connector: they say what the script has, and keep every call.
class ScriptedMicrosoft : public HttpClient {
public:
    Task<HttpResult> call(HttpCall call) override {
        calls.push_back(call);
        if (takes > 0ms) co_await clock->pause(takes);
        auto& script = call.url.ends_with("/token") ? logins : answers;
        if (script.empty()) co_return HttpAnswer{200, {}, "{}"};
        auto result = script.front();
        script.pop_front();
        co_return result;
    }

    auto count(const std::string& ending) const {
        return std::ranges::count_if(calls, [&](const HttpCall& call) {
            return call.url.ends_with(ending);
        });
    }

    Clock* clock = nullptr;
    milliseconds takes{0};
    std::deque<HttpResult> logins;
    std::deque<HttpResult> answers;
    std::vector<HttpCall> calls;
};

inline HttpAnswer grants(const std::string& token, int seconds = 3'599) {
    return {
        200,
        {},
        R"({"token_type":"Bearer","expires_in":)" + std::to_string(seconds) +
            R"(,"access_token":")" + token + R"("})"};
}

inline HttpAnswer says(int status, std::string body = "{}") {
    return {status, {{"content-type", "application/json"}}, std::move(body)};
}

class CallStory : public GateStory {
protected:
    CallStory() { http.clock = &clock; }

    ScriptedMicrosoft http;
    AccessToken token{
        {"https://login.example/tenant/oauth2/v2.0/token",
         app_id,
         "s3cret~",
         "https://scope/.default"},
        {http, clock, log, fetches}};
    Connector connector{{"smba.trafficmanager.net"}, {http, clock, token}};
};

}  // namespace muster::msteams
