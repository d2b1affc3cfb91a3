#pragma once

#include "adapters/http/routes.hpp"
#include "adapters/slack/replies.hpp"
#include "adapters/slack/signature.hpp"
#include "bot/app/queries.hpp"
#include "bot/ports/metrics.hpp"

namespace muster::slack {

// One workspace that Muster is installed in.
struct Installation {
    ConnectionId connection;
    std::vector<SigningSecret> secrets;
    std::optional<Identity> identity;  // none until Slack has said who we are
    Replies& replies;
};

// What the endpoint works with. Everything referred to must outlive it.
struct EndpointParts {
    Intake& intake;
    Queries& queries;
    Clock& clock;
    Entropy& entropy;
    Metrics& metrics;
};

// Slack's webhooks (protocols/slack.md 1 to 3; spec/security.md A): verified before they are read,
// answered when what they say is committed, within 3 s. What is refused learns no reason.
class Endpoint {
public:
    explicit Endpoint(EndpointParts parts) : parts_(parts) {}

    // Lives as long as the endpoint.
    void add(Installation& installation) { installations_.push_back(&installation); }

    // The endpoint must outlive the server of these routes.
    void add_to(http::Routes& routes);

private:
    using Read = Heard (*)(std::string_view body, const std::vector<Identity>& ours);

    // Those whose secret has signed a request, and the best that was found of its signature.
    struct Signers {
        std::vector<Installation*> installations;
        Verdict verdict = Verdict::missing;
    };

    struct Door {
        std::string_view path;
        std::string_view content_type;
        Read read;
    };

    Task<http::Response> serve(Door door, http::Request request);
    Task<http::Response> take(Door door, http::Request request);
    http::Response refuse(http::Response response, std::string_view reason);
    http::Response ignore(std::string_view reason);
    Task<http::Response> answer(
        Told told, std::vector<Installation*> signers, SteadyInstant arrived
    );
    Signers signers_of(const http::Request& request) const;

    EndpointParts parts_;
    std::vector<Installation*> installations_;
};

}  // namespace muster::slack
