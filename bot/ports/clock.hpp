#pragma once

#include "bot/domain/instant.hpp"
#include "bot/ports/bell.hpp"
#include "bot/ports/task.hpp"

namespace muster {

// The only source of time. adapters/system has the system, the demo and the virtual clock.
class Clock {
public:
    virtual ~Clock() = default;

    virtual Instant now() const = 0;

    // For durations and transport deadlines; never goes back.
    virtual SteadyInstant steady_now() const = 0;

    // Resumes at `when`, at a ring of the bell, or with operation_aborted when the task is
    // cancelled. May resume early by the clock's own reasons: the caller looks at now() again.
    virtual Task<> sleep_until(Instant when, Bell& bell) = 0;

    // Resumes after a length of steady time, or with operation_aborted when cancelled.
    virtual Task<> pause(milliseconds length) = 0;

    // The same, cut short by a ring of the bell.
    virtual Task<> pause(milliseconds length, Bell& bell) = 0;
};

}  // namespace muster
