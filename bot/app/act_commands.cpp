#include <algorithm>

#include "bot/app/act_blockers.hpp"
#include "bot/app/acting.hpp"
#include "bot/app/answers.hpp"
#include "bot/domain/absence.hpp"
#include "bot/domain/away_hint.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/settings.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

absence::Situation absence_situation(Acting& acting) {
    absence::Situation situation;
    situation.person = acting.person;
    situation.absences = acting.view.absences_of(acting.person.id);
    situation.drafts = acting.view.drafts_of(acting.person.id);
    situation.calendars = acting.view.calendars();
    situation.turns = acting.unfinished();
    situation.teams = acting.teams();
    return situation;
}

// Somebody of one team is away from it or not at all.
std::optional<TeamId> team_called(const absence::Situation& situation, const std::string& name) {
    auto team = std::ranges::find(situation.teams, name, &Team::name);
    if (situation.teams.size() < 2 || team == situation.teams.end()) return std::nullopt;
    return team->id;
}

std::optional<Draft> waiting_dates(Acting& acting) {
    std::optional<Draft> newest;
    for (const auto& draft : acting.view.drafts_of(acting.person.id))
        if (absence::are_proposed(draft.kind) && draft.expires_at > acting.now)
            if (!newest || draft.expires_at > newest->expires_at) newest = draft;
    return newest;
}

Decision ask_which(const Acting& acting, Text question, std::vector<Button> choices) {
    auto reader = standup::reader_of(acting.person);
    return Decision{.reply = Say{choice_of(reader, std::move(question), std::move(choices))}};
}

Decision open_form(Acting& acting) {
    auto turns = acting.in_window();
    if (turns.empty()) turns = acting.answerable();
    if (turns.empty()) return acting.say(text("form.nothing_open"));
    if (turns.size() == 1) return standup::open_form(turns.front(), acting.now);
    std::vector<Button> choices;
    for (const auto& turn : turns) {
        auto label = text(
            "button.choose_round",
            {{"team", UserText{turn.team.name}}, {"ceremony", UserText{turn.run.ceremony_name}}}
        );
        choices.push_back(choice(Verb::answer, turn.round.id.value, std::move(label)));
    }
    return ask_which(acting, text("form.which_team"), std::move(choices));
}

// Skip and snooze speak of every stand-up that is open now and not answered.
template <class Decide>
Decision for_each_open(Acting& acting, const char* nothing_open, Decide decide) {
    Decision decision;
    auto found = false;
    for (const auto& turn : acting.in_window()) {
        if (turn.round.answered_at) continue;
        append(decision, decide(turn));
        found = true;
    }
    return found ? decision : acting.say(text(nothing_open));
}

Decision stop(Acting& acting) {
    auto rosters = acting.rosters();
    std::erase_if(rosters, [&](const Roster& roster) {
        const auto* member = roster.member(acting.person.id);
        return !member || member->standing != Standing::participant;
    });
    if (rosters.empty()) return acting.say(text("stop.not_asked_anyway"));
    if (rosters.size() == 1) {
        auto managers = holders(rosters.front(), Role::delivery_manager, acting.now);
        return standup::stop(
            acting.person,
            rosters.front().team,
            acting.unfinished(),
            managers,
            acting.now,
            acting.ids
        );
    }
    std::vector<Button> choices;
    for (const auto& roster : rosters) {
        auto label = text("button.choose_team", {{"team", UserText{roster.team.name}}});
        choices.push_back(choice(Verb::stop, roster.team.id.value, std::move(label)));
    }
    return ask_which(acting, text("stop.which_team"), std::move(choices));
}

struct Startable {
    Roster roster;
    Ceremony ceremony;
};

std::vector<Startable> startable(Acting& acting) {
    std::vector<Startable> found;
    for (const auto& roster : acting.rosters()) {
        auto hats = access::hats_of(roster, acting.person.id, acting.now);
        if (!access::may(hats, access::Act::start_run)) continue;
        for (const auto& ceremony : roster.ceremonies)
            found.push_back({roster, ceremony});
    }
    return found;
}

Decision start(Acting& acting, const Startable& chosen) {
    const auto& request =
        acting.inbound.keys.empty() ? std::string{"now"} : acting.inbound.keys.front();
    return standup::start(
        chosen.roster,
        chosen.ceremony,
        acting.view.open_runs(chosen.ceremony.id),
        acting.view.runs_held(chosen.ceremony.id),
        acting.person,
        request,
        acting.now,
        acting.ids
    );
}

