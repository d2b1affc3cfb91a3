#pragma once

#include "bot/app/courier_room.hpp"

namespace muster {

constexpr milliseconds lease_of_a_call = std::chrono::seconds{60};  // a call ends within 10 s

// What one look at the store found.
struct CourierWork {
    std::vector<CourierJob> jobs;         // for which there is room now, in their order
    std::vector<ConnectionId> suspended;  // by their rows
    std::optional<Instant> next;          // when to look again, if nothing happens before
};

// All that may begin now. It reads as much as there is room for: behind a slow platform thousands
// may be due.
CourierWork look_for_work(View& view, CourierRoom room, Instant now, SteadyInstant steady);

}  // namespace muster
