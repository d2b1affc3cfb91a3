#include <algorithm>

#include "bot/app/acting.hpp"
#include "bot/app/examinations.hpp"
#include "bot/app/settings_change.hpp"
#include "bot/app/team_access.hpp"
#include "bot/app/team_forms.hpp"
#include "bot/domain/blocker.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/team_page.hpp"

namespace muster {
namespace {

constexpr std::size_t most_teams_to_choose_from = 20;

// A ceremony, and the team that it is of.
struct Place {
    Roster roster;
    Ceremony ceremony;
};

Reader reader(const Acting& acting) {
    return standup::reader_of(acting.person);
}

// Administrators may look after teams that they are not in; whoever is of another organisation
// looks at none.
std::vector<Team> teams_to_look_at(Acting& acting) {
    if (acting.person.outsider) return {};
    if (!is_administrator(acting.view, acting.person.id)) return acting.teams();
    auto teams = acting.view.teams();
    std::erase_if(teams, [](const Team& team) { return team.archived; });
    std::ranges::sort(teams, {}, &Team::name);
    return teams;
}

Decision show(Acting& acting, const Roster& roster) {
    team_page::Sight sight{
        may_change(acting, roster),
        managers_of(acting, roster),
        {},
        local_date(roster.team.zone, acting.now)};
    if (sight.may_change) sight.findings = examine_team(acting.view, roster, acting.now);
    return {.reply = Say{team_page::page(roster, sight, reader(acting))}};
}

Decision ask_which(Acting& acting, const std::vector<Team>& teams) {
    if (teams.size() > most_teams_to_choose_from) return acting.say(text("team.say_which"));
    std::vector<Button> choices;
    for (const auto& team : teams)
        choices.push_back(choice(
            Verb::show_team,
            team.id.value,
            text("button.choose_team", {{"team", UserText{team.name}}})
        ));
    return {.reply = Say{choice_of(reader(acting), text("team.which"), std::move(choices))}};
}

std::optional<Place> place_of(Acting& acting, std::int64_t id) {
    auto ceremony = acting.view.ceremony(CeremonyId{id});
    auto roster = ceremony ? acting.view.roster(ceremony->team, acting.now) : std::nullopt;
    if (!roster || ceremony->archived || roster->team.archived) return std::nullopt;
    return Place{*std::move(roster), *std::move(ceremony)};
}

std::optional<Decision> refused(Acting& acting, const std::optional<Place>& place) {
    return refused_to_change(acting, place ? std::optional{place->roster} : std::nullopt);
}

// The way of `muster apply`, with this person as the actor.
Decision change(
    Acting& acting, const Place& place, const Ceremony& wanted, const FormValues& values = {}
) {
    auto told = team_page::changed(place.roster.team, place.ceremony, wanted, reader(acting));
    if (wanted == place.ceremony) return {.reply = Say{std::move(told)}};
    auto document = settings_document(acting.view);
    auto asked = team_page::wanted_with(document, wanted);
    auto changed = settings::change(document, asked, false, acting.person.id, acting.ids);
    if (!changed) return refused_as_unfit(acting, values, changed.error());
    changed->decision.reply = Say{std::move(told)};
    return std::move(changed->decision);
}

Form form_of(Acting& acting, FormKind kind, const Ceremony& ceremony) {
    auto is_schedule = kind == FormKind::schedule;
    auto make = is_schedule ? team_page::schedule_form : team_page::questions_form;
    return make(ceremony, reader(acting));
}

}  // namespace

Decision show_team(Acting& acting, const std::string& called) {
    auto teams = teams_to_look_at(acting);
    if (!called.empty())
        std::erase_if(teams, [&](const Team& team) { return !same_words(team.name, called); });
    if (teams.empty())
        return acting.say(
            called.empty() ? text("why.no_team")
                           : text("team.unknown", {{"team", UserText{called}}})
        );
    if (teams.size() > 1) return ask_which(acting, teams);
    auto roster = acting.view.roster(teams.front().id, acting.now);
    return roster ? show(acting, *roster) : acting.say(text("stale.not_yours"));
}

Decision press_on_team(Acting& acting, const Pressed& pressed) {
    if (pressed.verb == Verb::show_team) {
        auto teams = teams_to_look_at(acting);
        auto roster = acting.view.roster(TeamId{pressed.subject}, acting.now);
        if (!roster || std::ranges::find(teams, roster->team.id, &Team::id) == teams.end())
            return acting.say(text("stale.not_yours"));
        return show(acting, *roster);
    }
    auto place = place_of(acting, pressed.subject);
    if (auto refusal = refused(acting, place)) return *std::move(refusal);
    auto wanted = place->ceremony;
    switch (pressed.verb) {
        case Verb::edit_schedule:
            return open_team_form(acting, form_of(acting, FormKind::schedule, place->ceremony));
        case Verb::edit_questions:
            return open_team_form(acting, form_of(acting, FormKind::questions, place->ceremony));
        case Verb::pause_ceremony: wanted.paused = true; break;
        case Verb::resume_ceremony: wanted.paused = false; break;
        default: return {};
    }
    if (wanted.paused == place->ceremony.paused)
        return acting.say(text(wanted.paused ? "team.was_paused" : "team.was_resumed"));
    return change(acting, *place, wanted);
}

Decision act_on_team_form(Acting& acting, const Submitted& submitted) {
    auto place = place_of(acting, submitted.form.subject);
    if (auto refusal = refused(acting, place)) return *std::move(refusal);
    auto as_of_now = form_of(acting, submitted.form.kind, place->ceremony);
    if (auto refusal = refused_as_changed(acting, as_of_now, submitted)) return *std::move(refusal);
    auto is_schedule = submitted.form.kind == FormKind::schedule;
    auto edit = is_schedule ? team_page::with_schedule : team_page::with_questions;
    auto edited = edit(place->ceremony, submitted.values, reader(acting));
    if (auto* errors = std::get_if<FormErrors>(&edited)) return {.reply = std::move(*errors)};
    return change(acting, *place, std::get<Ceremony>(edited), submitted.values);
}

}  // namespace muster
