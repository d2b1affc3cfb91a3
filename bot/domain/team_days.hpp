#pragma once

#include "bot/domain/message.hpp"
#include "bot/domain/settings.hpp"

// On which days a team does not work, changed in chat (spec/standups.md, "dates added from chat").
// Pure. A team follows one calendar; with days of its own that is a calendar of its own, which
// builds on the other one.
namespace muster::team_days {

// The other calendar, and days of the team's own from today on: those that are ticked stay, one
// more may be added.
Form form(const Team&, const settings::Document&, LocalDate today, const Reader&);

// What to ask settings::change for, or what is wrong with the form.
using Asked = std::variant<settings::Wanted, FormErrors>;
Asked asked(const Team&, const settings::Document&, const FormValues&, LocalDate today, const Reader&);

// What the team follows now, to whoever changed it.
Message told(const settings::Wanted&, LocalDate today, const Reader&);

// "Bank holidays: England and Wales, and 2 other days", for the team's page.
Text summary(const Team&, const CalendarBook&, LocalDate today);

// A calendar that is some team's own is for no other to choose.
bool is_own(const settings::Document&, const Calendar&);

// What the team follows beside days of its own; "" = nothing. Whoever comes to it follows that: the
// days off of one team are no days off in another.
std::string shared_calendar(TeamId, const settings::Document&);

}  // namespace muster::team_days
