#pragma once

#include "bot/domain/decision.hpp"
#include "bot/domain/run.hpp"

namespace muster {

// What a member planned last time, for the card and the form.
struct LastPlan {
    LocalDate date{};
    std::string text;

    bool operator==(const LastPlan&) const = default;
};

// One round with everything around it that a decision about it, its prompt and its form need.
struct Turn {
    Person person;
    Team team;
    Ceremony ceremony;
    Run run;
    Round round;
    std::vector<Answer> answers;        // not withdrawn, in the order of the questions
    std::vector<Blocker> own_blockers;  // open, raised by this person in this team, oldest first
    std::vector<Draft> drafts;          // of this person
    std::optional<LastPlan> last_plan;  // of the same ceremony, before this run
    bool newest = true;  // no later round of this ceremony has opened for this person
    Standing standing = Standing::participant;
    bool left = false;              // no longer in the team
    std::vector<Absence> absences;  // that count for this team
    std::vector<Channel> channels;
    std::vector<std::string>
        channel_platforms;  // names of the places where the answer is shown: for "who sees it"
    std::vector<PersonId> delivery_managers;  // who holds the role now
    std::map<PersonId, std::string> names;    // of the people that blockers and roles mention
    std::shared_ptr<const CalendarBook> calendars;

    bool operator==(const Turn&) const = default;
};

// How far back decisions look; what is older is history.
constexpr auto answerable_for = std::chrono::hours{7 * 24};     // a round, from its opening on
constexpr auto plan_is_told_for = std::chrono::hours{92 * 24};  // an older one is no help
constexpr std::size_t most_days_of_a_gap = 30;
LocalDate first_day_of_absences(Instant around);

// Takes part in the stand-ups of the team: is in it, and does not only observe.
bool takes_part(const Turn&);

// What a round still takes from its person, and with it all that stands above it here
// (spec/standups.md, "Late, edited, skipped").
enum class Takes {
    nothing,      // their next round of the ceremony has opened, or this one a week ago
    corrections,  // they have left the team: what they said they may change and take back
    answers,      // they only observe: what they press and send, not any line that they type
    lines,
};

Takes what_it_takes(const Turn&, Instant now);
bool takes(const Turn&, Takes wanted, Instant now);

// In the order of the questions.
void sort_as_asked(std::vector<Answer>&, const Run&);

// The ceremony takes place no more: paused, or archived with or without its team. A run that
// somebody started by hand is held although the ceremony is paused.
bool is_called_off(const Turn&);

// Away all of the day that the round is held on.
bool is_away_that_day(const Turn&);

// When this person works. Points into turn.calendars.
WorkPattern work_pattern(const Turn&);

// The turn as a decision about it leaves it: for a second decision in the same transaction.
Turn after(Turn turn, const Decision& decision);

// Everything that the summary of a run shows.
struct RunBoard {
    Run run;
    Roster roster;
    std::vector<Round> rounds;
    std::map<RoundId, std::vector<Answer>> answers;
    std::vector<Blocker> open_blockers;   // of the team, by number
    std::vector<Blocker> ended_blockers;  // ended since this run opened
    std::map<PersonId, std::string> names;
    std::vector<std::string> platforms;  // of the team's channels, parallel to roster.channels
    // The days right before this run on which somebody could not be asked in time, oldest first.
    std::vector<LocalDate> gap;
};

}  // namespace muster
