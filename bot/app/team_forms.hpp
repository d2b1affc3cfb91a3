#pragma once

#include "bot/app/acting.hpp"

// The forms in which somebody changes what is set for a team. What is sent replaces all that the
// form showed: so it counts only as long as nobody else has changed that meanwhile.
namespace muster {

Decision open_team_form(Acting&, Form);

// `as_of_now`: the form as it would open now. None: it is as it was when they opened it.
std::optional<Decision> refused_as_changed(
    Acting&, const Form& as_of_now, const Submitted& submitted
);

}  // namespace muster
