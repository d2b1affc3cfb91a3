#include "tests/fakes/slack/client.hpp"

namespace muster::fake_slack {
namespace {

using Kind = Trouble::Kind;

constexpr auto patience = 10s;  // the deadline that HttpClient promises

HttpFailure not_sent(std::string reason) {
    return {HttpFailure::Kind::not_sent, std::move(reason)};
}

HttpFailure ambiguous(std::string reason) {
    return {HttpFailure::Kind::ambiguous, std::move(reason)};
}

}  // namespace

// Shared by the caller and the journey, either of which may end first.
struct FakeSlackClient::Exchange {
    HttpCall call;
    Trouble trouble;
    milliseconds there{0};
    milliseconds at_slack{0};
    milliseconds back{0};
    std::optional<HttpResult> result{};  // when it is back at the caller
    Bell is_back{};
};

FakeSlackClient::FakeSlackClient(
    FakeSlack& slack, Clock& clock, TaskGroup& afterwards, sim::Random random
)
    : slack_(slack),
      clock_(clock),
      afterwards_(afterwards),
      random_(random),
      troubles_(sim::Random{random_.number()}) {}

Task<HttpResult> FakeSlackClient::call(HttpCall call) {
    ++calls_;
    if (on_call_) on_call_(call);
    auto trouble = troubles_.of(slack_.name_of(call));
    if (trouble.kind == Kind::not_connected) {
        co_await clock_.pause(random_.between(1ms, 200ms));
        co_return not_sent("could not connect");
    }
    slack_.made(call, moment());
    auto exchange = std::make_shared<Exchange>();
    exchange->call = std::move(call);
    exchange->trouble = trouble;
    exchange->there = random_.between(2ms, 120ms);
    exchange->back = random_.between(2ms, 120ms);
    if (trouble.kind == Kind::slow) exchange->at_slack = trouble.length;
    auto gives_up_at = clock_.steady_now() + patience;
    afterwards_.spawn(travel(exchange));
    while (!exchange->result && clock_.steady_now() < gives_up_at)
        co_await clock_.pause(gives_up_at - clock_.steady_now(), exchange->is_back);
    if (!exchange->result) co_return ambiguous("no answer in time");
    if (auto* answer = std::get_if<HttpAnswer>(&*exchange->result)) {
        if (answer->status == 429) ++rejections_;
        slack_.heard(exchange->call, *answer, moment());
    }
    co_return std::move(*exchange->result);
}

// A slow Slack has done what it was asked for before it takes its time, or does it after that.
Task<> FakeSlackClient::travel(std::shared_ptr<Exchange> exchange) {
    co_await clock_.pause(exchange->there);
    auto kind = exchange->trouble.kind;
    if (kind == Kind::reset_before) {
        exchange->result = ambiguous("connection reset");
        exchange->is_back.ring();
        co_return;
    }
    auto done_late = exchange->at_slack > 0ms && random_.chance(0.5);
    if (done_late) co_await clock_.pause(exchange->at_slack);
    auto answer = slack_.arrived(exchange->call, moment(), exchange->trouble);
    if (!done_late && exchange->at_slack > 0ms) co_await clock_.pause(exchange->at_slack);
    if (kind == Kind::answer_lost) co_return;
    co_await clock_.pause(exchange->back);
    if (kind == Kind::reset_after)
        exchange->result = ambiguous("connection reset");
    else
        exchange->result = std::move(answer);
    exchange->is_back.ring();
}

}  // namespace muster::fake_slack
