#pragma once

#include "adapters/http/routes.hpp"
#include "tests/e2e/slack/fake_server/app_line.hpp"
#include "tests/fakes/slack/trouble.hpp"

namespace muster::fake_slack {

// How a test sets the scene, lets people act, and looks: /_control/* (README.md has the list).
class ControlRoutes {
public:
    // Everything must outlive it.
    ControlRoutes(FakeSlack& slack, AppLine& app, Clock& clock, Troubles& troubles)
        : slack_(slack), app_(app), clock_(clock), troubles_(troubles) {}

    void add_to(http::Routes&);

private:
    using Act = Task<json::Value> (ControlRoutes::*)(json::Object);

    void add(http::Routes&, const char* method, const char* path, Act wanted);
    Task<json::Value> add_user(json::Object);
    Task<json::Value> add_channel(json::Object);
    Task<json::Value> agree(json::Object body);
    Task<json::Value> act(json::Object);
    Task<json::Value> send_again(json::Object);
    Task<json::Value> hurry(json::Object);
    Task<json::Value> change(json::Object);
    Task<json::Value> strike(json::Object);
    Task<json::Value> state(json::Object);
    Task<json::Value> complaints(json::Object);

    // Returns the ts of a line that was written; "" = none was.
    std::string let_act(const json::Object&);

    FakeSlack& slack_;
    AppLine& app_;
    Clock& clock_;
    Troubles& troubles_;
};

}  // namespace muster::fake_slack
