#pragma once

#include "bot/app/acting.hpp"
#include "bot/domain/settings.hpp"

// The forms in which somebody changes what is set for a team. What is sent replaces all that the
// form showed: so it counts only as long as nobody else has changed that meanwhile.
namespace muster {

Decision open_team_form(Acting&, Form);

// `as_of_now`: the form as it would open now. None: it is as it was when they opened it.
std::optional<Decision> refused_as_changed(
    Acting&, const Form& as_of_now, const Submitted& submitted
);

// Below the first field that was sent, since what the form would show now may not be there; said
// where nothing was sent: a button was pressed.
Decision refused_with(const Acting&, const FormValues&, Text why);

// What was entered does not fit to what is set.
Decision refused_as_unfit(const Acting&, const FormValues&, const std::vector<settings::Problem>&);

}  // namespace muster
