#pragma once

#include "adapters/http/routes.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/http_client.hpp"
#include "tests/e2e/msteams/fake_server/microsoft_routes.hpp"

namespace muster::fake_teams {

// How a test sets the scene, lets people act, and looks: /_control/* (README.md has the list).
class ControlRoutes {
public:
    // Everything must outlive it. `app` is where Muster listens: "http://127.0.0.1:8080".
    ControlRoutes(
        FakeTeams& teams,
        MicrosoftRoutes& microsoft,
        HttpClient& http,
        Clock& clock,
        std::string app
    )
        : teams_(teams), microsoft_(microsoft), http_(http), clock_(clock), app_(std::move(app)) {}

    void add_to(http::Routes&);

private:
    using Act = Task<json::Value> (ControlRoutes::*)(json::Value);

    void add(http::Routes&, const char* method, const char* path, Act wanted);
    Task<json::Value> add_user(json::Value);
    Task<json::Value> add_channel(json::Value);
    Task<json::Value> act(json::Value);
    Task<json::Value> again(json::Value);
    Task<json::Value> change(json::Value);
    Task<json::Value> fail(json::Value);
    Task<json::Value> state(json::Value);
    Task<json::Value> complaints(json::Value);
    Task<json::Array> tell_now();
    Task<json::Value> tell(AppRequest request);
    json::Object let_act(const json::Value&);

    FakeTeams& teams_;
    MicrosoftRoutes& microsoft_;
    HttpClient& http_;
    Clock& clock_;
    std::string app_;
    AppRequest last_;
};

}  // namespace muster::fake_teams
