#include "adapters/slack/endpoint.hpp"

#include <algorithm>

#include "bot/ports/measures.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_body = 1024 * 1024;
constexpr auto patience =
    2'900ms;  // from when all of it is there; Slack's is 3 s, the intake's 2.5 s
constexpr std::string_view commands = "/slack/commands";
constexpr std::string_view signature_header = "x-slack-signature";
constexpr std::string_view timestamp_header = "x-slack-request-timestamp";

// Slack asks so without a signature whether our certificate is good. Nothing in it is acted upon.
bool is_check_of_certificates(std::string_view body) {
    constexpr std::string_view check = "ssl_check=1";
    auto at = body.find(check);
    if (at == std::string_view::npos) return false;
    auto begins = at == 0 || body[at - 1] == '&';
    auto end = at + check.size();
    return begins && (end == body.size() || body[end] == '&');
}

std::string_view reason_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::missing: return "signature_missing";
        case Verdict::wrong: return "signature_wrong";
        case Verdict::stale: return "signature_stale";
        case Verdict::good: break;
    }
    return "";
}

bool is_doubled(const http::Fields& headers) {
    return headers.count(signature_header) > 1 || headers.count(timestamp_header) > 1;
}

}  // namespace

void Endpoint::add_to(http::Routes& routes) {
    constexpr std::string_view form = "application/x-www-form-urlencoded";
    for (auto door :
         {Door{"/slack/events", "application/json", read_event},
          Door{"/slack/interactions", form, read_interaction},
          Door{commands, form, read_command}}) {
        http::Route route;
        route.method = "POST";
        route.path = std::string{door.path};
        route.body_limit = longest_body;
        route.content_types = {std::string{door.content_type}};
        route.handler = [this, door](http::Request request) {
            return serve(door, std::move(request));
        };
        route.deadline = patience;
        routes.add(std::move(route));
    }
}

void Endpoint::renew_expected(std::string value) {
    expected_ = renewed(std::move(expected_), std::move(value), parts_.clock.now());
}

Task<http::Response> Endpoint::serve(Door door, http::Request request) {
    auto arrived = request.arrived_at;
    auto response = co_await admit(door, std::move(request));
    auto code = std::to_string(response.status);
    parts_.metrics.count(measures::webhook_requests, {"slack", door.path, code});
    parts_.metrics.observe(measures::webhook_ack, {"slack"}, parts_.clock.steady_now() - arrived);
    co_return response;
}

Task<http::Response> Endpoint::admit(Door door, http::Request request) {
    if (is_doubled(request.headers)) co_return refuse(400, "doubled_signature");
    auto [signers, verdict] = signers_of(request);
    auto is_signed = verdict == Verdict::good;
    if (!is_signed && door.path == commands && is_check_of_certificates(request.body))
        co_return http::Response{};
    if (!is_signed) co_return refuse(401, reason_of(verdict));

    auto heard = door.read(request.body, identities_of(signers));
    co_return co_await parts_.dispatcher.answer(
        std::move(heard), std::move(signers), request.arrived_at
    );
}

// The peer learns the status, and an operator why.
http::Response Endpoint::refuse(int status, std::string_view reason) {
    parts_.metrics.count(measures::webhook_rejected, {reason});
    http::Response response;
    response.status = status;
    return response;
}

Endpoint::Signers Endpoint::signers_of(const http::Request& request) const {
    SignedRequest sent{
        request.headers.only(timestamp_header),
        request.headers.only(signature_header),
        request.body};
    Signers signers;
    // All workspaces of one app have the same secrets: a body is digested once for each of them.
    std::vector<std::pair<const std::vector<SigningSecret>*, Verdict>> verified;
    auto verdict_by = [&](const std::vector<SigningSecret>& secrets) {
        for (const auto& [known, verdict] : verified)
            if (*known == secrets) return verdict;
        verified.emplace_back(&secrets, verify(secrets, sent, request.received_at));
        return verified.back().second;
    };
    signers.verdict = verdict_by(expected_);
    for (auto* installation : installations_) {
        auto verdict = verdict_by(installation->secrets);
        if (verdict == Verdict::good) signers.installations.push_back(installation);
        signers.verdict = std::max(signers.verdict, verdict);
    }
    return signers;
}

}  // namespace muster::slack
