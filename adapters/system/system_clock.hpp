#pragma once

#include "bot/ports/clock.hpp"

namespace muster {

// The machine's own time.
class SystemClock : public Clock {
public:
    using Executor = boost::asio::any_io_executor;

    explicit SystemClock(Executor loop) : loop_(std::move(loop)) {}

    Instant now() const override;
    SteadyInstant steady_now() const override;

    // Sleeps in slices of at most 30 s and looks at the wall again after each, because a timer of
    // the loop counts steady time: it knows nothing of a stepped wall clock or a suspended machine.
    Task<> sleep_until(Instant when, Bell& bell) override;
    Task<> pause(milliseconds length) override;
    Task<> pause(milliseconds length, Bell& bell) override;

private:
    Executor loop_;
};

}  // namespace muster
