#pragma once

#include "adapters/http/routes.hpp"
#include "adapters/slack/dispatcher.hpp"

namespace muster::slack {

// What the endpoint works with. Everything referred to must outlive it.
struct EndpointParts {
    Dispatcher& dispatcher;
    Clock& clock;
    Metrics& metrics;
};

// Slack's webhooks (protocols/slack.md 1 to 3; spec/security.md A): verified before they are read,
// answered when what they say is committed, within 3 s. What is refused learns no reason.
class Endpoint {
public:
    explicit Endpoint(EndpointParts parts) : parts_(parts) {}

    // Lives as long as the endpoint.
    void add(Installation& installation) { installations_.push_back(&installation); }

    // Of an app that may be installed while we run: what it signs is Slack's also before anybody
    // has installed it, when Slack asks whether this is the right address.
    void expect(std::vector<SigningSecret> secrets) { expected_ = std::move(secrets); }

    const std::vector<SigningSecret>& expected() const { return expected_; }

    // Another that it signs with from now on; that of before counts five minutes more.
    void renew_expected(std::string value);

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
    Task<http::Response> admit(Door door, http::Request request);
    http::Response refuse(int status, std::string_view reason);
    Signers signers_of(const http::Request& request) const;

    EndpointParts parts_;
    std::vector<Installation*> installations_;
    std::vector<SigningSecret> expected_;
};

}  // namespace muster::slack
