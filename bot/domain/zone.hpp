#pragma once

#include "bot/domain/instant.hpp"

namespace muster {

// A time zone by its IANA name, from the system's tzdata. zone.cpp is the only file that includes date/tz.
using ZoneName = std::string;

bool is_zone(std::string_view name);

// The instant of a wall-clock time. A time in a gap is the first instant after the gap; a time that happens
// twice is its first (spec/reliability.md, DST rule). `time` may be 24:00 = midnight at the end of the date.
// A date that the zone skipped (Apia 2011-12-30) has none.
std::optional<Instant> instant_at(const ZoneName&, LocalDate, TimeOfDay time);

// As above, but a time that happens twice is its last: for the end of working hours. 24:00 is the end of the date,
// even where the midnight after it happens twice (Havana).
std::optional<Instant> last_instant_at(const ZoneName&, LocalDate, TimeOfDay time);

// What a clock on the wall there shows, seconds cut off. Throws std::runtime_error for an unknown zone, as all of these do.
struct LocalTime {
    LocalDate date;
    TimeOfDay time;

    bool operator==(const LocalTime&) const = default;
};
LocalTime local_time(const ZoneName&, Instant);
LocalDate local_date(const ZoneName&, Instant);

}  // namespace muster
