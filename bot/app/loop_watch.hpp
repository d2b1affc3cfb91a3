#pragma once

#include "bot/ports/clock.hpp"
#include "bot/ports/log.hpp"
#include "bot/ports/metrics.hpp"

namespace muster {

// Looks each second whether the event loop comes in time to what is due, and says so when it was
// stuck: nothing else can tell, since whatever would tell it was stuck as well.
class LoopWatch {
public:
    // Everything must outlive run().
    LoopWatch(Clock& clock, Log& log, Metrics& metrics)
        : clock_(clock), log_(log), metrics_(metrics) {}

    // Runs until cancelled.
    Task<> run();

private:
    Clock& clock_;
    Log& log_;
    Metrics& metrics_;
};

}  // namespace muster
