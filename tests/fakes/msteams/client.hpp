#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "bot/ports/clock.hpp"
#include "bot/ports/http_client.hpp"
#include "bot/ports/task_group.hpp"
#include "tests/fakes/msteams/fake_teams.hpp"
#include "tests/fakes/random.hpp"

namespace muster::fake_teams {

// What may go wrong with one call.
enum class Trouble {
    none,
    throttled,      // 429, nothing is done
    failed,         // 503, nothing is done, which the caller cannot know
    bad_gateway,    // 502, but it is done
    reset_before,   // nothing is done, which the caller cannot know
    reset_after,    // it is done, which the caller cannot know
    not_connected,  // nothing was sent
    slow,           // answered after some seconds
};

// The way from the bot to FakeTeams, on the bot's clock: it takes time, and calls get into trouble
// on it. What was sent arrives, also when the caller has gone away meanwhile.
class FakeTeamsClient final : public HttpClient {
public:
    // Everything must outlive the last task of `afterwards`, which runs what happens at Microsoft.
    FakeTeamsClient(FakeTeams& teams, Clock& clock, TaskGroup& afterwards, sim::Random random)
        : teams_(teams), clock_(clock), afterwards_(afterwards), random_(random) {}

    Task<HttpResult> call(HttpCall call) override;

    // The next calls of the Connector, in turn.
    void strike_next(Trouble trouble) { planned_.push_back(trouble); }

    // So many of all calls of the Connector that change something, from 0 to 1.
    void happen(double rate) { rate_ = rate; }

    // Called at the beginning of each call; may throw, as if the caller had ended.
    void on_call(std::function<void(const HttpCall&)> listener) { on_call_ = std::move(listener); }

    int calls() const { return calls_; }

private:
    struct Exchange;

    Task<> travel(std::shared_ptr<Exchange> exchange);
    Trouble trouble_of(const HttpCall& call);

    FakeTeams& teams_;
    Clock& clock_;
    TaskGroup& afterwards_;
    sim::Random random_;
    std::deque<Trouble> planned_;
    double rate_ = 0;
    std::function<void(const HttpCall&)> on_call_;
    int calls_ = 0;
};

}  // namespace muster::fake_teams
