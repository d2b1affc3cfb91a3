#include "adapters/msteams/connector.hpp"

#include <algorithm>

#include "adapters/http/retry_after.hpp"
#include "adapters/msteams/service_url.hpp"

namespace muster::msteams {
namespace {

constexpr std::size_t most_bytes = 4 * 1024 * 1024;
constexpr std::size_t longest_code = 60;
constexpr int unauthorised = 401;

bool is_word(std::string_view text, std::string_view others = "") {
    auto may_stand = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               others.find(c) != std::string_view::npos;
    };
    return !text.empty() && text.size() <= longest_code && std::ranges::all_of(text, may_stand);
}

// {"error":{"code":"..."}}, or {"errorCode":209,"message":"{ \"subCode\": \"...\" }"}: JSON in a
// text.
std::string code_in(const json::Value& body) {
    if (const auto* error = body.find("error")) {
        auto code = error->text_of("code");
        if (is_word(code)) return code;
    }
    auto inner = json::parse(body.text_of("message"));
    auto code = inner ? inner->text_of("subCode") : std::string{};
    return is_word(code) ? code : std::string{};
}

ConnectorAnswer unsent(std::string error, milliseconds wait = milliseconds{0}) {
    ConnectorAnswer answer;
    answer.error = std::move(error);
    answer.retry_after = wait;
    answer.was_sent = false;
    return answer;
}

ConnectorAnswer answer_in(const HttpFailure& failure) {
    ConnectorAnswer answer;
    answer.error = "no_answer";
    answer.was_sent = failure.kind != HttpFailure::Kind::not_sent;
    return answer;
}

ConnectorAnswer answer_in(const HttpAnswer& response, Instant now) {
    ConnectorAnswer answer;
    answer.status = response.status;
    auto correlation = response.header("ms-cv").value_or("");
    if (is_word(correlation, ".+/=-")) answer.correlation = correlation;
    if (response.body.size() <= most_bytes)
        if (auto body = json::parse(response.body)) answer.body = std::move(*body);
    if (response.status >= 200 && response.status < 300) return answer;
    answer.error = code_in(answer.body);
    if (answer.error.empty()) answer.error = "http_" + std::to_string(response.status);
    if (auto pause = response.header("retry-after"); pause || response.status == 429)
        answer.retry_after = http::pause_in(pause.value_or(""), now);
    return answer;
}

}  // namespace

Connector::Connector(std::vector<std::string> hosts, Parts parts)
    : hosts_(std::move(hosts)), parts_(parts) {}

Task<ConnectorAnswer> Connector::call(std::string service_url, ConnectorCall call) {
    if (!is_service_url(service_url, hosts_)) co_return unsent("forbidden_host");
    HttpCall request;
    request.method = std::move(call.method);
    request.url = joined(service_url, call.path);
    request.may_repeat = call.may_repeat;
    if (call.body) {
        request.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
        request.body = json::dump(*call.body);
    }
    for (auto tries = 1;; ++tries) {
        auto token = co_await parts_.token.get();
        if (token.empty()) co_return unsent("no_token", parts_.token.problem().retry_after);
        auto answer = co_await call_once(request, token);
        if (answer.status != unauthorised || tries == 2) co_return answer;
        parts_.token.refused(token);
    }
}

Task<ConnectorAnswer> Connector::call_once(const HttpCall& without_token, std::string token) {
    auto request = without_token;
    request.headers.emplace_back("Authorization", "Bearer " + token);
    auto result = co_await parts_.http.call(std::move(request));
    if (const auto* failure = std::get_if<HttpFailure>(&result)) co_return answer_in(*failure);
    co_return answer_in(std::get<HttpAnswer>(result), parts_.clock.now());
}

}  // namespace muster::msteams
