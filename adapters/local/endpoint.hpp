#pragma once

#include "adapters/http/routes.hpp"
#include "adapters/json/strict.hpp"
#include "adapters/local/clock_jump.hpp"
#include "adapters/local/workspace.hpp"
#include "bot/app/intake.hpp"
#include "bot/app/queries.hpp"

namespace muster {

// What the endpoint works with. Everything referred to must outlive it.
struct LocalParts {
    Intake& intake;
    Queries& queries;
    LocalWorkspace& workspace;
    const Catalogue& catalogue;
    Clock& clock;
    Entropy& entropy;
    ConnectionId connection;
    std::optional<DemoControls> demo;  // none: the clock cannot be moved
};

// The local workspace over HTTP: the page, what it shows and what it may do. Anybody who reaches
// the listener may be anybody on the team, so the listener must be a loopback one with a checked
// Host; acts are taken only from the page's own origin. 200 means durable, as everywhere.
class LocalEndpoint {
public:
    explicit LocalEndpoint(LocalParts parts) : parts_(std::move(parts)) {}

    // The endpoint must outlive the server of these routes.
    void add_to(http::Routes& routes);

private:
    struct Line;

    Task<http::Response> state(http::Request request);
    Task<http::Response> events(http::Request request);
    Task<http::Response> act(local::Act act, http::Request request);
    Task<http::Response> move_clock(http::Request request);

    Task<Result<json::Value>> carry_out(local::Sent sent, SteadyInstant arrived);
    Task<Result<std::optional<Line>>> line_of(local::Sent sent, Instant at);
    Task<Result<Line>> new_line(local::Sent sent, Said said, Instant at);
    Task<Result<Line>> own_line(std::string account, std::string message);
    Task<std::optional<RememberedMessage>> remember(Reply reply, local::Sent sent);

    Task<Result<Instant>> target_of(local::Jumping jumping);
    Task<json::Array> messages_in(std::string place);
    Task<Instant> newest_of_muster(std::string place);
    http::Response failed(Errc error, const Reader& reader = {}) const;

    LocalParts parts_;
    bool jumping_ = false;
};

}  // namespace muster
