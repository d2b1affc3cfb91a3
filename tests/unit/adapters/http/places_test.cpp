#include "adapters/http/places.hpp"

#include <array>
#include <future>
#include <list>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

namespace muster::http {
namespace {

using namespace std::chrono_literals;

class PlacesTest : public testing::Test {
protected:
    using Entry = std::future<std::unique_ptr<Place>>;

    Entry enter(const std::string& host, std::chrono::milliseconds time = 60s) {
        auto until = boost::asio::steady_timer{loop, time}.expiry();
        auto entry = boost::asio::co_spawn(
            loop,
            places.enter(host, until),
            boost::asio::bind_cancellation_slot(
                cancels.emplace_back().slot(), boost::asio::use_future
            )
        );
        settle();
        return entry;
    }

    void settle() {
        loop.restart();
        loop.poll();
    }

    void cancel_last() { cancels.back().emit(boost::asio::cancellation_type::terminal); }

    static bool waits(const Entry& entry) {
        return entry.wait_for(0s) != std::future_status::ready;
    }

    boost::asio::io_context loop{1};
    std::list<boost::asio::cancellation_signal> cancels;  // one for each who entered
    Places places{loop.get_executor(), 2, 3};
};

TEST_F(PlacesTest, AreFewForEachHost) {
    auto one = enter("a.test").get();
    auto two = enter("a.test").get();
    EXPECT_TRUE(one && two);
    EXPECT_EQ(places.taken("a.test"), 2U);
    EXPECT_TRUE(waits(enter("a.test")));
    EXPECT_TRUE(enter("b.test").get());
}

TEST_F(PlacesTest, GoToWhoeverWaitsLongest) {
    auto one = enter("a.test").get();
    auto two = enter("a.test").get();
    auto third = enter("a.test");
    auto fourth = enter("a.test");
    one.reset();
    auto late = enter("a.test");
    EXPECT_FALSE(waits(third));
    EXPECT_TRUE(waits(fourth));
    two.reset();
    settle();
    EXPECT_FALSE(waits(fourth));
    EXPECT_TRUE(waits(late));
    EXPECT_EQ(places.taken("a.test"), 2U);

    third.get().reset();
    settle();
    EXPECT_FALSE(waits(late));
    late.get().reset();
    fourth.get().reset();
    EXPECT_EQ(places.taken("a.test"), 0U);
}

TEST_F(PlacesTest, AreRefusedWhenTooManyWait) {
    auto one = enter("a.test").get();
    auto two = enter("a.test").get();
    std::vector<Entry> waiting;
    for (int count = 0; count < 3; ++count)
        waiting.push_back(enter("a.test"));
    EXPECT_FALSE(enter("a.test").get());
}

TEST_F(PlacesTest, AreNotWaitedForLongerThanAllowed) {
    auto one = enter("a.test").get();
    auto two = enter("a.test").get();
    auto impatient = enter("a.test", 1ms);
    auto patient = enter("a.test");
    loop.restart();
    while (waits(impatient))
        loop.run_one();
    EXPECT_FALSE(impatient.get());
    auto others = std::array{enter("a.test"), enter("a.test")};
    EXPECT_TRUE(waits(others[1]));  // there is room in the queue again
    one.reset();
    settle();
    EXPECT_TRUE(patient.get());
}

TEST_F(PlacesTest, AreNotLostWithATaskThatIsCancelled) {
    auto one = enter("a.test").get();
    auto two = enter("a.test").get();
    auto cancelled = enter("a.test");
    cancel_last();
    settle();
    EXPECT_FALSE(waits(cancelled));

    auto granted = enter("a.test");  // and cancelled before it sees that
    one.reset();
    cancel_last();
    settle();
    auto place = granted.get();
    place.reset();
    EXPECT_EQ(places.taken("a.test"), 1U);
    EXPECT_TRUE(enter("a.test").get());
}

TEST_F(PlacesTest, AreForNobodyAnyMoreOnceClosed) {
    auto one = enter("a.test").get();
    auto two = enter("a.test").get();
    auto waiting = enter("a.test");
    places.close();
    settle();
    EXPECT_FALSE(waiting.get());
    EXPECT_FALSE(enter("b.test").get());
    one.reset();
    two.reset();
    EXPECT_EQ(places.taken("a.test"), 0U);
}

}  // namespace
}  // namespace muster::http
