#pragma once

#include "tests/fakes/slack/response_urls.hpp"

// What the app answered to a request of Slack's, and what becomes of it (protocols/slack.md 2.3
// and 3).
namespace muster::fake_slack {

struct AppAnswer {
    int status = 0;                                              // 0 = none came
    std::vector<std::pair<std::string, std::string>> headers{};  // names in lower case
    std::string body{};
};

// An event that was not acknowledged comes again.
struct Again {
    AppRequest request;
    Instant at{};
};

class AppAnswers {
public:
    // Everything must outlive it.
    AppAnswers(Workspace& workspace, ResponseUrls& response_urls, Complaints& complaints)
        : workspace_(workspace), response_urls_(response_urls), complaints_(complaints) {}

    // `now` = when the answer was there: after 3 s Slack does not look at it any more.
    std::optional<Again> hear(const AppRequest&, const AppAnswer&, Instant now);

private:
    std::optional<Again> hear_of_event(const AppRequest&, const AppAnswer&, bool is_acknowledged);
    void hear_of_command(const AppRequest&, const AppAnswer&);
    void hear_of_view(const AppRequest&, const AppAnswer&);
    void take_action(View&, const json::Object& body);
    void show_errors(View&, const json::Object& errors);
    void show_next(View&, const json::Object& body, bool on_top);

    void blame(const std::string& why) { complaints_.violation(now_, "answer to a form", why); }

    Workspace& workspace_;
    ResponseUrls& response_urls_;
    Complaints& complaints_;
    Instant now_{};
};

}  // namespace muster::fake_slack
