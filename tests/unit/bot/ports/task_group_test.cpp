#include "bot/ports/task_group.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

namespace muster {
namespace {

namespace asio = boost::asio;

class TaskGroupTest : public testing::Test {
protected:
    void turn() {
        loop.restart();
        loop.poll();
    }

    Task<> note(std::string word) {
        log.push_back(word);
        co_return;
    }

    Task<> sleep_for_ever(std::string name) {
        asio::steady_timer timer{loop, asio::steady_timer::time_point::max()};
        try {
            co_await timer.async_wait(asio::use_awaitable);
        } catch (const boost::system::system_error&) {
            log.push_back(name + " was cancelled");
            throw;
        }
    }

    Task<> take_a_turn(std::string name) {
        co_await asio::post(loop, asio::use_awaitable);
        log.push_back(name);
    }

    Task<> fail(std::string why) {
        throw std::runtime_error(why);
        co_return;
    }

    Task<> join_and_note() {
        co_await group.join();
        log.push_back("joined");
    }

    void remember(const std::exception_ptr& failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log.push_back(std::string("failed: ") + error.what());
        }
    }

    using Log = std::vector<std::string>;

    Log log;
    asio::io_context loop{1};
    TaskGroup group{loop.get_executor(), [this](const std::exception_ptr& f) { remember(f); }};
};

TEST_F(TaskGroupTest, StartsAChildAtTheNextTurnAndForgetsItWhenItHasEnded) {
    auto spawner = [this]() -> Task<> {
        group.spawn(note("child"));
        log.push_back("spawner goes on");
        co_return;
    };
    asio::co_spawn(loop, spawner, asio::detached);
    turn();

    EXPECT_EQ(log, (Log{"spawner goes on", "child"}));
    EXPECT_EQ(group.size(), 0U);
}

TEST_F(TaskGroupTest, JoinWaitsForTheLastChild) {
    group.spawn(take_a_turn("one"));
    group.spawn(take_a_turn("two"));
    asio::co_spawn(loop, join_and_note(), asio::detached);
    turn();

    EXPECT_EQ(log, (Log{"one", "two", "joined"}));
}

TEST_F(TaskGroupTest, JoinOfAnEmptyGroupReturns) {
    asio::co_spawn(loop, join_and_note(), asio::detached);
    turn();

    EXPECT_EQ(log, Log{"joined"});
}

TEST_F(TaskGroupTest, CancelEndsEveryChildAndIsNoFailure) {
    group.spawn(sleep_for_ever("one"));
    group.spawn(sleep_for_ever("two"));
    asio::co_spawn(loop, join_and_note(), asio::detached);
    turn();
    ASSERT_EQ(group.size(), 2U);

    group.cancel();
    turn();

    ASSERT_EQ(log.size(), 3U);
    EXPECT_EQ(log.back(), "joined");
    EXPECT_EQ(group.size(), 0U);
}

TEST_F(TaskGroupTest, AChildCancelledBeforeItsFirstTurnNeverStarts) {
    group.spawn(note("started"));
    group.cancel();
    turn();

    EXPECT_EQ(log, Log{});
    EXPECT_EQ(group.size(), 0U);
}

TEST_F(TaskGroupTest, AChildOfACancelledGroupIsCancelledAtOnce) {
    group.cancel();
    group.spawn(sleep_for_ever("late comer"));
    turn();

    EXPECT_EQ(group.size(), 0U);
}

TEST_F(TaskGroupTest, JoinWaitsEvenWhenItsCallerIsCancelled) {
    TaskGroup outer{loop.get_executor(), [this](const std::exception_ptr& f) { remember(f); }};
    group.spawn(sleep_for_ever("child"));
    outer.spawn(join_and_note());
    turn();

    outer.cancel();
    turn();
    EXPECT_EQ(log, Log{});

    group.cancel();
    turn();
    EXPECT_EQ(log, (Log{"child was cancelled", "joined"}));
    EXPECT_EQ(outer.size(), 0U);
}

TEST_F(TaskGroupTest, HandsAnEscapedExceptionToTheOwnerAndKeepsTheOthers) {
    group.spawn(fail("no luck"));
    group.spawn(take_a_turn("other"));
    turn();

    EXPECT_EQ(log, (Log{"failed: no luck", "other"}));
}

TEST_F(TaskGroupTest, LetsTheOwnerStopTheLoop) {
    auto stop = [](const std::exception_ptr& failure) { std::rethrow_exception(failure); };
    TaskGroup strict{loop.get_executor(), stop};
    strict.spawn(fail("cannot go on"));

    EXPECT_THROW(turn(), std::runtime_error);
    EXPECT_EQ(strict.size(), 0U);
}

#ifndef NDEBUG
TEST(TaskGroupDeathTest, MayNotGoBeforeItsChildren) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    auto forget_to_join = [] {
        asio::io_context loop{1};
        auto child = [&loop]() -> Task<> {
            asio::steady_timer timer{loop, asio::steady_timer::time_point::max()};
            co_await timer.async_wait(asio::use_awaitable);
        };
        TaskGroup group{loop.get_executor(), [](const std::exception_ptr&) {}};
        group.spawn(child());
        loop.poll();
    };
    EXPECT_DEATH(forget_to_join(), "join");
}
#endif

}  // namespace
}  // namespace muster
