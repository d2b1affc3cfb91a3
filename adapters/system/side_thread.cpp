#include "adapters/system/side_thread.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace muster {

struct SideThread::Pool {
    boost::asio::thread_pool threads{1};
};

namespace {

Task<> do_there(std::function<void()> work) {
    work();
    co_return;
}

}  // namespace

SideThread::SideThread() : pool_(std::make_unique<Pool>()) {}

SideThread::~SideThread() {
    pool_->threads.join();
}

Task<> SideThread::run(std::function<void()> work) {
    auto there = do_there(std::move(work));
    co_await boost::asio::co_spawn(pool_->threads, std::move(there), boost::asio::use_awaitable);
}

}  // namespace muster
