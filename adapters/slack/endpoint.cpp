#include "adapters/slack/endpoint.hpp"

#include <algorithm>

#include "bot/domain/refusals.hpp"
#include "bot/ports/measures.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_body = 1024 * 1024;
constexpr auto patience = 2'900ms;  // of the whole request; Slack's is 3 s, the intake's 2.5 s
constexpr std::string_view commands = "/slack/commands";
constexpr std::string_view signature_header = "x-slack-signature";
constexpr std::string_view timestamp_header = "x-slack-request-timestamp";

http::Response plain(int status, std::string body = "") {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

// Slack asks so without a signature whether our certificate is good. Nothing in it is acted upon.
bool is_check_of_certificates(std::string_view body) {
    constexpr std::string_view check = "ssl_check=1";
    auto at = body.find(check);
    if (at == std::string_view::npos) return false;
    auto begins = at == 0 || body[at - 1] == '&';
    auto end = at + check.size();
    return begins && (end == body.size() || body[end] == '&');
}

// Trying again would not help.
http::Response refused_for_good(const Malformed& malformed) {
    auto response = plain(malformed.is_too_large ? 413 : 400);
    response.headers.push_back({"X-Slack-No-Retry", "1"});
    return response;
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

std::vector<Identity> identities_of(const std::vector<Installation*>& installations) {
    std::vector<Identity> identities;
    for (const auto* installation : installations)
        if (installation->identity) identities.push_back(*installation->identity);
    return identities;
}

// The workspaces of a request stand in their order: where two companies share a channel, the one
// that it was sent for comes before the other's.
Installation* addressee(const Told& told, const std::vector<Installation*>& installations) {
    for (const auto& workspace : told.workspaces) {
        auto is_meant = [&](const Installation* installation) {
            return installation->identity && is_of(workspace, *installation->identity);
        };
        auto found = std::ranges::find_if(installations, is_meant);
        if (found != installations.end()) return *found;
    }
    return nullptr;
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

Task<http::Response> Endpoint::serve(Door door, http::Request request) {
    auto arrived = request.arrived_at;
    auto response = co_await take(door, std::move(request));
    auto code = std::to_string(response.status);
    parts_.metrics.count(measures::webhook_requests, {"slack", door.path, code});
    parts_.metrics.observe(measures::webhook_ack, {"slack"}, parts_.clock.steady_now() - arrived);
    co_return response;
}

Task<http::Response> Endpoint::take(Door door, http::Request request) {
    if (is_doubled(request.headers)) co_return refuse(plain(400), "doubled_signature");
    auto [signers, verdict] = signers_of(request);
    if (signers.empty() && door.path == commands && is_check_of_certificates(request.body))
        co_return plain(200);
    if (signers.empty()) co_return refuse(plain(401), reason_of(verdict));

    auto heard = door.read(request.body, identities_of(signers));
    if (auto* challenge = std::get_if<Challenge>(&heard))
        co_return plain(200, std::move(challenge->text));
    if (const auto* malformed = std::get_if<Malformed>(&heard))
        co_return refuse(refused_for_good(*malformed), "malformed");
    if (const auto* nothing = std::get_if<Nothing>(&heard))
        co_return nothing->why == why::unreadable ? refuse(plain(200), nothing->why)
                                                  : ignore(nothing->why);
    auto told = std::get<Told>(std::move(heard));
    co_return co_await answer(std::move(told), std::move(signers), request.arrived_at);
}

// The peer learns the status, and an operator why.
http::Response Endpoint::refuse(http::Response response, std::string_view reason) {
    parts_.metrics.count(measures::webhook_rejected, {reason});
    return response;
}

// Slack has been heard, and need not say it again.
http::Response Endpoint::ignore(std::string_view reason) {
    parts_.metrics.count(measures::webhook_ignored, {reason});
    return plain(200);
}

Task<http::Response> Endpoint::answer(
    Told told, std::vector<Installation*> signers, SteadyInstant arrived
) {
    auto* installation = addressee(told, signers);
    // As long as Slack has not said who we are, it may well be for us: Slack tries again.
    auto is_unsure = std::ranges::any_of(signers, [](const auto* one) { return !one->identity; });
    if (!installation && is_unsure) co_return refuse(plain(503), "not_introduced");
    if (!installation) co_return ignore("other_workspace");

    Inbound inbound{
        .connection = installation->connection,
        .account = told.account,
        .keys = told.keys,
        .sent_at = told.sent_at,
        .seed = parts_.entropy.seed(),
        .event = told.event,
    };
    auto taken = co_await parts_.intake.take(std::move(inbound), arrived);
    if (taken) co_return installation->replies.carry_out(told, *taken);
    auto reader = co_await parts_.queries.reader(installation->connection, told.account);
    auto words = note(reader.value_or(Reader{}), words_for(taken.error()));
    co_return installation->replies.not_saved(told, words);
}

Endpoint::Signers Endpoint::signers_of(const http::Request& request) const {
    SignedRequest sent{
        request.headers.only(timestamp_header),
        request.headers.only(signature_header),
        request.body};
    Signers signers;
    for (auto* installation : installations_) {
        auto verdict = verify(installation->secrets, sent, request.received_at);
        if (verdict == Verdict::good) signers.installations.push_back(installation);
        signers.verdict = std::max(signers.verdict, verdict);
    }
    return signers;
}

}  // namespace muster::slack
