#pragma once

#include <string>

#include "bot/domain/calendar.hpp"

// Calendars that other programs wrote.
namespace muster::config {

// What such a file says; or, in `expected`, what it should have said, for whoever wrote its name.
struct CalendarFile {
    Calendar calendar{};  // without its key
    std::string expected{};
};

constexpr std::size_t longest_calendar_file = 1024 * 1024;
constexpr std::size_t most_days_of_a_file = 4'000;

// An iCalendar file (RFC 5545): the days of its all-day events, with their names. What has a time
// of day is no day off and does not count, and neither does what was cancelled. What recurs is told
// up to the end of the tenth year after the last event that the file begins.
CalendarFile calendar_from_ics(const std::string& text);

// One day a line, with a name or without: "2026-12-24,Office closed". A first line without a date
// is a heading (RFC 4180).
CalendarFile calendar_from_csv(const std::string& text);

}  // namespace muster::config
