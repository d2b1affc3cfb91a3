#pragma once

#include "bot/domain/blocker_case.hpp"
#include "bot/domain/command.hpp"
#include "bot/domain/inbound.hpp"
#include "bot/domain/standup.hpp"
#include "storage/store.hpp"

namespace muster {

// By the platform's time of it, where it tells one.
Instant told_at(const Inbound&, Instant now);

// Everything an act has at hand: who acts, when, and where to look.
struct Acting {
    View& view;
    const Inbound& inbound;
    Person person;
    Instant now;
    IdSource ids;

    // The rounds this person may answer now; and of those the ones whose window is open.
    // Who left the team, or only observes, answers nothing there.
    std::vector<Turn> answerable();

    std::vector<Turn> in_window();

    // Every round of runs that are not closed, whatever its state.
    std::vector<Turn> unfinished();

    // Only this person's own: what belongs to somebody else is as unknown as what does not exist.
    std::optional<Turn> own_turn(std::int64_t round);
    std::optional<Draft> own_draft(std::int64_t draft);

    // A team as this person sees it, for what they do with its blockers.
    std::optional<blocker_case::Setting> setting(TeamId);

    // The teams this person belongs to, by name; and with everything around them.
    std::vector<Team> teams();
    std::vector<Roster> rosters();

    Decision say(Text words) const;

    // The platform's time of what is acted on.
    Instant said_at() const;

    SaidAt said() const { return {said_at(), inbound.came_late}; }
};

// What `decide` makes of this person's own round, as long as that takes what is `wanted`.
template <class Decide>
Decision in_own_round(Acting& acting, std::int64_t round, Takes wanted, Decide decide) {
    auto turn = acting.own_turn(round);
    if (!turn) return acting.say(text("stale.not_yours"));
    if (!takes(*turn, wanted, acting.now)) return standup::not_taken(*turn, acting.now);
    return decide(*turn);
}

bool is_in_window(const Turn&, Instant now);

// One file each: what is typed, what is pressed, what a form brings.
Decision act_on_line(Acting&, const Said&);
Decision act_on_edit(Acting&, const Edited&);
Decision act_on_deletion(Acting&, const Deleted&);
Decision act_on_press(Acting&, const Pressed&);
Decision act_on_form(Acting&, const Submitted&);
Decision act_on_dismissal(Acting&, const Dismissed&);
Decision act_on_command(Acting&, const Commanded&);
Decision act_on_wish(Acting&, const BlockerWanted&);
Decision carry_out(Acting&, const Command&);
Decision start_chosen(Acting&, CeremonyId);
Decision confirm_dates(Acting&, const Draft&);

// What is set for a team: seen by its people, changed by those who may.
Decision show_team(Acting&, const std::string& called);
Decision press_on_team(Acting&, const Pressed&);
Decision act_on_team_form(Acting&, const Submitted&);

// Its days off, and who stands in.
Decision press_on_days(Acting&, const Pressed&);
Decision act_on_days_form(Acting&, const Submitted&);

// Who is in a team, who decides for it, and its end.
Decision press_on_people(Acting&, const Pressed&);
Decision act_on_people_form(Acting&, const Submitted&);

// Whoever joined the channel of a team (bot/domain/newcomer).
Decision press_on_newcomer(Acting&, const Pressed&);

// The zone that a platform told of (bot/domain/profile_news).
Decision press_on_zone(Acting&, const Pressed&);

// A team on its way (bot/domain/onboarding).
Decision press_on_setup(Acting&, const Pressed&);
Decision act_on_setup_form(Acting&, const Submitted&);

}  // namespace muster
