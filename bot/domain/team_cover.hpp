#pragma once

#include "bot/domain/message.hpp"
#include "bot/domain/settings.hpp"

// Who stands in for whom in a team for some days, changed in chat (spec/blockers.md: a cover sees
// open items only). Pure.
namespace muster::team_cover {

// Who stands in from today on: those that are ticked stay, one more may be added.
Form form(const Roster&, const settings::Document&, ConnectionId, LocalDate today, const Reader&);

// What to ask settings::change for, or what is wrong with the form.
using Asked = std::variant<settings::Wanted, FormErrors>;
Asked asked(const Team&, const settings::Document&, ConnectionId, const FormValues&, LocalDate today, const Reader&);

// Who stands in now, to whoever changed it.
Message told(const settings::Wanted&, const settings::Document&, LocalDate today, const Reader&);

}  // namespace muster::team_cover
