#include "adapters/msteams/access_token.hpp"

#include <algorithm>

#include "adapters/http/form_body.hpp"
#include "adapters/http/retry_after.hpp"
#include "adapters/json/strict.hpp"

namespace muster::msteams {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds patience = 5s;
constexpr milliseconds before_the_end = 5min;
constexpr milliseconds after_a_failure = 5s;
constexpr milliseconds after_a_refusal = 10min;  // only an operator can mend it
constexpr milliseconds after_a_doubt = 1min;
constexpr std::int64_t longest_life = 24 * 3'600;
constexpr std::size_t most_bytes = 64 * 1024;
constexpr std::size_t longest_token = 16 * 1024;

// What may stand in a header, and in no log.
bool is_token(const std::string& text) {
    auto is_visible = [](char c) { return c > ' ' && c < 127; };
    return !text.empty() && text.size() <= longest_token && std::ranges::all_of(text, is_visible);
}

// Microsoft's number says more than the code beside it, and nothing of what we sent.
std::string code_in(const json::Value& body) {
    constexpr std::string_view prefix = "AADSTS";
    auto words = body.text_of("error_description");
    if (words.starts_with(prefix)) {
        auto end = words.find_first_not_of("0123456789", prefix.size());
        auto code = words.substr(0, end);
        if (code.size() > prefix.size() && code.size() < 20) return code;
    }
    auto code = body.text_of("error");
    auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    auto is_word = !code.empty() && code.size() <= 50 && std::ranges::all_of(code, is_plain);
    return is_word ? code : "unreadable";
}

}  // namespace

AccessToken::AccessToken(Settings settings, Parts parts)
    : settings_(std::move(settings)), parts_(parts), fetching_(parts.clock, parts.fetches) {}

void AccessToken::use(std::string app_password) {
    settings_.app_password = std::move(app_password);
    exchanged_at_ = {};
    not_before_ = {};
}

Task<std::string> AccessToken::get() {
    auto now = parts_.clock.steady_now();
    if (now >= exchanged_at_ && now >= not_before_) fetching_.begin([this] { return fetch(); });
    if (!is_good()) co_await fetching_.wait(patience);
    co_return is_good() ? token_ : std::string{};
}

void AccessToken::refused(const std::string& token) {
    if (token != token_) return;  // there is another already
    token_.clear();
    exchanged_at_ = {};
    auto now = parts_.clock.steady_now();
    if (doubted_at_) not_before_ = std::max(not_before_, *doubted_at_ + after_a_doubt);
    doubted_at_ = now;
}

// Until its very end, while another is fetched.
bool AccessToken::is_good() const {
    return !token_.empty() && parts_.clock.steady_now() < ends_at_;
}

Task<> AccessToken::fetch() {
    HttpCall call;
    call.url = settings_.url;
    call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    call.may_repeat = true;
    call.body = http::form_of({
        {"grant_type", "client_credentials"},
        {"client_id", settings_.app_id},
        {"client_secret", settings_.app_password},
        {"scope", settings_.scope},
    });
    auto result = co_await parts_.http.call(std::move(call));
    keep(result);
    if (problem_.reason.empty()) co_return;
    auto severity = problem_.is_refused ? Log::Severity::alarm : Log::Severity::warning;
    parts_.log.write(severity, "msteams.no_token", {{"reason", problem_.reason}});
}

void AccessToken::keep(const HttpResult& result) {
    const auto now = parts_.clock.steady_now();
    const auto* answer = std::get_if<HttpAnswer>(&result);
    problem_ = {"no answer", false, after_a_failure};
    if (answer) problem_.reason = "http_" + std::to_string(answer->status);
    auto body = answer && answer->body.size() <= most_bytes ? json::parse(answer->body)
                                                            : json::Parsed{json::Problem{}};
    if (answer && answer->status == 429)
        problem_.retry_after =
            http::pause_in(answer->header("retry-after").value_or(""), parts_.clock.now());
    auto is_refusal = answer && (answer->status == 400 || answer->status == 401);
    if (is_refusal && body) problem_ = {code_in(*body), true, after_a_refusal};

    auto token = answer && answer->status == 200 && body ? body->text_of("access_token") : "";
    const auto* lasts = body ? body->find("expires_in") : nullptr;
    const auto* seconds = lasts ? lasts->number() : nullptr;
    if (is_token(token) && seconds && *seconds > 0) {
        problem_ = {};
        token_ = std::move(token);
        auto life = milliseconds{std::chrono::seconds{std::min(*seconds, longest_life)}};
        exchanged_at_ = now + std::max<milliseconds>(life - before_the_end, 0ms);
        ends_at_ = now + life;
        return;
    }
    not_before_ = now + problem_.retry_after;
}

}  // namespace muster::msteams
