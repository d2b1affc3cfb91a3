#include "adapters/local/clock_jump.hpp"

namespace muster::local {

Instant tomorrow_morning(const ZoneName& zone, Instant now) {
    auto today = local_date(zone, now);
    auto morning = instant_at(zone, add_days(today, 1), 9h + 25min);
    // Only a zone that skips a whole date has no tomorrow; the day after it exists.
    return morning ? *morning : instant_at(zone, add_days(today, 2), 9h + 25min).value();
}

}  // namespace muster::local
