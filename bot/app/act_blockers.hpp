#pragma once

#include "bot/app/acting.hpp"

// What is typed and pressed about blockers. Where several teams fit, the person says which: nothing
// is raised, cleared or noted on a guess.
namespace muster {

Decision raise_blocker(Acting&, const std::string& words);

// The team was chosen for a blocker that was kept.
Decision raise_kept_blocker(Acting&, const Draft&, TeamId);

// The form of a blocker that belongs to no stand-up, as it was sent.
Decision raise_blocker_by_form(Acting&, const FormValues&);

Decision clear_blocker(Acting&, int number);
Decision keep_blocker_private(Acting&, int number);
Decision update_blocker(Acting&, int number, const std::string& words);

Decision press_on_blocker(Acting&, const Pressed&);

}  // namespace muster
