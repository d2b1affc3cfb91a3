#include "tests/fakes/msteams/client.hpp"

namespace muster::fake_teams {
namespace {

constexpr auto patience = 10s;  // the deadline that HttpClient promises

HttpFailure not_sent() {
    return {HttpFailure::Kind::not_sent, "could not connect"};
}

HttpFailure ambiguous(std::string reason) {
    return {HttpFailure::Kind::ambiguous, std::move(reason)};
}

HttpAnswer refuses(int status, const std::string& code) {
    return {
        status,
        {{"content-type", "application/json"}},
        R"({"error":{"code":")" + code + R"(","message":"no"}})"};
}

}  // namespace

// Shared by the caller and the journey, either of which may end first.
struct FakeTeamsClient::Exchange {
    HttpCall call;
    Trouble trouble = Trouble::none;
    milliseconds there{0};
    milliseconds at_microsoft{0};
    milliseconds back{0};
    std::optional<HttpResult> result{};  // when it is back at the caller
    Bell is_back{};
};

Trouble FakeTeamsClient::trouble_of(const HttpCall& call) {
    if (!teams_.connector().is_asked_by(call) || call.method == "GET") return Trouble::none;
    if (!planned_.empty()) {
        auto next = planned_.front();
        planned_.pop_front();
        return next;
    }
    if (!random_.chance(rate_)) return Trouble::none;
    return static_cast<Trouble>(random_.between(1, static_cast<int>(Trouble::slow)));
}

Task<HttpResult> FakeTeamsClient::call(HttpCall call) {
    ++calls_;
    if (on_call_) on_call_(call);
    auto trouble = trouble_of(call);
    if (trouble == Trouble::not_connected) {
        co_await clock_.pause(random_.between(1ms, 200ms));
        co_return not_sent();
    }
    auto exchange = std::make_shared<Exchange>();
    auto is_alone = teams_.begin(call, clock_.now());
    exchange->call = std::move(call);
    exchange->trouble = trouble;
    exchange->there = random_.between(2ms, 120ms);
    exchange->back = random_.between(2ms, 120ms);
    if (trouble == Trouble::slow) exchange->at_microsoft = random_.between(1s, 9s);
    if (!is_alone) {
        teams_.end(exchange->call);
        co_return refuses(412, "PreconditionFailed");
    }
    auto gives_up_at = clock_.steady_now() + patience;
    afterwards_.spawn(travel(exchange));
    while (!exchange->result && clock_.steady_now() < gives_up_at)
        co_await clock_.pause(gives_up_at - clock_.steady_now(), exchange->is_back);
    teams_.end(exchange->call);
    if (!exchange->result) co_return ambiguous("no answer in time");
    co_return std::move(*exchange->result);
}

Task<> FakeTeamsClient::travel(std::shared_ptr<Exchange> exchange) {
    auto trouble = exchange->trouble;
    co_await clock_.pause(exchange->there);
    auto is_done = trouble == Trouble::none || trouble == Trouble::bad_gateway ||
                   trouble == Trouble::reset_after || trouble == Trouble::slow;
    std::optional<HttpAnswer> answer;
    if (is_done) answer = teams_.handle(exchange->call, clock_.now());
    co_await clock_.pause(exchange->at_microsoft);
    co_await clock_.pause(exchange->back);
    if (trouble == Trouble::throttled) {
        answer = refuses(429, "Throttled");
        answer->headers.emplace_back("retry-after", "2");
    }
    if (trouble == Trouble::failed) answer = refuses(503, "ServiceError");
    if (trouble == Trouble::bad_gateway) answer = HttpAnswer{502, {}, "<html>Bad gateway</html>"};
    if (trouble == Trouble::reset_before || trouble == Trouble::reset_after)
        exchange->result = ambiguous("connection reset");
    else
        exchange->result = std::move(*answer);
    exchange->is_back.ring();
}

}  // namespace muster::fake_teams
