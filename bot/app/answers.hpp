#pragma once

#include "bot/app/acting.hpp"

// Private answers to what a person asks: state is loaded here, the domain words it. Nothing
// changes.
namespace muster::answers {

Reply help(Acting&);
Reply status(Acting&);
Reply why(Acting&, const command::Why&);
Reply history(Acting&);
Reply my_week(Acting&);
Reply blockers(Acting&);
Reply hours(Acting&);
Reply raised(Acting&, const blocker_case::Setting&, const blocker_case::Raised&);

}  // namespace muster::answers
