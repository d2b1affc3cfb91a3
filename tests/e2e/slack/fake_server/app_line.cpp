#include "tests/e2e/slack/fake_server/app_line.hpp"

namespace muster::fake_slack {

Task<std::vector<Answered>> AppLine::tell_now() {
    std::vector<Answered> answers;
    for (auto& request : slack_.outbox().take()) {
        auto answered = co_await tell(std::move(request));
        answers.push_back(std::move(answered));
    }
    co_return answers;
}

void AppLine::tell_soon() {
    auto begin = [](AppLine& self) -> Task<> { co_await self.tell_now(); };
    tasks_.spawn(begin(*this));
}

Task<std::vector<Answered>> AppLine::tell_again() {
    std::vector<Answered> answers;
    if (!last_event_) co_return answers;
    auto request = *last_event_;
    request.headers.emplace_back("X-Slack-Retry-Num", "1");
    request.headers.emplace_back("X-Slack-Retry-Reason", "http_timeout");
    request.retries = 3;  // the last time
    auto answered =
        co_await tell(signed_at(std::move(request), slack_.workspace().installation, clock_.now()));
    answers.push_back(std::move(answered));
    co_return answers;
}

void AppLine::hurry() {
    for (auto& event : waiting_)
        event.ring();
}

Task<Answered> AppLine::tell(AppRequest request) {
    if (request.kind == AppRequest::Kind::event && request.retries == 0) last_event_ = request;
    HttpCall call;
    call.url = app_ + request.path;
    call.headers = request.headers;
    // Our own client says who it is itself.
    std::erase_if(call.headers, [](const auto& header) { return header.first == "User-Agent"; });
    call.body = request.body;
    auto result = co_await http_.call(std::move(call));
    AppAnswer answer;
    std::string failure;
    if (auto* came = std::get_if<HttpAnswer>(&result))
        answer = {came->status, came->headers, came->body};
    else
        failure = std::get<HttpFailure>(result).reason;
    if (auto again = slack_.hear(request, answer, clock_.now()))
        tasks_.spawn(tell_later(std::move(*again)));
    co_return Answered{request.path, answer.status, answer.status == 0 ? failure : answer.body};
}

Task<> AppLine::tell_later(Again again) {
    auto hurried = waiting_.emplace(waiting_.end());
    co_await clock_.pause(again.at - clock_.now(), *hurried);
    waiting_.erase(hurried);
    auto request =
        signed_at(std::move(again.request), slack_.workspace().installation, clock_.now());
    co_await tell(std::move(request));
}

}  // namespace muster::fake_slack
