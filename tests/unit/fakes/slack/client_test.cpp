#include "tests/fakes/slack/client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "adapters/system/virtual_clock.hpp"
#include "tests/unit/fakes/slack/fake_slack_story.hpp"

namespace muster::fake_slack {
namespace {

class FakeSlackWay : public FakeSlackStory {
protected:
    ~FakeSlackWay() override {
        callers.cancel();
        at_slack.cancel();
        clock.run_until(clock.now() + 1min);
    }

    void post_to_team() {
        auto begin = [](FakeSlackWay& self, HttpCall http) -> Task<> {
            auto result = co_await self.client.call(std::move(http));
            self.took.push_back(self.clock.steady_now() - SteadyInstant{});
            self.results.push_back(std::move(result));
        };
        callers.spawn(begin(*this, a_call("chat.postMessage", a_post("C0TEAM"))));
    }

    void strike(Trouble::Kind kind, milliseconds length = 0ms) {
        client.troubles().strike_next({kind, length});
    }

    std::size_t posted() { return messages_in(slack.workspace(), "C0TEAM").size(); }

    HttpFailure::Kind failure() { return std::get<HttpFailure>(results.at(0)).kind; }

    boost::asio::io_context loop;
    VirtualClock clock{loop, now};
    TaskGroup::Failed failed = [](std::exception_ptr problem) { std::rethrow_exception(problem); };
    TaskGroup at_slack{loop.get_executor(), failed};
    TaskGroup callers{loop.get_executor(), failed};
    FakeSlackClient client{slack, clock, at_slack, sim::Random{7}};
    std::vector<HttpResult> results;
    std::vector<milliseconds> took;
};

TEST_F(FakeSlackWay, TakesTimeAndBringsTheAnswer) {
    post_to_team();
    clock.run_until(now + 1s);
    ASSERT_THAT(results, SizeIs(1));
    EXPECT_EQ(std::get<HttpAnswer>(results[0]).status, 200);
    EXPECT_GT(took[0], 0ms);
    EXPECT_EQ(posted(), 1U);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackWay, FailsBeforeAnythingIsSent) {
    strike(Trouble::Kind::not_connected);
    post_to_team();
    clock.run_until(now + 1s);
    EXPECT_EQ(failure(), HttpFailure::Kind::not_sent);
    EXPECT_EQ(posted(), 0U);
}

TEST_F(FakeSlackWay, BreaksBeforeOrAfterTheDeedWhichTheCallerCannotTell) {
    strike(Trouble::Kind::reset_before);
    post_to_team();
    clock.run_until(now + 1s);
    EXPECT_EQ(failure(), HttpFailure::Kind::ambiguous);
    EXPECT_EQ(posted(), 0U);
    results.clear();
    strike(Trouble::Kind::reset_after);
    post_to_team();
    clock.run_until(now + 2s);
    EXPECT_EQ(failure(), HttpFailure::Kind::ambiguous);
    EXPECT_EQ(posted(), 1U);
}

TEST_F(FakeSlackWay, LosesTheAnswerAndTheCallerWaitsTenSeconds) {
    strike(Trouble::Kind::answer_lost);
    post_to_team();
    clock.run_until(now + 9'999ms);
    EXPECT_THAT(results, IsEmpty());
    clock.run_until(now + 10s);
    EXPECT_EQ(failure(), HttpFailure::Kind::ambiguous);
    EXPECT_EQ(posted(), 1U);
}

TEST_F(FakeSlackWay, IsSlowAndSlackActsAllTheSame) {
    strike(Trouble::Kind::slow, 25s);
    post_to_team();
    clock.run_until(now + 10s);
    EXPECT_EQ(failure(), HttpFailure::Kind::ambiguous);
    clock.run_until(now + 30s);
    EXPECT_EQ(posted(), 1U);
}

TEST_F(FakeSlackWay, ArrivesWhenTheCallerHasGone) {
    post_to_team();
    clock.run_until(now + 1ms);
    callers.cancel();
    clock.run_until(now + 1s);
    EXPECT_THAT(results, IsEmpty());
    EXPECT_EQ(posted(), 1U);
}

TEST_F(FakeSlackWay, TellsTheCallerOfALimitOnlyWhenTheAnswerIsBack) {
    strike(Trouble::Kind::rate_limited, 20s);
    post_to_team();
    clock.run_until(now + 1ms);
    post_to_team();
    clock.run_until(now + 1s);
    EXPECT_THAT(violations(), IsEmpty());
    post_to_team();
    clock.run_until(now + 2s);
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("Retry-After")));
}

TEST_F(FakeSlackWay, IsTheSameForTheSameSeed) {
    auto history_of = [&](std::uint64_t seed) {
        FakeSlackClient other{slack, clock, at_slack, sim::Random{seed}};
        other.troubles().happen(Trouble::Kind::reset_after, 0.3);
        std::string history;
        auto begin = [](FakeSlackClient& way, HttpCall http, std::string& into) -> Task<> {
            auto result = co_await way.call(std::move(http));
            into += std::holds_alternative<HttpAnswer>(result) ? 'a' : 'f';
        };
        for (int number = 0; number < 30; ++number) {
            callers.spawn(begin(other, a_call("auth.test", {}), history));
            clock.run_until(clock.now() + 5s);
        }
        return history;
    };
    auto first = history_of(3);
    EXPECT_EQ(history_of(3), first);
    EXPECT_NE(history_of(4), first);
}

}  // namespace
}  // namespace muster::fake_slack
