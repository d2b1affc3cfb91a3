#pragma once

#include "adapters/http/routes.hpp"
#include "adapters/msteams/gate.hpp"
#include "adapters/msteams/replies.hpp"
#include "bot/app/queries.hpp"
#include "bot/ports/metrics.hpp"

namespace muster::msteams {

// The app in one tenant, as the endpoint meets it.
struct Installation {
    ConnectionId connection;
    std::string tenant;
    std::vector<std::string> hosts;  // those a service url may name
    Gate& gate;
    Contacts& contacts;
    Replies& replies;
};

// What the endpoint works with. Everything referred to must outlive it.
struct EndpointParts {
    Intake& intake;
    Queries& queries;
    Clock& clock;
    Entropy& entropy;
    Log& log;
    Metrics& metrics;
};

// POST /msteams/messages (protocols/teams.md 1.1, 3.3; spec/security.md B): verified before it is
// read, answered when what it says is committed, an invoke with what it is answered. What is
// refused learns no reason.
class Endpoint {
public:
    explicit Endpoint(EndpointParts parts) : parts_(parts) {}

    // Lives as long as the endpoint.
    void add(Installation& installation) { installations_.push_back(&installation); }

    // The endpoint must outlive the server of this route.
    void add_to(http::Routes& routes);

private:
    struct Admitted {
        Installation* installation;
        Admission admission;
    };

    Task<http::Response> serve(http::Request request);
    Task<http::Response> admit(http::Request request);
    Task<http::Response> answer(
        Installation& installation, json::Value activity, SteadyInstant arrived
    );
    Task<http::Response> take(Installation& installation, Told told, SteadyInstant arrived);
    Task<Reader> reader_of(ConnectionId connection, std::string account);
    http::Response refuse(int status, std::string_view reason);
    http::Response refuse_from(std::string_view reason, const std::string& where);
    http::Response ignore(std::string_view reason);

    EndpointParts parts_;
    std::vector<Installation*> installations_;
};

}  // namespace muster::msteams
