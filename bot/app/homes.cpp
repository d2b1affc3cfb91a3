#include "bot/app/homes.hpp"

#include <algorithm>

#include "bot/app/examinations.hpp"
#include "bot/domain/home.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

std::vector<Turn> turns_of_today(View& view, const Person& person, Instant now) {
    auto today = local_date(person.zone, now);
    auto rounds = view.unfinished_rounds_of(person.id);
    for (auto& round : view.rounds_of(person.id, now - 36h))
        rounds.push_back(std::move(round));
    std::ranges::sort(rounds, {}, &Round::id);
    auto doubled = std::ranges::unique(rounds, {}, &Round::id);
    rounds.erase(doubled.begin(), doubled.end());

    std::vector<Turn> turns;
    for (const auto& round : rounds) {
        if (!round.opens_at || local_date(person.zone, *round.opens_at) != today) continue;
        auto turn = view.turn(round.id, now);
        if (turn && !turn->left) turns.push_back(std::move(*turn));
    }
    std::ranges::sort(turns, {}, [](const Turn& turn) { return *turn.round.opens_at; });
    return turns;
}

// What this person may know of the open blockers of a team.
std::vector<Blocker> open_for(View& view, const Roster& roster, PersonId person, Instant now) {
    std::vector<Blocker> visible;
    auto hats = access::hats_of(roster, person, now);
    for (auto& blocker : view.open_blockers(roster.team.id)) {
        auto worn = access::with_blocker(hats, blocker, person);
        if (access::may(worn, access::Act::see_team_blockers, blocker, now))
            visible.push_back(std::move(blocker));
    }
    return visible;
}

std::optional<RunBoard> board_of_today(View& view, const Team& team, Instant now) {
    auto today = local_date(team.zone, now);
    auto runs = view.runs_of(team.id, now - 36h);
    std::erase_if(runs, [&](const Run& run) { return run.held_on != today; });
    return runs.empty() ? std::nullopt : view.board(runs.back().id);
}

void add_next(home::Home& home, const Roster& roster, Instant now) {
    for (const auto& ceremony : roster.ceremonies) {
        auto opens = standup::next_window(roster, ceremony, home.person, now);
        if (opens && (!home.next || *opens < home.next->opens_at))
            home.next = home::Next{roster.team.name, ceremony.name, *opens};
    }
}

void add_team(home::Home& home, View& view, const Roster& roster, Instant now) {
    const auto& team = roster.team;
    auto open = open_for(view, roster, home.person.id, now);
    for (const auto& blocker : open)
        if (blocker.raiser == home.person.id) home.own.push_back(blocker);
    home.teams.push_back(team);
    add_next(home, roster, now);
    auto hats = access::hats_of(roster, home.person.id, now);
    if (!access::may(hats, access::Act::see_status_names)) return;
    home::InCare care{team, board_of_today(view, team, now), std::move(open), {}};
    if (access::may(hats, access::Act::change_team_settings))
        care.findings = examine_team(view, roster, now);
    home.in_care.push_back(std::move(care));
}

home::Home home_of(View& view, const Person& person, Instant now) {
    home::Home home;
    home.person = person;
    home.todays = turns_of_today(view, person, now);
    std::vector<Roster> rosters;
    for (auto team : view.teams_of(person.id, now))
        if (auto roster = view.roster(team, now)) rosters.push_back(std::move(*roster));
    std::ranges::sort(rosters, {}, [](const Roster& roster) { return roster.team.name; });
    for (const auto& roster : rosters)
        if (!roster.team.archived) add_team(home, view, roster, now);
    if (is_administrator(view, person.id)) home.of_organisation = examine_organisation(view);
    std::ranges::sort(home.own, {}, &Blocker::raised_at);
    auto today = local_date(person.zone, now);
    home.absences = view.absences_of(person.id);
    std::erase_if(home.absences, [&](const Absence& one) { return one.days.to < today; });
    std::ranges::sort(home.absences, {}, [](const Absence& one) { return one.days.from; });
    return home;
}

}  // namespace

Composed compose_home(View& view, const Delivery& delivery, Instant now) {
    auto person = view.person(std::get<PersonId>(delivery.key.recipient));
    if (!person) return Pointless{"gone"};
    if (person->archived) return home::page_of_a_stranger(standup::reader_of(*person));
    return home::page(home_of(view, *person, now), now);
}

void apply_with_homes(Transaction& transaction, const Decision& decision, Instant now) {
    transaction.apply(decision, now);
    transaction.apply(homes_after(transaction, decision, now), now);
}

Decision homes_after(View& view, const Decision& done, Instant now) {
    Decision decision;
    for (auto id : home::people_in(done)) {
        auto person = view.person(id);
        if (!person) continue;
        for (const auto& published : view.deliveries_of(Purpose::home, person->home.value))
            if (auto again = home::shown_again(published, now))
                decision.deliveries.push_back(std::move(*again));
    }
    return decision;
}

}  // namespace muster
