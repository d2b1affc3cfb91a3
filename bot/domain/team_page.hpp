#pragma once

#include "bot/domain/access.hpp"
#include "bot/domain/examination.hpp"
#include "bot/domain/settings.hpp"

// A team's stand-ups, looked at and changed in chat (spec/standups.md, "team"). Pure. What is
// changed goes the way of `muster apply`: one decision, settings::change, with the person as its
// actor.
namespace muster::team_page {

// What somebody sees of a team.
struct Sight {
    bool may_change = false;            // with buttons, then
    std::vector<std::string> managers;  // names of those who may
    std::vector<examination::Finding> findings;
    LocalDate today{};  // there
};

// What is set, and what would stop it.
Message page(const Roster&, const Sight&, const Reader&);

// Days, time, whose clock and how long it is open, and what is asked: as the page shows them.
Facts facts_of(const Ceremony&);
Items questions_of(const Ceremony&);

// "Only Dev Patel can change this."
Text not_yours(const Team&, const std::vector<std::string>& managers);

// Days, time, whose clock and how long it is open. What a form cannot say (every second month, two
// times a day) is shown and stays.
Form schedule_form(const Ceremony&, const Reader&);

// One question on each line, in the order they are asked.
Form questions_form(const Ceremony&, const Reader&);

// The ceremony as the form wants it; or what is wrong with it. What the form does not speak of
// stays.
using Edited = std::variant<Ceremony, FormErrors>;
Edited with_schedule(Ceremony, const FormValues&, const Reader&);
// A line that is a question as it was keeps its key, its letter and its kind; one that was reworded
// in its place does too, so that a history goes on. Any other is new.
Edited with_questions(Ceremony, const FormValues&, const Reader&);

// What to ask settings::change for: the team as it is set, with that one ceremony changed.
settings::Wanted wanted_with(const settings::Document&, const Ceremony&);

// What is told to whoever changed it; runs that are open keep their questions.
Message changed(const Team&, const Ceremony& before, const Ceremony& after, const Reader&);

}  // namespace muster::team_page
