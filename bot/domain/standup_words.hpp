#pragma once

#include "bot/domain/messages.hpp"

// What the messages and forms of a stand-up share. For the standup_*.cpp files that write them only.
namespace muster::standup::words {

using Arguments = std::vector<std::pair<std::string, Argument>>;

Argument count(std::size_t);
Argument several(Text);            // one text inside another
Text sentences(TextList);          // one after the other, in one paragraph
Text joined(TextList);             // "Ana, Bo and Dev"
Arguments with(Arguments, Arguments more);

// The time alone on the day that the message is about, else with its date.
Argument when(Instant, LocalDate day, const Reader&);
Argument clock(TimeOfDay);         // for {name|clock}

Arguments names_of(const Team&, const Run&);  // team, ceremony
// "Payments stand-up, Tuesday 24 November"; with its time where the day has several.
Text title(const Team&, const Ceremony*, const Run&, const Reader&);

const Question* question_of(const Run&, const std::string& key);
const Question* blocker_question(const Run&);
const Answer* answer_to(const std::vector<Answer>&, const std::string& question);

// The team's own words; for a usual question that nobody changed, the catalogue's, in the reader's language.
Text question_text(const Question&, const std::optional<LastPlan>&);
Text short_label(const Question&);             // "Today": above an answer that is shown
Text answer_text(const Question&, const Answer&);
bool says_something(const Question&, const Answer&);

Text who_sees(const Turn&);
Text about(const char* key, const Blocker&);    // with number and title
Argument person(PersonId, const std::map<PersonId, std::string>& names);

// Open ones of this person that the form and the plain questions ask about: the two oldest, without those that an
// answer of this round holds; and those beyond them.
std::vector<Blocker> asked_blockers(const Turn&);
std::vector<Blocker> further_blockers(const Turn&);

Button button(const Turn&, Verb, int revision, bool primary = false);
Button button(const Blocker&, Verb, int revision, bool primary = false);
Button button(const Draft&, Verb, int revision, bool primary = false);
Buttons blocker_row(const Blocker&, int revision);  // Still blocked, Moving, Cleared

Facts working_hours(const Person&);             // the time zone, then days and hours as Muster has them
Text days_of(const Recurrence&);                // "Monday to Friday", "every 2 weeks on Thursday"
Text name_of_calendar(const std::string& key);  // "England and Wales"; of one that is imported, its key
Text name_of_role(Role);                        // of a team: "Delivery manager"
std::string city_of(const ZoneName&);           // "Europe/London" -> "London"

// "5 of 7 answered. 1 more is due by 4:30pm, from another time zone.", and "Blockers: 1 new, 2 open."
Text counts_of(const RunBoard&, const Reader&, Instant now);
Text blockers_counted(const RunBoard&, Instant now);
// By name, of the rounds in one of these states.
TextList names_in(const RunBoard&, const std::vector<Phase>&);

// What a plain person is asked at round.step, as paragraphs; the last word when every question was put.
std::vector<Block> plain_question(const Turn&);

}  // namespace muster::standup::words
