#pragma once

#include "adapters/http/routes.hpp"
#include "tests/e2e/slack/fake_server/app_line.hpp"
#include "tests/fakes/slack/trouble.hpp"

namespace muster::fake_slack {

// What the app calls: /api/* and /response/*, on FakeSlack.
class ApiRoutes {
public:
    // Everything must outlive it. `address` = "http://127.0.0.1:8090". A call is under way for
    // `one_way` before Slack acts, and as long again before its caller hears of it.
    ApiRoutes(
        FakeSlack& slack,
        AppLine& app,
        Clock& clock,
        Troubles& troubles,
        std::string address,
        milliseconds one_way
    )
        : slack_(slack),
          app_(app),
          clock_(clock),
          troubles_(troubles),
          address_(std::move(address)),
          one_way_(one_way) {}

    void add_to(http::Routes&);

private:
    Task<http::Response> serve(http::Request request);
    HttpCall call_in(const http::Request&) const;

    Moment moment() const { return {clock_.now(), clock_.steady_now()}; }

    FakeSlack& slack_;
    AppLine& app_;
    Clock& clock_;
    Troubles& troubles_;
    std::string address_;
    milliseconds one_way_;
};

}  // namespace muster::fake_slack
