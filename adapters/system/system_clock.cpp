#include "adapters/system/system_clock.hpp"

#include <algorithm>

#include "adapters/system/bell_watch.hpp"
#include "adapters/system/waiter.hpp"

namespace muster {
namespace {

constexpr milliseconds longest_slice = 30s;

}  // namespace

Instant SystemClock::now() const {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

SteadyInstant SystemClock::steady_now() const {
    return std::chrono::floor<milliseconds>(std::chrono::steady_clock::now());
}

Task<> SystemClock::sleep_until(Instant when, Bell& bell) {
    while (!bell.take() && now() < when) {
        Waiter slice{loop_};
        BellWatch watch{bell, [&] { slice.wake(); }};
        co_await slice.wait_for(std::min(when - now(), longest_slice));
    }
}

Task<> SystemClock::pause(milliseconds length) {
    Waiter waiter{loop_};
    co_await waiter.wait_for(length);
}

Task<> SystemClock::pause(milliseconds length, Bell& bell) {
    if (bell.take()) co_return;
    Waiter waiter{loop_};
    BellWatch watch{bell, [&] { waiter.wake(); }};
    co_await waiter.wait_for(length);
    bell.take();
}

}  // namespace muster
