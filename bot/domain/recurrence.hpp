#pragma once

#include "bot/domain/instant.hpp"
#include "bot/domain/result.hpp"

#include <vector>

namespace muster {

// On which dates a ceremony takes place: the subset of RFC 5545 RRULE that teams use.
//   FREQ=DAILY | WEEKLY | MONTHLY, INTERVAL=n (1..366), BYDAY=MO,TU (weekly; monthly with one ordinal: 1MO..5FR, -1FR),
//   BYMONTHDAY=1..31 | -1 (monthly; 29, 30 or 31 in a shorter month is its last day, unlike RFC 5545, as the spec wants),
//   UNTIL=YYYYMMDD (that day included) or COUNT=n (1..10000). Weeks begin on Monday. Keys in any order, upper or lower
//   case, 300 characters at most.
// A monthly rule without BYDAY or BYMONTHDAY takes the day of `from`; a weekly rule without BYDAY its weekday.
struct Recurrence {
    enum class Frequency { daily, weekly, monthly };
    struct NthWeekday {
        int ordinal;  // 1..5 from the start, -1 = the last
        std::chrono::weekday weekday;

        bool operator==(const NthWeekday&) const = default;
    };

    Frequency frequency = Frequency::weekly;
    int interval = 1;
    std::vector<std::chrono::weekday> weekdays;  // weekly; sorted from Monday, no repeats
    std::optional<NthWeekday> nth_weekday;       // monthly; a month without a fifth one has no date
    std::optional<int> month_day;                // monthly
    std::optional<LocalDate> until;
    std::optional<int> count;
    std::optional<LocalDate> from;  // the first date it may take; required with INTERVAL > 1 or COUNT

    bool operator==(const Recurrence&) const = default;
};

// What is wrong with a rule's text, for the person who typed it.
struct RecurrenceProblem {
    std::string expected;  // plain words: "BYDAY takes MO, TU, WE, TH, FR, SA or SU"
    std::string part;      // what was found: "BYDAY=XX"
};

using ParsedRecurrence = boost::system::result<Recurrence, RecurrenceProblem>;
[[noreturn]] void throw_exception_from_error(const RecurrenceProblem&, const boost::source_location&);

ParsedRecurrence parse_recurrence(std::string_view rule, std::optional<LocalDate> from);
std::string to_text(const Recurrence&);  // the RRULE without `from`; parse(to_text(r)) == r

// The first date on or after `earliest` (and on or after `from`), if the rule has not ended by then.
// Bounded: looks at most 60 years ahead, and not past 9999. Constant time per call, but a monthly rule with COUNT
// counts its months from `from`.
std::optional<LocalDate> next_date(const Recurrence&, LocalDate earliest);
bool takes_place_on(const Recurrence&, LocalDate);

}  // namespace muster
