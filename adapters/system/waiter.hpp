#pragma once

#include <memory>

#include "bot/domain/instant.hpp"
#include "bot/ports/task.hpp"

namespace muster {

// One wait of one coroutine, ended by time or by wake(); cancellation ends it with
// operation_aborted.
class Waiter {
public:
    explicit Waiter(boost::asio::any_io_executor loop);
    ~Waiter();

    // A wait that has begun or will begin returns at once.
    void wake();

    Task<> wait();
    Task<> wait_for(milliseconds length);

private:
    struct Timer;

    Task<> wait_armed();

    std::unique_ptr<Timer> timer_;
    bool woken_ = false;
};

}  // namespace muster
