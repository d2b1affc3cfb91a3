#include "adapters/system/virtual_clock.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

#include <boost/asio/io_context.hpp>

#include "adapters/system/bell_watch.hpp"
#include "adapters/system/waiter.hpp"

namespace muster {
namespace {

struct Place {
    milliseconds due;  // since the epoch of its own clock, wall or steady
    std::uint64_t arrival;

    auto operator<=>(const Place&) const = default;
};

using Queue = std::map<Place, Waiter*>;

// A place in a queue for as long as the sleep lasts, however it ends.
class Queued {
public:
    Queued(Queue& queue, Place place, Waiter& waiter) : queue_(queue), place_(place) {
        queue_.emplace(place, &waiter);
    }

    ~Queued() { queue_.erase(place_); }

    Queued(const Queued&) = delete;
    Queued& operator=(const Queued&) = delete;

private:
    Queue& queue_;
    Place place_;
};

}  // namespace

struct VirtualClock::Sleepers {
    Instant wall() const { return Instant{steady + wall_ahead}; }

    void count_wake() {
        if (steady != counted_at) wakes = 0;
        counted_at = steady;
        if (++wakes > most_wakes)
            throw std::runtime_error(
                "virtual time stands still at " + to_text(wall()) + ": more than " +
                std::to_string(most_wakes) + " wake-ups at one instant"
            );
    }

    // The steady time at which the next sleeper is due, if it is not later than `limit` on the
    // wall.
    Queue* earliest(Instant limit) {
        auto last = std::max(limit, wall()).time_since_epoch() - wall_ahead;
        Queue* first = nullptr;
        auto before = [this](Queue& one, Queue& other) {
            return std::pair{due_of(one), one.begin()->first.arrival} <
                   std::pair{due_of(other), other.begin()->first.arrival};
        };
        for (auto* queue : {&by_wall, &by_steady}) {
            if (queue->empty() || due_of(*queue) > last) continue;
            if (!first || before(*queue, *first)) first = queue;
        }
        return first;
    }

    milliseconds due_of(const Queue& queue) const {
        auto due = queue.begin()->first.due;
        return &queue == &by_wall ? due - wall_ahead : due;
    }

    milliseconds steady{0};
    milliseconds wall_ahead{0};
    Queue by_wall;
    Queue by_steady;
    std::uint64_t arrivals = 0;

    std::size_t most_wakes = 0;
    std::size_t wakes = 0;
    milliseconds counted_at{0};
};

VirtualClock::VirtualClock(boost::asio::io_context& loop, Instant start, std::size_t most_wakes)
    : loop_(loop), sleepers_(std::make_shared<Sleepers>()) {
    sleepers_->wall_ahead = start.time_since_epoch();
    sleepers_->most_wakes = most_wakes;
}

Instant VirtualClock::now() const {
    return sleepers_->wall();
}

SteadyInstant VirtualClock::steady_now() const {
    return SteadyInstant{sleepers_->steady};
}

Task<> VirtualClock::sleep_until(Instant when, Bell& bell) {
    return sleep(true, when.time_since_epoch(), &bell);
}

Task<> VirtualClock::pause(milliseconds length) {
    return sleep(false, sleepers_->steady + length, nullptr);
}

Task<> VirtualClock::pause(milliseconds length, Bell& bell) {
    return sleep(false, sleepers_->steady + length, &bell);
}

Task<> VirtualClock::sleep(bool by_wall, milliseconds due, Bell* bell) {
    auto sleepers = sleepers_;
    if (bell && bell->take()) {
        sleepers->count_wake();
        co_return;
    }
    Waiter waiter{loop_.get_executor()};
    Queued queued{
        by_wall ? sleepers->by_wall : sleepers->by_steady, {due, ++sleepers->arrivals}, waiter};
    auto watch = std::optional<BellWatch>{};
    if (bell) watch.emplace(*bell, [&waiter] { waiter.wake(); });
    co_await waiter.wait();
    if (bell && bell->take()) sleepers->count_wake();
}

void VirtualClock::run_until(Instant limit) {
    settle();
    while (auto* queue = sleepers_->earliest(limit)) {
        sleepers_->steady = std::max(sleepers_->steady, sleepers_->due_of(*queue));
        sleepers_->count_wake();
        auto* waiter = queue->begin()->second;
        queue->erase(queue->begin());
        waiter->wake();
        settle();
    }
    if (now() < limit) sleepers_->steady += limit - now();
}

void VirtualClock::step(milliseconds by) {
    sleepers_->wall_ahead += by;
}

void VirtualClock::settle() {
    loop_.restart();
    loop_.poll();
}

}  // namespace muster
