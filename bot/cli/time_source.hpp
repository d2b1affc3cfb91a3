#pragma once

#include <memory>

#include "adapters/system/demo_clock.hpp"
#include "adapters/system/system_clock.hpp"
#include "config/configuration.hpp"

namespace muster::cli {

// The clock that the configuration asks for: the system's, or a demo's with its offset beside the
// database.
class TimeSource {
public:
    TimeSource(SystemClock::Executor loop, const config::Configuration& configuration)
        : system_(std::move(loop)) {
        if (!configuration.clock_adjustable) return;
        auto offset = configuration.storage.sqlite.string() + ".clock";
        demo_ = std::make_unique<DemoClock>(system_, offset);
    }

    Clock& clock() { return demo_ ? static_cast<Clock&>(*demo_) : system_; }

    DemoClock* demo() { return demo_.get(); }  // nullptr: time cannot be moved

private:
    SystemClock system_;
    std::unique_ptr<DemoClock> demo_;
};

}  // namespace muster::cli
