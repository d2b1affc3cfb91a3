#include "adapters/system/side_thread.hpp"

#include <stdexcept>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

namespace muster {
namespace {

class SideThreadStory : public testing::Test {
protected:
    // Where it was resumed after the work was done, or what the work threw.
    std::thread::id resumed_after(std::function<void()> work) {
        auto begin = [](SideThread& side, std::function<void()> asked) -> Task<std::thread::id> {
            co_await side.run(std::move(asked));
            co_return std::this_thread::get_id();
        };
        auto task = begin(side_, std::move(work));
        auto result = boost::asio::co_spawn(loop_, std::move(task), boost::asio::use_future);
        loop_.restart();
        loop_.run();
        return result.get();
    }

private:
    boost::asio::io_context loop_;
    SideThread side_;
};

TEST_F(SideThreadStory, WorksThereAndGoesOnHere) {
    std::thread::id there;
    auto here = resumed_after([&] { there = std::this_thread::get_id(); });

    EXPECT_EQ(here, std::this_thread::get_id());
    EXPECT_NE(there, std::thread::id{});
    EXPECT_NE(there, here);
}

TEST_F(SideThreadStory, BringsBackWhatTheWorkThrew) {
    auto fail = [] { throw std::runtime_error("no disk"); };

    EXPECT_THROW(resumed_after(fail), std::runtime_error);
    resumed_after([] {});
}

}  // namespace
}  // namespace muster
