#include "bot/app/sign_of_life.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/system/virtual_clock.hpp"
#include "bot/ports/measures.hpp"
#include "bot/ports/task_group.hpp"
#include "tests/unit/bot/ports/measured.hpp"

namespace muster {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string address = "https://alarms.example/ping/1234-secret";

// Says what it was told to say, whatever it is asked.
class ScriptedClient final : public HttpClient {
public:
    explicit ScriptedClient(Clock& clock) : clock_(clock) {}

    Task<HttpResult> call(HttpCall call) override {
        calls.push_back({call, clock_.now()});
        co_await clock_.pause(length);
        co_return result;
    }

    struct Seen {
        HttpCall call;
        Instant at;
    };

    HttpResult result = HttpAnswer{200, {}, "ok"};
    milliseconds length{0};
    std::vector<Seen> calls;

private:
    Clock& clock_;
};

class LinesLog final : public Log {
public:
    void write(Severity, std::string_view event, const Fields& fields) override {
        lines.emplace_back(event);
        for (const auto& [name, value] : fields)
            lines.back() += " " + value;
    }

    std::vector<std::string> lines;
};

class SignOfLifeStory : public testing::Test {
protected:
    ~SignOfLifeStory() override {
        tasks.cancel();
        pass(0s);
    }

    void start() { tasks.spawn(sign.run()); }

    void pass(milliseconds length) { clock.run_until(clock.now() + length); }

    void answer(int status) { client.result = HttpAnswer{status, {}, ""}; }

    double counted(const char* outcome) const {
        return value_of(metrics, measures::heartbeats, {outcome});
    }

    boost::asio::io_context loop;
    VirtualClock clock{loop, *instant_from("2026-11-23T09:00:00.000Z")};
    ScriptedClient client{clock};
    LinesLog log;
    Metrics metrics;
    bool is_ready = true;
    SignOfLife sign{
        client, clock, log, metrics, address, [this]() -> Task<bool> { co_return is_ready; }};
    TaskGroup tasks{
        loop.get_executor(), [](std::exception_ptr problem) { std::rethrow_exception(problem); }};
};

TEST_F(SignOfLifeStory, IsGivenAtOnceAndThenEachMinute) {
    start();
    pass(5min + 1s);

    ASSERT_EQ(client.calls.size(), 6U);
    EXPECT_EQ(client.calls[5].at - client.calls[4].at, 1min);
    EXPECT_EQ(client.calls[0].call.method, "GET");
    EXPECT_EQ(client.calls[0].call.url, address);
    EXPECT_THAT(client.calls[0].call.body, IsEmpty());
    EXPECT_TRUE(client.calls[0].call.may_repeat);
    EXPECT_EQ(counted("heard"), 6);
    EXPECT_THAT(log.lines, IsEmpty());
}

TEST_F(SignOfLifeStory, IsNotGivenByABotThatIsNotReady) {
    is_ready = false;
    start();
    pass(2min + 1s);
    EXPECT_THAT(client.calls, IsEmpty());
    EXPECT_EQ(counted("not_ready"), 3);

    is_ready = true;
    pass(1min);
    EXPECT_EQ(client.calls.size(), 1U);
}

TEST_F(SignOfLifeStory, TellsOnceThatNobodyHearsItAndOnceThatSomebodyDoesAgain) {
    client.result = HttpFailure{HttpFailure::Kind::not_sent, "could not connect"};
    start();
    pass(5min + 1s);
    EXPECT_EQ(client.calls.size(), 6U) << "it does not give up";
    EXPECT_THAT(log.lines, ElementsAre("heartbeat.not_heard could not connect"));
    EXPECT_EQ(counted("not_heard"), 6);

    answer(200);
    pass(5min);
    EXPECT_THAT(
        log.lines, ElementsAre("heartbeat.not_heard could not connect", "heartbeat.heard_again")
    );

    answer(503);
    pass(5min);
    EXPECT_EQ(log.lines.back(), "heartbeat.not_heard status 503");
    EXPECT_THAT(log.lines, Each(Not(HasSubstr("secret"))));
}

TEST_F(SignOfLifeStory, TakesNoDetourForAnAnswer) {
    answer(302);
    start();
    pass(1s);
    EXPECT_THAT(log.lines, ElementsAre("heartbeat.not_heard status 302"));
}

TEST_F(SignOfLifeStory, MakesOneCallAtATimeHoweverLongItTakes) {
    client.length = 10s;
    start();
    pass(10min);
    EXPECT_EQ(client.calls.size(), 9U) << "a minute after the end of the last";
}

}  // namespace
}  // namespace muster
