#pragma once

#include <memory>

#include "bot/ports/clock.hpp"

namespace boost::asio {
class io_context;
}

namespace muster {

// Time that moves only when run_until() says so: the whole program runs on one loop, in one order,
// and a year passes in seconds. Not to be used from several threads.
class VirtualClock : public Clock {
public:
    // `loop` must outlive the clock's last call. More than `most_wakes` at one instant is a
    // livelock.
    VirtualClock(boost::asio::io_context& loop, Instant start, std::size_t most_wakes = 100'000);

    Instant now() const override;
    SteadyInstant steady_now() const override;
    Task<> sleep_until(Instant when, Bell& bell) override;
    Task<> pause(milliseconds length) override;
    Task<> pause(milliseconds length, Bell& bell) override;

    // Lets the loop settle, moves to the earliest sleeper, wakes exactly that one, and so on: by
    // instant, then in order of arrival. At the end now() is `limit`, or still later if it was.
    // Throws std::runtime_error on a livelock. Not from within the loop.
    void run_until(Instant limit);

    // Somebody set the wall clock, forwards or backwards. Sleepers wake by the new wall time,
    // pauses and steady_now() know nothing of it.
    void step(milliseconds by);

private:
    struct Sleepers;

    Task<> sleep(bool by_wall, milliseconds due, Bell* bell);
    void settle();

    boost::asio::io_context& loop_;
    std::shared_ptr<Sleepers> sleepers_;  // shared with the sleeping coroutines, which may go last
};

}  // namespace muster
