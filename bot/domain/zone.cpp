#include "bot/domain/zone.hpp"

#include <algorithm>
#include <cctype>

#include <date/tz.h>

namespace muster {

using namespace std::chrono;

namespace {

enum class WhenTwice { first, last };

std::optional<Instant> resolve(const ZoneName&, LocalDate, TimeOfDay, WhenTwice);
bool skips_date(const date::local_info&, LocalDate);
date::local_seconds midnight(LocalDate);

}  // namespace

bool is_zone(std::string_view name) {
    // The folder of tzdata also holds tables ("zonenow.tab"), which date/tz may list as zones.
    const auto is_of_a_name = [](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) || letter == '/' || letter == '_' ||
               letter == '-' || letter == '+';
    };
    if (name == "localtime" || !std::ranges::all_of(name, is_of_a_name)) return false;

    const auto& zones = date::get_tzdb().zones;
    const auto zone = std::ranges::lower_bound(zones, name, {}, &date::time_zone::name);
    return zone != zones.end() && zone->name() == name;
}

std::optional<Instant> instant_at(const ZoneName& zone, LocalDate date, TimeOfDay time) {
    return resolve(zone, date, time, WhenTwice::first);
}

std::optional<Instant> last_instant_at(const ZoneName& zone, LocalDate date, TimeOfDay time) {
    return resolve(zone, date, time, WhenTwice::last);
}

LocalTime local_time(const ZoneName& zone, Instant instant) {
    const auto offset = date::locate_zone(zone)->get_info(instant).offset;
    const auto wall_clock = floor<minutes>(instant + offset);
    const auto day = floor<days>(wall_clock);
    return {LocalDate{day}, wall_clock - day};
}

LocalDate local_date(const ZoneName& zone, Instant instant) {
    return local_time(zone, instant).date;
}

namespace {

std::optional<Instant> resolve(
    const ZoneName& zone, LocalDate date, TimeOfDay time, WhenTwice when_twice
) {
    const auto* rules = date::locate_zone(zone);
    const auto wall_clock = midnight(date) + time;
    const auto info = rules->get_info(wall_clock);
    const auto instant_with = [&](seconds offset) {
        return Instant{(wall_clock - offset).time_since_epoch()};
    };

    // The end of a skipped date does exist, as the start of the next.
    if (time == 24h && skips_date(rules->get_info(midnight(date)), date)) return std::nullopt;

    switch (info.result) {
        case date::local_info::nonexistent:
            if (skips_date(info, date)) return std::nullopt;
            return info.second.begin;
        case date::local_info::ambiguous: {
            // Where clocks go back to midnight exactly, both passes belong to the next date, and
            // this date ends before them.
            const auto starts_second_pass = info.second.begin == instant_with(info.second.offset);
            const auto ends_before_both = time == 24h && starts_second_pass;
            const auto takes_last = when_twice == WhenTwice::last && !ends_before_both;
            return instant_with(takes_last ? info.second.offset : info.first.offset);
        }
        default: return instant_with(info.first.offset);
    }
}

bool skips_date(const date::local_info& info, LocalDate date) {
    if (info.result != date::local_info::nonexistent) return false;
    const auto wall_clock_at_transition = [&](seconds offset) {
        return date::local_seconds{(info.first.end + offset).time_since_epoch()};
    };
    return wall_clock_at_transition(info.first.offset) <= midnight(date) &&
           wall_clock_at_transition(info.second.offset) >= midnight(date) + 24h;
}

date::local_seconds midnight(LocalDate date) {
    return date::local_seconds{sys_days{date}.time_since_epoch()};
}

}  // namespace

}  // namespace muster
