#include "adapters/slack/web_api.hpp"

#include <algorithm>
#include <array>

#include "adapters/http/form_body.hpp"
#include "adapters/http/retry_after.hpp"
#include "adapters/slack/outcome.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

// Every method takes a form; these take JSON, in which blocks and views need no second encoding.
constexpr std::array<std::string_view, 7> methods_with_json{
    "chat.postMessage",
    "chat.postEphemeral",
    "chat.update",
    "chat.delete",
    "conversations.open",
    "views.open",
    "views.publish"};

constexpr auto longest_wait = 1s;   // for a turn to post; who waits longer is told so
constexpr auto longest_pause = 1h;  // a longer one is told, and not believed
// Replies ask no sooner than the courier, who probes every ten minutes. Until it is known who we
// are nothing comes in, so that question does not wait so long.
constexpr auto quiet_after_refusal = 9min + 30s;
constexpr auto between_introductions = 60s;
constexpr std::size_t most_bytes = 8 * 1024 * 1024;
constexpr std::size_t most_direct_messages = 10'000;
constexpr std::size_t longest_word = 100;
constexpr std::size_t most_pointers = 5;

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Names, codes and places in the blocks: nothing that somebody may have typed.
bool is_word(std::string_view text) {
    constexpr std::string_view others = "_-/.:,";
    auto may_stand = [&](char c) {
        return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
    };
    return !text.empty() && text.size() <= longest_word && std::ranges::all_of(text, may_stand);
}

// ---- what is asked

std::string form_of(const json::Object& arguments) {
    std::vector<http::FormEntry> form;
    for (const auto& [key, value] : arguments) {
        const auto* text = value.text();
        form.push_back({key, text ? *text : json::dump(value)});
    }
    return http::form_of(form);
}

// ---- what is answered

ApiAnswer unsent(std::string error, milliseconds wait) {
    ApiAnswer answer;
    answer.error = std::move(error);
    answer.retry_after = wait;
    answer.was_sent = false;
    return answer;
}

ApiAnswer answer_in(const HttpFailure& failure) {
    ApiAnswer answer;
    answer.error = "no_answer";
    answer.detail = failure.reason;
    answer.was_sent = failure.kind != HttpFailure::Kind::not_sent;
    return answer;
}

bool is_json(const HttpAnswer& answer) {
    constexpr std::string_view json = "application/json";
    auto type = answer.header("content-type").value_or("");
    auto name = type.substr(0, type.find_first_of("; "));
    auto is_same = [](char one, char other) {
        return one == other || (one >= 'A' && one <= 'Z' && one - 'A' + 'a' == other);
    };
    return std::ranges::equal(name, json, is_same);
}

// "must be shorter [json-pointer:/blocks/3/text]": where the fault is, and nothing of its text.
void add_pointers(std::string& places, const json::Value* messages) {
    constexpr std::string_view before = "[json-pointer:";
    const auto* list = messages ? messages->array() : nullptr;
    if (!list) return;
    for (std::size_t at = 0; at < std::min(list->size(), most_pointers); ++at) {
        const auto* words = (*list)[at].text();
        auto begin = words ? words->find(before) : std::string::npos;
        if (begin == std::string::npos) continue;
        auto pointer = words->substr(begin + before.size());
        pointer.resize(std::min(pointer.find(']'), pointer.size()));
        if (is_word(pointer)) places += (places.empty() ? "" : " ") + pointer;
    }
}

// Which scope is missing, or where in the blocks the fault is.
std::string detail_in(const json::Value& body) {
    auto detail = body.text_of("needed");
    if (!is_word(detail)) detail.clear();
    add_pointers(detail, body.find("errors"));
    if (const auto* more = body.find("response_metadata"))
        add_pointers(detail, more->find("messages"));
    return detail;
}

void read_body(ApiAnswer& answer, const std::string& text) {
    auto parsed = json::parse(text);
    if (!parsed) return;
    const auto* ok = parsed->find("ok");
    auto error = parsed->text_of("error");
    auto is_success = answer.status >= 200 && answer.status < 300;
    answer.ok = is_success && ok && ok->flag() && *ok->flag();
    if (answer.ok) {
        answer.error.clear();
    } else if (is_word(error)) {
        answer.error = error;
        answer.detail = detail_in(*parsed);
    }
    answer.body = std::move(*parsed);
}

ApiAnswer answer_in(const HttpAnswer& response, Instant now) {
    ApiAnswer answer;
    answer.status = response.status;
    auto request_id = response.header("x-slack-req-id").value_or("");
    if (is_word(request_id)) answer.request_id = request_id;
    answer.granted = response.header("x-oauth-scopes");
    auto came_too_soon = response.status == 429;
    answer.error = came_too_soon ? "ratelimited" : "http_" + std::to_string(response.status);
    if (is_json(response)) {
        if (response.status >= 200 && response.status < 300) answer.error = "unreadable";
        if (response.body.size() <= most_bytes) read_body(answer, response.body);
    }
    came_too_soon |= answer.error == "ratelimited" || answer.error == "rate_limited";
    if (came_too_soon)
        answer.retry_after = http::pause_in(response.header("retry-after").value_or(""), now);
    return answer;
}

