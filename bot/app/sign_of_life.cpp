#include "bot/app/sign_of_life.hpp"

#include "bot/ports/measures.hpp"

namespace muster {
namespace {

constexpr milliseconds between_signs = 1min;

// "" = heard.
std::string problem_of(const HttpResult& result) {
    if (const auto* failure = std::get_if<HttpFailure>(&result)) return failure->reason;
    auto status = std::get<HttpAnswer>(result).status;
    return status >= 200 && status < 300 ? "" : "status " + std::to_string(status);
}

}  // namespace

SignOfLife::SignOfLife(
    HttpClient& http, Clock& clock, Log& log, Metrics& metrics, std::string url, IsReady is_ready
)
    : http_(http),
      clock_(clock),
      log_(log),
      metrics_(metrics),
      url_(std::move(url)),
      is_ready_(std::move(is_ready)) {}

Task<> SignOfLife::run() {
    for (;;) {
        auto is_ready = co_await is_ready_();
        if (is_ready) {
            co_await give();
        } else {
            metrics_.count(measures::heartbeats, {"not_ready"});
        }
        co_await clock_.pause(between_signs);
    }
}

Task<> SignOfLife::give() {
    HttpCall call;
    call.method = "GET";
    call.url = url_;
    call.may_repeat = true;
    auto result = co_await http_.call(std::move(call));
    note(problem_of(result));
}

// Told when it changes, not each minute.
void SignOfLife::note(std::string problem) {
    auto is_heard = problem.empty();
    metrics_.count(measures::heartbeats, {is_heard ? "heard" : "not_heard"});
    if (is_heard == is_heard_) return;
    is_heard_ = is_heard;
    if (is_heard) {
        log_.info("heartbeat.heard_again");
    } else {
        log_.warning("heartbeat.not_heard", {{"reason", std::move(problem)}});
    }
}

}  // namespace muster