Decision start(Acting& acting) {
    auto found = startable(acting);
    if (found.empty()) return acting.say(text("start.not_allowed"));
    if (found.size() == 1) return start(acting, found.front());
    std::vector<Button> choices;
    for (const auto& [roster, ceremony] : found) {
        auto label = text(
            "button.choose_round",
            {{"team", UserText{roster.team.name}}, {"ceremony", UserText{ceremony.name}}}
        );
        choices.push_back(choice(Verb::start_run, ceremony.id.value, std::move(label)));
    }
    return ask_which(acting, text("start.which"), std::move(choices));
}

struct CarryOut {
    Acting& acting;

    Decision operator()(const command::OpenForm&) { return open_form(acting); }

    Decision operator()(const command::Help&) { return Decision{.reply = answers::help(acting)}; }

    Decision operator()(const command::Status&) {
        return Decision{.reply = answers::status(acting)};
    }

    Decision operator()(const command::Why& why) {
        return Decision{.reply = answers::why(acting, why)};
    }

    Decision operator()(const command::Skip&) {
        return for_each_open(acting, "skip.nothing_open", [&](const Turn& turn) {
            return standup::skip(turn, acting.now, acting.ids);
        });
    }

    Decision operator()(const command::Snooze& snooze) {
        return for_each_open(acting, "snooze.nothing_open", [&](const Turn& turn) {
            return standup::snooze(turn, snooze.length, acting.now, acting.ids);
        });
    }

    Decision operator()(const command::Away& away) {
        auto situation = absence_situation(acting);
        auto only_in = team_called(situation, away.team);
        return absence::propose(situation, away.days, acting.now, acting.ids, only_in);
    }

    Decision operator()(const command::Sick&) {
        return absence::sick(absence_situation(acting), acting.now, acting.ids);
    }

    Decision operator()(const command::Back&) {
        return absence::back(absence_situation(acting), acting.now, acting.ids);
    }

    Decision operator()(const command::Confirm&) {
        auto dates = waiting_dates(acting);
        if (!dates) return acting.say(text("draft.gone"));
        return confirm_dates(acting, *dates);
    }

    Decision operator()(const command::Stop&) { return stop(acting); }

    Decision operator()(const command::History&) {
        return Decision{.reply = answers::history(acting)};
    }

    Decision operator()(const command::MyWeek&) {
        return Decision{.reply = answers::my_week(acting)};
    }

    Decision operator()(const command::RaiseBlocker& raise) {
        return raise_blocker(acting, raise.text);
    }

    Decision operator()(const command::ListBlockers&) {
        return Decision{.reply = answers::blockers(acting)};
    }

    Decision operator()(const command::ClearBlocker& clear) {
        return clear_blocker(acting, clear.number);
    }

    Decision operator()(const command::KeepBlockerPrivate& hidden) {
        return keep_blocker_private(acting, hidden.number);
    }

    Decision operator()(const command::UpdateBlocker& update) {
        return update_blocker(acting, update.number, update.text);
    }

    Decision operator()(const command::Start&) { return start(acting); }

    Decision operator()(const command::Team& team) { return show_team(acting, team.name); }

    Decision operator()(const command::Hours&) { return Decision{.reply = answers::hours(acting)}; }

    Decision operator()(const command::Plain& plain) {
        auto decision = settings::set_plain(acting.person, plain.on);
        decision.reply = standup::say(acting.person, text(plain.on ? "plain.on" : "plain.off"));
        return decision;
    }

    Decision operator()(const command::Longer& longer) {
        auto decision = settings::set_longer(acting.person, longer.on);
        decision.reply = standup::say(acting.person, text(longer.on ? "longer.on" : "longer.off"));
        return decision;
    }
};

}  // namespace

Decision start_chosen(Acting& acting, CeremonyId ceremony) {
    for (const auto& candidate : startable(acting))
        if (candidate.ceremony.id == ceremony) return start(acting, candidate);
    return acting.say(text("start.not_allowed"));
}

Decision confirm_dates(Acting& acting, const Draft& dates) {
    auto decision = absence::confirm(absence_situation(acting), dates, acting.now, acting.ids);
    if (dates.kind == DraftKind::away_hint)
        decision.deliveries.push_back(away_hint::settled(dates, acting.now, acting.ids));
    return decision;
}

Decision carry_out(Acting& acting, const Command& command) {
    return std::visit(CarryOut{acting}, command);
}

}  // namespace muster
