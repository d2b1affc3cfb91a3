#include "adapters/slack/install_desk.hpp"

#include <algorithm>

#include "adapters/slack/install_pages.hpp"
#include "adapters/slack/web_api.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 25s;  // two calls of Slack, each at most 10 s
constexpr std::size_t longest_code = 512;
// No other host can set it, and it goes to no other.
constexpr std::string_view cookie_name = "__Host-muster-install";

std::string cookie_of(const std::string& value, std::string_view age) {
    return std::string{cookie_name} + "=" + value + "; Path=/; Max-Age=" + std::string{age} +
           "; Secure; HttpOnly; SameSite=Lax";
}

// Nothing when it is not there exactly once.
std::optional<std::string_view> cookie_in(const http::Request& request) {
    auto header = request.headers.only("cookie");
    std::optional<std::string_view> found;
    for (auto rest = header.value_or(""); !rest.empty();) {
        auto pair = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        while (pair.starts_with(' '))
            pair.remove_prefix(1);
        if (!pair.starts_with(cookie_name) || pair.substr(cookie_name.size(), 1) != "=") continue;
        if (found) return std::nullopt;
        found = pair.substr(cookie_name.size() + 1);
    }
    return found;
}

bool is_code(std::string_view code) {
    auto fits = [](char c) { return c > ' ' && c <= '~'; };
    return !code.empty() && code.size() <= longest_code && std::ranges::all_of(code, fits);
}

// Whoever looks ahead at addresses must not use them up.
bool only_looks(const http::Request& request) {
    return request.method != "GET";
}

http::Response page_of(InstallStates::Verdict verdict) {
    if (verdict == InstallStates::Verdict::full) return install_page("busy", 503);
    return install_page("again", 400);
}

struct Held {
    explicit Held(int& count) : count_(count) { ++count_; }

    ~Held() { --count_; }

    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

private:
    int& count_;
};

InstallStates states_of(Entropy& entropy) {
    auto one = entropy.seed();
    return {one, entropy.seed()};
}

}  // namespace

InstallDesk::InstallDesk(InstallSettings settings, Parts parts)
    : settings_(std::move(settings)),
      parts_(std::move(parts)),
      states_(states_of(parts_.entropy)) {}

void InstallDesk::add_to(http::Routes& routes) {
    auto add = [&](const char* path, http::Handler handler) {
        http::Route route;
        route.method = "GET";
        route.path = path;
        route.handler = std::move(handler);
        route.deadline = patience;
        routes.add(std::move(route));
    };
    add("/slack/oauth/install",
        [this](http::Request request) { return begin(std::move(request)); });
    add("/slack/oauth/callback", [this](http::Request request) { return end(std::move(request)); });
    add("/slack/oauth/style.css",
        [](http::Request) -> Task<http::Response> { co_return install_style(); });
}

Task<http::Response> InstallDesk::begin(http::Request request) {
    if (only_looks(request)) co_return http::Response{};
    auto one = parts_.entropy.seed();
    auto ticket = states_.issue(parts_.clock.now(), one, parts_.entropy.seed());
    const auto& allowed = settings_.workspaces;
    auto only = !settings_.is_open && allowed.size() == 1 && allowed[0].starts_with('T');
    http::Response response;
    response.status = 302;
    response.headers.push_back(
        {"Location", authorize_url_of(settings_.app, ticket.state, only ? allowed.front() : "")}
    );
    response.headers.push_back({"Set-Cookie", cookie_of(ticket.cookie, "600")});
    co_return response;
}

// What comes back is believed only with the cookie of whoever began, and once.
Task<http::Response> InstallDesk::end(http::Request request) {
    if (only_looks(request)) co_return http::Response{};
    if (under_way_ >= most_at_once) co_return install_page("busy", 503);
    auto verdict =
        states_.redeem(request.parameter("state"), cookie_in(request), parts_.clock.now());
    if (verdict != InstallStates::Verdict::good) co_return page_of(verdict);

    auto code = request.parameter("code");
    auto error = request.parameter("error");
    http::Response response;
    if (error && *error == "access_denied") {
        response = install_page("declined", 200);
    } else if (error || !code || !is_code(*code)) {
        response = install_page("again", 400);
    } else {
        Held held{under_way_};
        response = co_await install(std::string{*code});
    }
    response.headers.push_back({"Set-Cookie", cookie_of("", "0")});
    co_return response;
}

Task<http::Response> InstallDesk::install(std::string code) {
    auto granted = co_await exchange(parts_.http, settings_.app, std::move(code));
    if (const auto* refused = std::get_if<GrantRefused>(&granted)) {
        parts_.log.warning("slack.install_refused", {{"reason", refused->error}});
        if (refused->is_of_the_way()) co_return install_page("no_answer", 502);
        co_return install_page("refused", 400, {{"reason", refused->error}});
    }
    co_return co_await take(std::get<Grant>(std::move(granted)));
}

// A token that is not wanted is given back, so that nobody holds one that nobody knows of; not
// where Muster is already: Slack grants the same token again, and with it would go that of before.
Task<http::Response> InstallDesk::take(Grant grant) {
    Facts facts{{"workspace", grant.name}, {"id", grant.workspace()}};
    if (!may_install(grant)) {
        note("slack.install_not_allowed", grant);
        co_await leave(grant);
        co_return install_page("not_allowed", 403, facts);
    }
    if (grant.expires) {
        note("slack.install_with_token_rotation", grant);
        co_await leave(grant);
        co_return install_page("expiring", 400, facts);
    }
    auto kept = co_await parts_.keep(grant);
    switch (kept) {
        case Kept::kept: break;
        case Kept::known: co_return install_page("known", 200, facts);
        case Kept::not_kept: co_await leave(grant); co_return install_page("not_kept", 503, facts);
    }
    parts_.log.info("slack.installed", {{"workspace", grant.workspace()}, {"app", grant.app}});
    co_return install_page("installed", 200, facts);
}

Task<> InstallDesk::leave(Grant grant) {
    if (parts_.is_known(grant.workspace())) co_return;
    WebApi api{parts_.http, parts_.clock, settings_.app.api_base_url, grant.token};
    json::Object nothing;
    auto answer = co_await api.call("auth.revoke", std::move(nothing), true);
    log_failure(parts_.log, "auth.revoke", answer);
}

// The organisation of a workspace may stand for it.
bool InstallDesk::may_install(const Grant& grant) const {
    if (settings_.is_open) return true;
    auto is_listed = [&](const std::string& id) {
        return !id.empty() && std::ranges::count(settings_.workspaces, id) > 0;
    };
    return is_listed(grant.team) || is_listed(grant.enterprise);
}

void InstallDesk::note(std::string_view what, const Grant& grant) {
    parts_.log.warning(what, {{"workspace", grant.workspace()}, {"app", grant.app}});
}

}  // namespace muster::slack
