#include "adapters/msteams/endpoint.hpp"

#include <algorithm>

#include "adapters/msteams/acquaintance.hpp"
#include "adapters/msteams/service_url.hpp"
#include "bot/domain/refusals.hpp"
#include "bot/ports/measures.hpp"

namespace muster::msteams {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_body = 256 * 1024;
constexpr auto patience = 4'900ms;  // keys may have to be fetched first; the intake's is 2.5 s
constexpr std::string_view path = "/msteams/messages";
constexpr std::string_view token_header = "authorization";

std::string_view reason_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::missing: return "token_missing";
        case Verdict::malformed: return "token_malformed";
        case Verdict::unknown_key: return "token_of_unknown_key";
        case Verdict::wrong: return "token_wrong";
        case Verdict::stale: return "token_stale";
        case Verdict::elsewhere: return "token_for_another";
        case Verdict::good: break;
    }
    return "";
}

http::Response plain(int status) {
    http::Response response;
    response.status = status;
    return response;
}

bool is_invoke(const json::Value& activity) {
    return activity.text_of("type") == "invoke";
}

}  // namespace

void Endpoint::add_to(http::Routes& routes) {
    http::Route route;
    route.method = "POST";
    route.path = std::string{path};
    route.body_limit = longest_body;
    route.content_types = {"application/json"};
    route.handler = [this](http::Request request) { return serve(std::move(request)); };
    route.deadline = patience;
    routes.add(std::move(route));
}

Task<http::Response> Endpoint::serve(http::Request request) {
    auto arrived = request.arrived_at;
    auto response = co_await admit(std::move(request));
    auto code = std::to_string(response.status);
    parts_.metrics.count(measures::webhook_requests, {"msteams", path, code});
    parts_.metrics.observe(measures::webhook_ack, {"msteams"}, parts_.clock.steady_now() - arrived);
    co_return response;
}

Task<http::Response> Endpoint::admit(http::Request request) {
    auto verdict = Verdict::missing;
    std::vector<Admitted> admitted;
    for (auto* installation : installations_) {
        auto admission = co_await installation->gate.admit(request.headers.only(token_header));
        verdict = std::max(verdict, admission.verdict);
        if (admission.verdict == Verdict::good)
            admitted.push_back({installation, std::move(admission)});
    }
    if (admitted.empty()) co_return refuse(401, reason_of(verdict));

    auto activity = json::parse(request.body);
    if (!activity) co_return refuse(activity.error().is_too_large ? 413 : 400, "malformed");
    if (!activity->object() || activity->text_of("type").empty())
        co_return refuse(400, "malformed");
    auto origin = origin_of(*activity);
    std::erase_if(admitted, [&](const Admitted& one) {
        return verdict_on(one.admission, origin) != Verdict::good;
    });
    if (admitted.empty()) co_return refuse(403, reason_of(Verdict::elsewhere));
    auto is_tenant = [&](const Admitted& one) {
        return one.installation->tenant == http::lower_case(origin.tenant);
    };
    auto addressed = std::ranges::find_if(admitted, is_tenant);
    if (addressed == admitted.end()) co_return refuse_from("foreign_tenant", origin.tenant);
    auto& installation = *addressed->installation;
    if (!is_service_url(origin.service_url, installation.hosts))
        co_return refuse_from("foreign_host", origin.service_url);
    co_return co_await answer(installation, *std::move(activity), request.arrived_at);
}

// How people are reached is kept before what they said: an answer needs it.
Task<http::Response> Endpoint::answer(
    Installation& installation, json::Value activity, SteadyInstant arrived
) {
    auto contacts = contacts_in(activity);
    for (auto& contact : contacts) {
        auto is_stored = co_await installation.contacts.note(std::move(contact));
        if (!is_stored) co_return refuse(503, "contact_not_stored");
    }
    auto heard = read_activity(activity);
    if (auto* told = std::get_if<Told>(&heard))
        co_return co_await take(installation, std::move(*told), arrived);
    const auto& nothing = std::get<Nothing>(heard);
    if (nothing.used) {
        auto reader = co_await reader_of(installation.connection, nothing.used->account);
        ignore(nothing.why);
        co_return installation.replies.unknown_button(*nothing.used, reader);
    }
    if (is_invoke(activity)) co_return refuse(501, nothing.why);
    co_return ignore(nothing.why);
}

Task<http::Response> Endpoint::take(Installation& installation, Told told, SteadyInstant arrived) {
    Inbound inbound{
        .connection = installation.connection,
        .account = told.account,
        .keys = told.keys,
        .sent_at = told.sent_at,
        .seed = parts_.entropy.seed(),
        .event = told.event,
    };
    auto taken = co_await parts_.intake.take(std::move(inbound), arrived);
    auto reader = co_await reader_of(installation.connection, told.account);
    if (taken) co_return installation.replies.carry_out(told, *taken, reader);
    auto words = note(std::move(reader), words_for(taken.error()));
    co_return installation.replies.not_saved(told, words);
}

// That it is not saved is said even where the store cannot tell in which language.
Task<Reader> Endpoint::reader_of(ConnectionId connection, std::string account) {
    try {
        auto reader = co_await parts_.queries.reader(connection, std::move(account));
        co_return reader.value_or(Reader{});
    } catch (const std::exception&) {
        co_return Reader{};
    }
}

// The peer learns the status, and an operator why.
http::Response Endpoint::refuse(int status, std::string_view reason) {
    parts_.metrics.count(measures::webhook_rejected, {reason});
    return plain(status);
}

// Microsoft vouches for it, so it may be the configuration that is wrong.
http::Response Endpoint::refuse_from(std::string_view reason, const std::string& where) {
    constexpr std::size_t longest = 200;
    parts_.log.warning(
        "msteams.refused", {{"reason", std::string{reason}}, {"from", where.substr(0, longest)}}
    );
    return refuse(403, reason);
}

http::Response Endpoint::ignore(std::string_view reason) {
    parts_.metrics.count(measures::webhook_ignored, {reason});
    return {};
}

}  // namespace muster::msteams
