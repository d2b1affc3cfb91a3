#pragma once

#include <functional>

#include "adapters/local/inbound.hpp"
#include "bot/ports/task.hpp"

namespace muster {

// The demo clock, as the page may move it. The caller gives these only when time may be moved at
// all.
struct DemoControls {
    std::function<Task<std::optional<Instant>>()> next_event;  // none: nothing is planned
    std::function<Task<>(Instant)> jump_to;  // resumes when everything up to then has happened
};

namespace local {

// 9:25am on the day after today, as a clock in `zone` shows it: five minutes before the sample
// stand-up.
Instant tomorrow_morning(const ZoneName& zone, Instant now);

}  // namespace local
}  // namespace muster
