#include "adapters/system/waiter.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace muster {

namespace asio = boost::asio;

struct Waiter::Timer {
    asio::steady_timer steady;
};

Waiter::Waiter(asio::any_io_executor loop)
    : timer_(new Timer{asio::steady_timer{std::move(loop)}}) {}

Waiter::~Waiter() = default;

void Waiter::wake() {
    woken_ = true;
    timer_->steady.cancel();
}

Task<> Waiter::wait() {
    timer_->steady.expires_at(asio::steady_timer::time_point::max());
    co_await wait_armed();
}

Task<> Waiter::wait_for(milliseconds length) {
    timer_->steady.expires_after(length);
    co_await wait_armed();
}

Task<> Waiter::wait_armed() {
    if (woken_) co_return;
    auto quietly = asio::as_tuple(asio::use_awaitable);
    auto [error] = co_await timer_->steady.async_wait(quietly);
    if (error && !woken_) throw boost::system::system_error(error);
}

}  // namespace muster
