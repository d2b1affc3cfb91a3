#pragma once

#include <memory>

#include "bot/ports/clock.hpp"
#include "bot/ports/http_client.hpp"
#include "bot/ports/task_group.hpp"
#include "tests/fakes/slack/fake_slack.hpp"

namespace muster::fake_slack {

// The way from the bot to FakeSlack, on the bot's clock: it takes time, and calls get into trouble
// on it. What was sent arrives, also when the caller has gone away meanwhile.
class FakeSlackClient final : public HttpClient {
public:
    // Everything must outlive the last task of `afterwards`, which runs what happens at Slack.
    FakeSlackClient(FakeSlack& slack, Clock& clock, TaskGroup& afterwards, sim::Random random);

    Task<HttpResult> call(HttpCall call) override;

    Troubles& troubles() { return troubles_; }

    // Called at the beginning of each call; may throw, as if the caller had ended.
    void on_call(std::function<void(const HttpCall&)> listener) { on_call_ = std::move(listener); }

    int calls() const { return calls_; }

    // Those that were told to come again later.
    int rejections() const { return rejections_; }

private:
    struct Exchange;

    Moment moment() const { return {clock_.now(), clock_.steady_now()}; }

    Task<> travel(std::shared_ptr<Exchange> exchange);

    FakeSlack& slack_;
    Clock& clock_;
    TaskGroup& afterwards_;
    sim::Random random_;
    Troubles troubles_;
    std::function<void(const HttpCall&)> on_call_;
    int calls_ = 0;
    int rejections_ = 0;
};

}  // namespace muster::fake_slack
