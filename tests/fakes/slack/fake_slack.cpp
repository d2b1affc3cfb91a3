#include "tests/fakes/slack/fake_slack.hpp"

#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

using Kind = Trouble::Kind;

constexpr const char* response_url = "response_url";
constexpr const char* oauth_access = "oauth.v2.access";

HttpAnswer rate_limited(std::chrono::seconds length) {
    return {
        429,
        {{"content-type", "application/json; charset=utf-8"},
         {"retry-after", std::to_string(length.count())}},
        R"({"ok":false,"error":"ratelimited"})"};
}

HttpAnswer server_error() {
    return {
        503,
        {{"content-type", "text/html"}},
        "<!DOCTYPE html><html><head><title>Slack</title></head><body>Oops</body></html>"};
}

bool refuses_all(const std::string& error) {
    return error == "token_revoked" || error == "invalid_auth" || error == "not_authed" ||
           error == "account_inactive";
}

}  // namespace

FakeSlack::FakeSlack(Installation installation)
    : workspace_(std::move(installation)), conduct_(workspace_.installation.posts_per_minute) {}

HttpAnswer FakeSlack::handle(const HttpCall& call, Instant now, const Trouble& trouble) {
    Moment moment{now, SteadyInstant{now.time_since_epoch()}};
    made(call, moment);
    auto answer = arrived(call, moment, trouble);
    heard(call, answer, moment);
    return answer;
}

void FakeSlack::made(const HttpCall& call, Moment at) {
    auto call_made = this->call_made(call);
    for (const auto& what : conduct_.made(call_made, at.steady))
        complaints_.violation(at.wall, call_made.method, what);
}

HttpAnswer FakeSlack::arrived(const HttpCall& call, Moment at, const Trouble& trouble) {
    auto call_made = this->call_made(call);
    if (trouble.kind == Kind::rate_limited)
        conduct_.hold_back(
            call_made.method, std::chrono::ceil<std::chrono::seconds>(trouble.length), at.steady
        );
    if (auto wait = conduct_.held_back(call_made, at.steady)) return rate_limited(*wait);
    if (trouble.kind == Kind::server_error_before) return server_error();

    HttpAnswer answer;
    if (call_made.method == response_url) {
        answer = response_urls_.post(call, at.wall);
    } else if (call_made.method == "elsewhere") {
        auto has_token = header_of(call, "authorization").has_value();
        complaints_.violation(
            at.wall, call_made.method, has_token ? "the token was sent there" : "was called"
        );
        answer.status = 404;
    } else if (call_made.method == "apps.connections.open") {
        answer.status = 200;
        answer.headers = {{"content-type", "application/json; charset=utf-8"}};
        answer.body = written(sockets_.open_connection(call, at.wall));
    } else if (call_made.method == oauth_access) {
        answer.status = 200;
        answer.headers = {{"content-type", "application/json; charset=utf-8"}};
        answer.body = written(oauth_.access(call, at.wall));
    } else {
        answer = answer_to_api_call(call, at.wall, trouble);
    }
    if (trouble.kind == Kind::server_error_after) return server_error();
    if (trouble.kind == Kind::cut_answer) answer.body.resize(answer.body.size() / 2);
    return answer;
}

HttpAnswer FakeSlack::answer_to_api_call(
    const HttpCall& call, Instant now, const Trouble& trouble
) {
    auto read = read_api_call(call, workspace_.installation);
    json::Value body;
    if (trouble.kind == Kind::internal_error_before)
        body = refused("internal_error");
    else if (trouble.kind == Kind::token_revoked)
        body = refused("token_revoked");
    else if (trouble.kind == Kind::missing_scope)
        body = refused("missing_scope");
    else
        body = methods_.carry_out(
            read, now, trouble.kind == Kind::hidden ? trouble.length : milliseconds{0}
        );
    if (trouble.kind == Kind::internal_error_after) body = refused("internal_error");
    if (trouble.kind == Kind::schema_drift) body = drifted(body);
    std::string scopes;
    for (const auto& scope : workspace_.installation.scopes)
        scopes += (scopes.empty() ? "" : ",") + scope;
    return {
        200,
        {{"content-type", "application/json; charset=utf-8"},
         {"x-oauth-scopes", scopes},
         {"x-slack-req-id", workspace_.new_id("r")}},
        written(body)};
}

void FakeSlack::heard(const HttpCall& call, const HttpAnswer& answer, Moment at) {
    auto call_made = this->call_made(call);
    if (answer.status == 429) return conduct_.told_to_wait(call_made, at.steady);
    // The app-level token is another than the bot's.
    if (call_made.method == response_url || call_made.method == "apps.connections.open") return;
    if (call_made.method == oauth_access) return;
    auto body = json::parse(answer.body);
    if (!body) return;
    if (refuses_all(body->text_of("error")))
        conduct_.told_that_all_is_refused(call_made, at.steady);
    else if (auto* ok = body->find("ok"); ok && *ok == json::Value{true})
        conduct_.told_that_all_is_well(call_made);
}

std::optional<Again> FakeSlack::hear(
    const AppRequest& request, const AppAnswer& answer, Instant now
) {
    return app_answers_.hear(request, answer, now);
}

void FakeSlack::renew_token() {
    workspace_.exchange_token(workspace_.installation.token + "-again");
    workspace_.token_is_revoked = false;
}

std::string FakeSlack::name_of(const HttpCall& call) const {
    const auto& installation = workspace_.installation;
    if (call.url.starts_with(installation.api)) {
        auto name = call.url.substr(installation.api.size());
        return name.substr(0, name.find('?'));
    }
    return call.url.starts_with(installation.responses) ? response_url : "elsewhere";
}

// A direct message is one place, whether it is named by its id or by the person's.
CallMade FakeSlack::call_made(const HttpCall& call) {
    CallMade made;
    made.method = name_of(call);
    if (made.method == response_url) {
        made.posts_to = response_urls_.posts_to(call);
        return made;
    }
    if (made.method == "elsewhere") return made;
    auto read = read_api_call(call, workspace_.installation);
    if (!read.method) return made;
    made.per_minute = read.method->per_minute;
    made.token = read.token;
    if (made.method != "chat.postMessage") return made;
    made.posts_to = read.arguments.text("channel");
    if (workspace_.user(made.posts_to)) made.posts_to = "D" + made.posts_to.substr(1);
    return made;
}

}  // namespace muster::fake_slack
