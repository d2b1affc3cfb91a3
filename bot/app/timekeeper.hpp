#pragma once

#include <map>

#include "bot/ports/clock.hpp"
#include "bot/ports/entropy.hpp"
#include "bot/ports/log.hpp"
#include "bot/ports/metrics.hpp"
#include "bot/ports/task_group.hpp"
#include "storage/store.hpp"

namespace muster {

// Wakes at the earliest timer and fires everything due.
//
// Timers survive restarts: one found late is fired late, and the ceremony decides whether a late
// prompt is still worth sending. A wall clock that jumped is noticed: scheduling holds for a
// minute, and the jump counts as downtime.
class Timekeeper {
public:
    // Everything must outlive run(); `fires` runs the writes of one batch, which share a commit.
    Timekeeper(
        Store& store, Clock& clock, Entropy& entropy, Log& log, Metrics& metrics, TaskGroup& fires
    );

    // Runs until cancelled.
    Task<> run();

    // A write may have added an earlier timer: look again. From the loop only.
    void look_again() { bell_.ring(); }

    // Asleep, with nothing due.
    bool is_idle() const { return idle_; }

private:
    Task<int> fire_due();
    Task<> fire(Timer timer);
    Task<> postpone(Timer timer, std::string error);
    Task<> notice_a_jump();
    void raise_alarms(const std::vector<Event>& events);

    Store& store_;
    Clock& clock_;
    Entropy& entropy_;
    Log& log_;
    Metrics& metrics_;
    TaskGroup& fires_;
    Bell bell_;
    bool idle_ = false;
    Instant last_look_{};
    SteadyInstant last_steady_{};
    std::map<std::pair<TimerKind, std::int64_t>, int> failures_;
};

}  // namespace muster
