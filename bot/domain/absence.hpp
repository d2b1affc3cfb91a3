#pragma once

#include "bot/domain/decision.hpp"
#include "bot/domain/turn.hpp"

// Away, back, sick: what they change (spec/standups.md, "Absence").
namespace muster::absence {

// What a decision about one person's days needs.
struct Situation {
    Person person;
    std::vector<Absence> absences;
    std::vector<Turn> turns;          // of rounds from today on that are waiting, asked or away
    std::vector<Draft> drafts;
    std::vector<Team> teams;          // of this person
    std::shared_ptr<const CalendarBook> calendars;
};

// Dates that count once the person says so.
bool are_proposed(DraftKind);

// Echoes the dates with their weekdays and the next day at work; they count when confirmed [Yes, that is right]
// [Cancel], also by typing "yes". Kept as a Draft of kind absence. With `only_in` they count for that team alone.
Decision propose(
    const Situation&, const DaysAway&, Instant now, IdSource&, std::optional<TeamId> only_in = std::nullopt
);

// The proposed dates count: rounds on those days become away (answered ones stay), a welcome_back timer is set for the
// first working instant after.
Decision confirm(const Situation&, const Draft&, Instant now, IdSource&);

// "sick": away today, at once (no dates to echo: today is certain).
Decision sick(const Situation&, Instant now, IdSource&);

// "back": beats every absence that covers today; today's round is asked if at least 30 minutes of its window remain.
Decision back(const Situation&, Instant now, IdSource&);

// The first working instant after it: "Welcome back", once for each return.
Decision returned(const Absence&, Instant now, IdSource&);

// Days were added since: they are not back yet.
bool is_away_again(const Absence&, const Person&, Instant now);

std::string to_text(const DaysAway&);  // how a draft keeps them; behind them the team's id, if any
std::optional<DaysAway> days_away_from(std::string_view);
std::optional<TeamId> team_from(std::string_view kept);

}  // namespace muster::absence