ApiAnswer answer_in(const HttpResult& result, Instant now) {
    if (const auto* failure = std::get_if<HttpFailure>(&result)) return answer_in(*failure);
    return answer_in(std::get<HttpAnswer>(result), now);
}

bool is_post(const std::string& method) {
    return method == "chat.postMessage";
}

}  // namespace

WebApi::WebApi(HttpClient& http, Clock& clock, std::string base_url, std::string token)
    : http_(http), clock_(clock), base_url_(std::move(base_url)), token_(std::move(token)) {}

Task<ApiAnswer> WebApi::call(std::string method, json::Object arguments, bool may_repeat) {
    json::Value asked{std::move(arguments)};
    if (is_post(method)) {
        auto channel = asked.text_of("channel");
        auto place = direct_message_with(channel).value_or(channel);
        auto now = clock_.steady_now();
        auto wait = posts_.wait_at(place, now);
        if (wait > longest_wait) co_return unsent("rate_limited", wait);
        posts_.take(place, now);
        if (wait > 0ms) co_await clock_.pause(wait);
    }
    auto now = clock_.steady_now();
    if (is_quiet(method, now)) co_return last_refusal_;
    if (auto held = held_back_.find(method); held != held_back_.end() && held->second > now)
        co_return unsent("ratelimited", held->second - now);

    auto token = tokens_used_;
    auto answer = co_await call_once(method, asked, may_repeat);
    auto is_of_the_old_token = token != tokens_used_ && reading_of(answer) == Reading::suspended;
    if (is_of_the_old_token) answer = co_await call_once(method, asked, may_repeat);
    learn(method, asked, answer);
    co_return answer;
}

Task<ApiAnswer> WebApi::call_once(std::string method, json::Value asked, bool may_repeat) {
    auto request = request_of(method, *asked.object(), may_repeat);
    auto result = co_await http_.call(std::move(request));
    co_return answer_in(result, clock_.now());
}

void WebApi::use(std::string token) {
    token_ = std::move(token);
    ++tokens_used_;
    refused_at_.reset();
}

HttpCall WebApi::request_of(
    const std::string& method, const json::Object& arguments, bool may_repeat
) const {
    auto takes_json = std::ranges::count(methods_with_json, method) > 0;
    HttpCall request;
    request.url = base_url_ + method;
    request.headers = {
        {"Authorization", "Bearer " + token_},
        {"Content-Type",
         takes_json ? "application/json; charset=utf-8" : "application/x-www-form-urlencoded"},
    };
    request.body = takes_json ? json::dump(arguments) : form_of(arguments);
    request.may_repeat = may_repeat;
    return request;
}

bool WebApi::is_quiet(const std::string& method, SteadyInstant now) const {
    if (!refused_at_) return false;
    auto quiet = method == "auth.test" ? between_introductions : quiet_after_refusal;
    return now < *refused_at_ + quiet;
}

// "rate_limited" is said of one place, and the caller's to keep to. Answers may come in another
// order than Slack gave them: a shorter pause never cuts a longer one.
void WebApi::learn(
    const std::string& method, const json::Value& arguments, const ApiAnswer& answer
) {
    if (answer.retry_after > 0ms && answer.error != "rate_limited") {
        auto pause = std::min<milliseconds>(answer.retry_after, longest_pause);
        auto& held_back = held_back_[method];
        held_back = std::max(held_back, clock_.steady_now() + pause);
    }
    if (reading_of(answer) == Reading::suspended) {
        last_refusal_ = answer;
        refused_at_ = clock_.steady_now();
    }
    if (!answer.ok) return;
    refused_at_.reset();
    if (is_post(method))
        keep_direct_message(arguments.text_of("channel"), answer.body.text_of("channel"));
    const auto* opened = answer.body.find("channel");
    if (method == "conversations.open" && opened)
        keep_direct_message(arguments.text_of("users"), opened->text_of("id"));
}

std::optional<std::string> WebApi::direct_message_with(const std::string& user) const {
    auto known = direct_messages_.find(user);
    if (known == direct_messages_.end()) return std::nullopt;
    return known->second;
}

// What is forgotten is asked for again.
void WebApi::keep_direct_message(const std::string& user, const std::string& channel) {
    if (user.empty() || channel.empty() || user == channel) return;
    if (direct_messages_.size() >= most_direct_messages)
        direct_messages_.erase(direct_messages_.begin());
    direct_messages_[user] = channel;
    posts_.is_also(user, channel);
}

void log_failure(Log& log, std::string_view method, const ApiAnswer& answer, Log::Fields of) {
    auto is_our_own_wait = !answer.was_sent && answer.retry_after > 0ms;
    if (answer.error.empty() || is_our_own_wait) return;
    of.emplace_back("method", method);
    of.emplace_back("error", answer.error);
    of.emplace_back("status", std::to_string(answer.status));
    if (!answer.request_id.empty()) of.emplace_back("request", answer.request_id);
    if (!answer.detail.empty()) of.emplace_back("detail", answer.detail);
    log.warning("slack.call_failed", of);
}

}  // namespace muster::slack
