#include "adapters/slack/response_url.hpp"

#include <algorithm>
#include <array>

#include "adapters/http/retry_after.hpp"
#include "adapters/slack/outcome.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 4> paths{
    "/commands/", "/actions/", "/services/", "/workflows/"};
constexpr std::array<std::string_view, 3> loopback_hosts{"127.0.0.1", "localhost", "[::1]"};
constexpr std::size_t longest_url = 2'000;

constexpr int most_uses = 5;
constexpr auto lifetime = 30min;
constexpr auto longest_wait = 20s;          // later, nobody knows what it answers
constexpr milliseconds longest_pause = 1h;  // a longer one is not believed
// More are forgotten, the next to expire first: at worst Slack refuses the use.
constexpr std::size_t most_urls = 1'000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_loopback(std::string_view host) {
    for (auto name : loopback_hosts) {
        if (!host.starts_with(name)) continue;
        auto port = host.substr(name.size());
        if (port.empty()) return true;
        return port.size() > 1 && port.front() == ':' &&
               std::ranges::all_of(port.substr(1), is_digit);
    }
    return false;
}

// What follows "https://" or, on this machine, "http://"; empty: it is neither.
std::string_view behind_scheme(std::string_view url, bool may_be_plain) {
    constexpr std::string_view safe = "https://";
    constexpr std::string_view plain = "http://";
    if (url.starts_with(safe)) return url.substr(safe.size());
    if (may_be_plain && url.starts_with(plain)) return url.substr(plain.size());
    return {};
}

// Nothing that two readers of urls could read differently.
bool is_plain_path(std::string_view path) {
    auto may_stand = [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' ||
               c == '-' || c == '_';
    };
    auto is_below = [&](std::string_view folder) {
        return path.starts_with(folder) && path.size() > folder.size();
    };
    return std::ranges::all_of(path, may_stand) && std::ranges::any_of(paths, is_below);
}

// Slack says "ok", or in JSON why not.
bool is_refusal(const std::string& body) {
    auto parsed = json::parse(body);
    const auto* ok = parsed ? parsed->find("ok") : nullptr;
    return ok && ok->flag() && !*ok->flag();
}

UrlResult not_taken(std::string reason) {
    return {false, std::move(reason)};
}

UrlResult result_of(const HttpResult& result) {
    if (const auto* failure = std::get_if<HttpFailure>(&result)) return not_taken(failure->reason);
    const auto& answer = std::get<HttpAnswer>(result);
    auto is_success = answer.status >= 200 && answer.status < 300;
    if (!is_success) return not_taken("http_" + std::to_string(answer.status));
    if (is_refusal(answer.body)) return not_taken("refused");
    return {true, ""};
}

}  // namespace

// The host is compared with what stands there, not with what a parser makes of it: a name before
// an @, a port, a dot at the end or another host behind it is no host of the list.
bool may_be_posted_to(std::string_view url, const std::vector<std::string>& hosts) {
    if (url.size() > longest_url) return false;
    for (const auto& host : hosts) {
        auto loopback = is_loopback(host);
        auto has_port = host.find(':') != std::string::npos;
        if (host.empty() || (has_port && !loopback)) continue;
        auto rest = behind_scheme(url, loopback);
        if (rest.starts_with(host) && is_plain_path(rest.substr(host.size()))) return true;
    }
    return false;
}

ResponseUrls::ResponseUrls(HttpClient& http, Clock& clock, std::vector<std::string> hosts)
    : http_(http), clock_(clock), hosts_(std::move(hosts)) {}

Task<UrlResult> ResponseUrls::send(std::string url, json::Object answer) {
    if (!may_be_posted_to(url, hosts_)) co_return not_taken("not_allowed");
    auto void_at = clock_.steady_now() + longest_wait;
    while (held_until_ > clock_.steady_now()) {
        if (held_until_ > void_at) co_return not_taken("ratelimited");
        co_await clock_.pause(held_until_ - clock_.steady_now());
    }
    if (!take_a_use(url)) co_return not_taken("used_up");
    HttpCall request;
    request.url = std::move(url);
    request.headers = {{"Content-Type", "application/json; charset=utf-8"}};
    request.body = json::dump(answer);
    auto result = co_await http_.call(std::move(request));
    note_pause(result);
    co_return result_of(result);
}

void ResponseUrls::note_pause(const HttpResult& result) {
    const auto* answer = std::get_if<HttpAnswer>(&result);
    if (!answer || answer->status != 429) return;
    auto pause = http::pause_in(answer->header("retry-after").value_or(""), clock_.now());
    held_until_ = std::max(held_until_, clock_.steady_now() + std::min(pause, longest_pause));
}

bool ResponseUrls::take_a_use(const std::string& url) {
    auto now = clock_.steady_now();
    auto known = uses_.find(url);
    if (known != uses_.end())
        return known->second.until > now && ++known->second.count <= most_uses;
    std::erase_if(uses_, [now](const auto& use) { return use.second.until <= now; });
    if (uses_.size() >= most_urls) {
        auto is_sooner = [](const auto& one, const auto& other) {
            return one.second.until < other.second.until;
        };
        uses_.erase(std::ranges::min_element(uses_, is_sooner));
    }
    uses_[url] = {1, now + lifetime};
    return true;
}

}  // namespace muster::slack
