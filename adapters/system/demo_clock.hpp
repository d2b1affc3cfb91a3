#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <set>

#include "bot/ports/clock.hpp"

namespace muster {

// Another clock's time plus an offset that only grows, so that a newcomer can see tomorrow today.
// The offset lies in a small file beside the database and outlives the process, as the database
// does.
class DemoClock : public Clock {
public:
    // The instant of the next timer, if there is any.
    using NextTimer = std::function<Task<std::optional<Instant>>()>;

    // Resumes when every queue is idle.
    using Settled = std::function<Task<>()>;

    // Reads the offset; a missing file means none. Throws std::runtime_error when the file is
    // broken. `base` must outlive the clock.
    DemoClock(Clock& base, std::filesystem::path offset_file);

    // A jump is time that passed, on both clocks; not a wall clock that was set.
    Instant now() const override;
    SteadyInstant steady_now() const override;
    Task<> sleep_until(Instant when, Bell& bell) override;
    Task<> pause(milliseconds length) override;
    Task<> pause(milliseconds length, Bell& bell) override;

    milliseconds offset() const { return offset_; }

    // Stores the offset, then wakes all sleepers to look again. Throws std::invalid_argument when
    // it would shrink, std::system_error when it cannot be stored; the time is then unchanged.
    void set_offset(milliseconds offset);

    // Moves to each next timer up to `target`, lets everything settle there, and goes on; so a jump
    // over a week does what the week would have done. Throws std::runtime_error when a timer that
    // is due does not go away. One jump at a time.
    Task<> jump_to(Instant target, NextTimer next, Settled settled);

private:
    void move_to(Instant when);

    Clock& base_;
    std::filesystem::path file_;
    milliseconds offset_{0};
    std::set<Bell*> sleepers_;
};

}  // namespace muster
