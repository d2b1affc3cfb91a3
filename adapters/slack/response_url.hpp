#pragma once

#include <map>

#include "adapters/json/strict.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/http_client.hpp"

namespace muster::slack {

// May this url, which came with a request, be posted to? Over TLS to a host of the list, and to a
// path that Slack answers under. A loopback host of the list ("127.0.0.1:8081", for tests) may do
// without TLS. (spec/security.md E2.) Pure.
bool may_be_posted_to(std::string_view url, const std::vector<std::string>& hosts);

struct UrlResult {
    bool is_taken = false;
    std::string reason;  // why not: for the log, never content
};

// Answers people over the url that came with what they did: at most 5 times in 30 minutes
// (protocols/slack.md 3.2), and each answer once. Where Slack asks for a pause, all of them wait
// for its end, or are lost when that is far away. Whoever has the url may post with it: it is kept
// in memory only, and never logged.
class ResponseUrls {
public:
    // `http` and `clock` must outlive it.
    ResponseUrls(HttpClient& http, Clock& clock, std::vector<std::string> hosts);

    // Throws only operation_aborted, and only when the task was cancelled.
    Task<UrlResult> send(std::string url, json::Object answer);

private:
    struct Uses {
        int count = 0;
        SteadyInstant until{};
    };

    bool take_a_use(const std::string& url);
    void note_pause(const HttpResult& result);

    HttpClient& http_;
    Clock& clock_;
    std::vector<std::string> hosts_;
    std::map<std::string, Uses> uses_;
    SteadyInstant held_until_{};
};

}  // namespace muster::slack
