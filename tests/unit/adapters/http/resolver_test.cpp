#include "adapters/http/resolver.hpp"

#include <future>
#include <map>
#include <mutex>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_future.hpp>
#include <gmock/gmock.h>

#include "adapters/system/system_clock.hpp"

namespace muster::http {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

// Goes on when the test says so.
class ClockInHand : public SystemClock {
public:
    using SystemClock::SystemClock;

    SteadyInstant steady_now() const override { return SteadyInstant{passed}; }

    milliseconds passed{1h};
};

class ResolverTest : public testing::Test {
protected:
    ResolverTest() {
        auto look_up = [this](const std::string& host) {
            std::unique_lock lock{guard};
            ++lookups;
            released.wait(lock, [this] { return !is_held; });
            return names[host];
        };
        resolver.emplace(loop.get_executor(), clock, look_up);
    }

    ~ResolverTest() override {
        release();
        run(resolver->stop());
    }

    template <class T>
    T run(Task<T> task) {
        auto result = boost::asio::co_spawn(loop, std::move(task), boost::asio::use_future);
        loop.restart();
        while (result.wait_for(0s) != std::future_status::ready)
            loop.run_one();
        return result.get();
    }

    auto in(milliseconds time) { return boost::asio::steady_timer{loop, time}.expiry(); }

    Addresses addresses_of(std::string host) {
        return run(resolver->addresses_of(std::move(host), in(60s)));
    }

    void hold() {
        std::lock_guard lock{guard};
        is_held = true;
    }

    void release() {
        std::lock_guard lock{guard};
        is_held = false;
        released.notify_all();
    }

    std::mutex guard;
    std::condition_variable released;
    bool is_held = false;
    std::atomic<int> lookups = 0;
    std::map<std::string, Addresses> names{{"slack.test", {"192.0.2.1", "192.0.2.2"}}};

    boost::asio::io_context loop{1};
    ClockInHand clock{loop.get_executor()};
    std::optional<Resolver> resolver;
};

TEST_F(ResolverTest, AsksOnceAMinute) {
    EXPECT_THAT(addresses_of("slack.test"), ElementsAre("192.0.2.1", "192.0.2.2"));
    clock.passed += 59s;
    EXPECT_THAT(addresses_of("slack.test"), ElementsAre("192.0.2.1", "192.0.2.2"));
    EXPECT_EQ(lookups, 1);
    names["slack.test"] = {"192.0.2.3"};
    clock.passed += 1s;
    EXPECT_THAT(addresses_of("slack.test"), ElementsAre("192.0.2.3"));
    EXPECT_EQ(lookups, 2);
}

TEST_F(ResolverTest, LetsTheFamiliesTakeTurns) {
    names["both.test"] = {"2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1", "192.0.2.2"};
    EXPECT_THAT(
        addresses_of("both.test"),
        ElementsAre("2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "2001:db8::3")
    );
}

TEST_F(ResolverTest, AsksAgainWhenTheAnswerIsDoubted) {
    addresses_of("slack.test");
    names["slack.test"] = {"192.0.2.3"};
    resolver->doubt("slack.test");
    resolver->doubt("unknown.test");
    EXPECT_THAT(addresses_of("slack.test"), ElementsAre("192.0.2.3"));
}

TEST_F(ResolverTest, RemembersNoFailure) {
    EXPECT_THAT(addresses_of("new.test"), IsEmpty());
    names["new.test"] = {"192.0.2.4"};
    EXPECT_THAT(addresses_of("new.test"), ElementsAre("192.0.2.4"));
}

TEST_F(ResolverTest, AsksOnceForAllWhoWait) {
    hold();
    std::vector<std::future<Addresses>> waiting;
    for (int count = 0; count < 3; ++count)
        waiting.push_back(boost::asio::co_spawn(
            loop, resolver->addresses_of("slack.test", in(60s)), boost::asio::use_future
        ));
    loop.poll();
    release();
    EXPECT_EQ(addresses_of("slack.test").size(), 2U);
    for (auto& result : waiting) {
        while (result.wait_for(0s) != std::future_status::ready)
            loop.run_one();
        EXPECT_EQ(result.get().size(), 2U);
    }
    EXPECT_EQ(lookups, 1);
}

TEST_F(ResolverTest, WaitsNoLongerThanItMay) {
    hold();
    EXPECT_THAT(run(resolver->addresses_of("slack.test", in(10ms))), IsEmpty());
}

TEST_F(ResolverTest, KeepsWhatItKnowsWhileNobodyAnswers) {
    addresses_of("slack.test");
    names.clear();
    clock.passed += 59min;
    EXPECT_THAT(addresses_of("slack.test"), ElementsAre("192.0.2.1", "192.0.2.2"));
    EXPECT_THAT(addresses_of("slack.test"), ElementsAre("192.0.2.1", "192.0.2.2"));
    EXPECT_EQ(lookups, 2);
    clock.passed += 1min;
    EXPECT_THAT(addresses_of("slack.test"), IsEmpty());
}

TEST_F(ResolverTest, KeepsWhatItKnowsWhileTheAnswerTakesLong) {
    addresses_of("slack.test");
    clock.passed += 1min;
    hold();
    EXPECT_THAT(
        run(resolver->addresses_of("slack.test", in(10ms))), ElementsAre("192.0.2.1", "192.0.2.2")
    );
}

TEST_F(ResolverTest, AsksForSoManyHostsAtATimeAndNoMore) {
    hold();
    for (int count = 0; count < 256; ++count)
        run(resolver->addresses_of("host" + std::to_string(count) + ".test", in(0ms)));
    names["host256.test"] = {"192.0.2.5"};
    EXPECT_THAT(addresses_of("host256.test"), IsEmpty());
    release();
    while (lookups < 256)
        loop.run_one();
    while (addresses_of("host256.test").empty()) {
    }
    EXPECT_LE(lookups, 257);
}

TEST_F(ResolverTest, LetsGoOfAllWhoWaitWhenItStops) {
    hold();
    auto running = boost::asio::co_spawn(
        loop, resolver->addresses_of("slack.test", in(60s)), boost::asio::use_future
    );
    auto queued = boost::asio::co_spawn(
        loop, resolver->addresses_of("other.test", in(60s)), boost::asio::use_future
    );
    loop.poll();
    while (lookups < 1)
        std::this_thread::yield();
    auto stopped = boost::asio::co_spawn(loop, resolver->stop(), boost::asio::use_future);
    loop.poll();
    EXPECT_THAT(running.get(), IsEmpty());
    EXPECT_THAT(queued.get(), IsEmpty());
    EXPECT_NE(stopped.wait_for(0s), std::future_status::ready);

    release();
    while (stopped.wait_for(0s) != std::future_status::ready)
        loop.run_one();
    EXPECT_EQ(lookups, 1);
    EXPECT_THAT(addresses_of("slack.test"), IsEmpty());
}

TEST_F(ResolverTest, SurvivesALookupThatThrows) {
    auto fail = [](const std::string&) -> Addresses { throw std::runtime_error("no memory"); };
    Resolver failing{loop.get_executor(), clock, fail};
    EXPECT_THAT(run(failing.addresses_of("slack.test", in(60s))), IsEmpty());
    run(failing.stop());
}

TEST(SystemAddresses, KnowThisMachine) {
    EXPECT_THAT(system_addresses("localhost"), Contains("127.0.0.1"));
}

}  // namespace
}  // namespace muster::http
