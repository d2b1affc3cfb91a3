#include "tests/fakes/slack/app_answers.hpp"

#include <algorithm>
#include <array>

#include "tests/fakes/slack/objects.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

constexpr auto patience = 3s;
constexpr std::array<milliseconds, 3> before_retry{0ms, 1min, 5min};

std::string header_in(const AppAnswer& answer, std::string_view name) {
    for (const auto& [key, value] : answer.headers)
        if (key == name) return value;
    return "";
}

}  // namespace

std::optional<Again> AppAnswers::hear(
    const AppRequest& request, const AppAnswer& answer, Instant now
) {
    now_ = now;
    auto came_in_time = now - request.sent_at <= patience;
    auto is_acknowledged = came_in_time && answer.status >= 200 && answer.status < 300;
    if (request.kind == AppRequest::Kind::event)
        return hear_of_event(request, came_in_time ? answer : AppAnswer{}, is_acknowledged);
    if (!is_acknowledged) {
        auto words = came_in_time ? "the app responded with " + std::to_string(answer.status)
                                  : "the app did not respond: operation_timeout";
        workspace_.notices.push_back({request.user, words});
        return std::nullopt;
    }
    if (request.kind == AppRequest::Kind::command) hear_of_command(request, answer);
    if (!request.view.empty()) hear_of_view(request, answer);
    return std::nullopt;
}

std::optional<Again> AppAnswers::hear_of_event(
    const AppRequest& request, const AppAnswer& answer, bool is_acknowledged
) {
    auto is_stopped = header_in(answer, "x-slack-no-retry") == "1";
    auto tried = static_cast<std::size_t>(request.retries);
    if (is_acknowledged || is_stopped || tried >= before_retry.size()) return std::nullopt;
    auto again = request;
    ++again.retries;
    auto reason = answer.status == 0 ? "http_timeout" : "http_error";
    std::erase_if(again.headers, [](const auto& header) {
        return header.first.starts_with("X-Slack-Retry-");
    });
    again.headers.emplace_back("X-Slack-Retry-Num", std::to_string(again.retries));
    again.headers.emplace_back("X-Slack-Retry-Reason", reason);
    auto at = now_ + before_retry[tried];
    return Again{signed_at(std::move(again), workspace_.installation, at), at};
}

// Plain text, or JSON as to a response_url.
void AppAnswers::hear_of_command(const AppRequest& request, const AppAnswer& answer) {
    if (answer.body.empty()) return;
    json::Object body{{"text", answer.body}};
    if (header_in(answer, "content-type").starts_with("application/json")) {
        auto parsed = json::parse(answer.body);
        if (!parsed || !parsed->object())
            return complaints_.violation(now_, "answer to a command", "is no JSON object");
        body = *parsed->object();
    }
    response_urls_.answer_command(request, body, now_);
}

// A body that is truly empty closes the form.
void AppAnswers::hear_of_view(const AppRequest& request, const AppAnswer& answer) {
    auto* view = workspace_.view(request.view);
    if (!view || !view->is_open) return;
    if (answer.body.empty()) {
        auto& stack = workspace_.stacks[view->user];
        view->is_open = false;
        std::erase(stack, view->id);
        return;
    }
    auto parsed = json::parse(answer.body);
    if (!parsed || !parsed->object()) return blame("is neither empty nor a JSON object");
    if (!header_in(answer, "content-type").starts_with("application/json"))
        blame("is not sent as application/json");
    take_action(*view, *parsed->object());
}

void AppAnswers::take_action(View& view, const json::Object& body) {
    auto action = text_of(body, "response_action");
    if (action == "clear") return workspace_.close_views_of(view.user);
    if (action == "update" || action == "push") return show_next(view, body, action == "push");
    auto* errors = find(body, "errors");
    if (action == "errors" && errors && errors->object() && !errors->object()->empty())
        return show_errors(view, *errors->object());
    blame("asks for an action that there is not: \"" + action + "\"");
}

void AppAnswers::show_errors(View& view, const json::Object& errors) {
    auto inputs = inputs_of(view.content);
    view.errors.clear();
    for (const auto& [block_id, words] : errors) {
        if (std::ranges::find(inputs, block_id, &Input::block_id) == inputs.end())
            blame("an error of " + block_id + ", which is no input");
        else if (!words.text() || words.text()->empty())
            blame("an error of " + block_id + " without words");
        else
            view.errors[block_id] = *words.text();
    }
}

void AppAnswers::show_next(View& view, const json::Object& body, bool on_top) {
    auto* next = find(body, "view");
    if (!next || !next->object()) return blame("shows no view");
    auto verdict = read_view(*next->object(), Surface::modal);
    for (const auto& what : verdict.violations)
        blame(what);
    if (!verdict.error.empty()) return;
    if (!on_top) return workspace_.replace(view, *next->object(), now_);
    if (workspace_.stacks[view.user].size() >= deepest_stack)
        return blame("a fourth view in a stack");
    workspace_.put_on_top({.user = view.user, .content = *next->object()}, now_);
}

}  // namespace muster::fake_slack
