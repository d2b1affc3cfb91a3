#pragma once

#include <span>

#include "bot/domain/calendar.hpp"
#include "bot/domain/texts.hpp"

namespace muster {

struct NoDates {  // these words do not say any days
    bool operator==(const NoDates&) const = default;
};

// The days that somebody typed, or the sentence that says why they cannot be.
using DaysPhrase = std::variant<NoDates, DaysAway, Text>;

// Days as people say them: "until fri", "fri morning", "3 days", "1/12 to 3/12", "4 december",
// "from mon to wed afternoon", "next week"; no words at all = today. Small letters, English.
//   A date is day first (1/12 is in December). Without a year it is the next one, or one of the
//   last 7 days. A weekday is the next one, today included; the end of a range counts from its
//   start. "3 days" are days on which this person would work, from today on, today included;
//   existing absences do not lengthen it. Ends are included. At most 366 days, none wholly more
//   than 7 days ago.
DaysPhrase days_from_words(
    std::span<const std::string> words, LocalDate today, const WorkPattern& pattern
);

}  // namespace muster
