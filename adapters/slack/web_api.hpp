#pragma once

#include "adapters/json/strict.hpp"
#include "bot/ports/chat_platform.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/http_client.hpp"

namespace muster::slack {

// What became of one call of the Web API, in Slack's words.
struct ApiAnswer {
    int status = 0;    // 0: no answer came
    json::Value body;  // when ok, or with `error`; null otherwise
    bool ok = false;
    std::string error;  // Slack's code, or ours: "no_answer", "unreadable"
    milliseconds retry_after{0};
    bool was_sent = true;  // false: nothing of the request was written
};

// The one function that classifies (spec/reliability.md, "Classify every send outcome"); `call`
// says which codes are definite for it.
Outcome outcome_of(Call call, const ApiAnswer&);

// Retry-After: seconds or an HTTP date; nothing readable = 30 s, never negative.
milliseconds pause_in(std::string_view retry_after, Instant now);

// Calls methods of one workspace with its token, which goes to no other host.
class WebApi {
public:
    // Everything must outlive it. `base_url` ends with a slash.
    WebApi(HttpClient& http, Clock& clock, std::string base_url, std::string token);

    // `arguments` are sent as JSON for methods that take it, else as a form. `may_repeat`: reading,
    // or what Slack does once however often it is told.
    Task<ApiAnswer> call(std::string method, json::Object arguments, bool may_repeat = false);

private:
    HttpClient& http_;
    Clock& clock_;
    std::string base_url_;
    std::string token_;
};

}  // namespace muster::slack
