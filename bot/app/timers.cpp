#include "bot/app/timers.hpp"

#include <algorithm>
#include <set>

#include "bot/domain/absence.hpp"
#include "bot/domain/away_hint.hpp"
#include "bot/domain/blocker_case.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

// Occurrences that were opened lately, so that none is planned twice. A rule's date and the opening
// of its run are never further apart than this.
constexpr auto memory_of_runs = 24h * 30;

std::vector<standup::OccurrenceName> opened_runs(
    View& view, const Ceremony& ceremony, Instant around
) {
    std::vector<standup::OccurrenceName> opened;
    for (const auto& run : view.runs_of(ceremony.team, around - memory_of_runs))
        if (run.ceremony == ceremony.id) opened.push_back({run.date, run.slot});
    return opened;
}

// What asks about it goes with it.
Decision drop(View& view, DraftId id, Instant now, IdSource& ids) {
    Decision decision{.changes = {DraftEnds{id}}};
    auto draft = view.draft(id);
    if (draft && draft->kind == DraftKind::away_hint)
        decision.deliveries.push_back(away_hint::settled(*draft, now, ids));
    return decision;
}

Decision open_run(View& view, CeremonyId id, IdSource& ids) {
    auto ceremony = view.ceremony(id);
    auto planned = view.planned_run(id);
    if (!ceremony || !planned) return {};
    auto roster = view.roster(ceremony->team, planned->opens_at);
    if (!roster) return {};
    auto opened = opened_runs(view, *ceremony, planned->opens_at);
    return standup::open_run(*roster, *ceremony, *planned, opened, view.runs_held(id), ids);
}

// A round that is held once a week was there before it, and clocks may be set back between the two.
constexpr auto memory_of_cards = answerable_for + 24h;

// The same person's round of that ceremony whose card was the last one before this.
std::optional<Round> asked_before(View& view, const Turn& turn) {
    auto opens_at = turn.round.opens_at.value_or(turn.run.opens_at);
    for (auto& round : view.rounds_of(turn.person.id, opens_at - memory_of_cards)) {
        if (round.prompts == 0 || *round.opens_at >= opens_at) continue;
        auto run = view.run(round.run);
        if (run && run->ceremony == turn.ceremony.id) return round;
    }
    return std::nullopt;
}

Decision ask(View& view, RoundId id, Instant now, IdSource& ids) {
    auto turn = view.turn(id, now);
    if (!turn) return {};
    auto decision = standup::ask(*turn, now, ids);
    if (turn->round.prompts > 0) return decision;
    if (auto earlier = asked_before(view, *turn))
        append(decision, standup::next_has_opened(*earlier, now, ids));
    return decision;
}

// The setting in which a blocker is shown although nobody presses anything: its raiser's.
Decision show_blocker(View& view, BlockerId id, Instant now, IdSource& ids) {
    auto blocker = view.blocker(id);
    auto roster = blocker ? view.roster(blocker->team, now) : std::nullopt;
    auto raiser = blocker ? view.person(blocker->raiser) : std::nullopt;
    if (!roster || !raiser || blocker->state != BlockerState::open) return {};
    auto setting = blocker_case::setting_of(*roster, *raiser, now);
    if (blocker->round)
        if (auto round = view.round(*blocker->round)) setting.run = view.run(round->run);
    return blocker_case::show(setting, *blocker, now, ids);
}

std::optional<PlannedRun> next_from_now(View& view, const Ceremony& ceremony, Instant now) {
    auto roster = view.roster(ceremony.team, now);
    if (!roster) return std::nullopt;
    auto planned = standup::next_planned(ceremony, *roster, now, opened_runs(view, ceremony, now));
    if (planned) planned->opens_at = std::max(planned->opens_at, now);
    return planned;
}

// Themselves, or by days of their own that build on it.
std::vector<TeamId> teams_that_follow(View& view, const std::string& calendar) {
    auto calendars = view.calendars();
    std::vector<TeamId> teams;
    for (const auto& team : view.teams()) {
        auto own = calendars->find(team.calendar);
        auto builds_on_it = own != calendars->end() && own->second.builds_on == calendar;
        if (team.calendar == calendar || builds_on_it) teams.push_back(team.id);
    }
    return teams;
}

// What is planned stands until something comes before it: whoever goes away may be back on the day.
Decision plan_earlier(View& view, const std::vector<TeamId>& teams, Instant now) {
    Decision decision;
    for (const auto& ceremony : view.ceremonies()) {
        if (std::ranges::find(teams, ceremony.team) == teams.end()) continue;
        auto before = view.planned_run(ceremony.id);
        auto planned = next_from_now(view, ceremony, now);
        if (planned && (!before || planned->opens_at < before->opens_at))
            append(decision, standup::plan(ceremony.id, planned));
    }
    return decision;
}

std::vector<Roster> all_rosters(View& view, Instant around) {
    std::vector<Roster> rosters;
    for (const auto& team : view.teams())
        if (auto roster = team.archived ? std::nullopt : view.roster(team.id, around))
            rosters.push_back(std::move(*roster));
    return rosters;
}

}  // namespace

Decision on_timer(View& view, const Timer& timer, Instant now, IdSource& ids) {
    auto with_turn = [&](auto decide) -> Decision {
        auto turn = view.turn(RoundId{timer.ref}, now);
        return turn ? decide(*turn, now, ids) : Decision{};
    };
    auto with_board = [&](auto decide) -> Decision {
        auto board = view.board(RunId{timer.ref});
        return board ? decide(*board, now, ids) : Decision{};
    };
    switch (timer.kind) {
        case TimerKind::open_run: return open_run(view, CeremonyId{timer.ref}, ids);
        case TimerKind::ask: return ask(view, RoundId{timer.ref}, now, ids);
        case TimerKind::remind: return with_turn(standup::remind);
        case TimerKind::close_round: return with_turn(standup::close_round);
        case TimerKind::complete_run: return with_board(standup::complete_run);
        case TimerKind::close_run: return with_board(standup::close_run);
        case TimerKind::show_blocker: return show_blocker(view, BlockerId{timer.ref}, now, ids);
        case TimerKind::drop_draft: return drop(view, DraftId{timer.ref}, now, ids);
        case TimerKind::welcome_back: {
            auto absence = view.absence(AbsenceId{timer.ref});
            return absence ? absence::returned(*absence, now, ids) : Decision{};
        }
    }
    return {};
}

Decision plan_again(View& view, const std::vector<TeamId>& teams, Instant now) {
    Decision decision;
    for (const auto& ceremony : view.ceremonies()) {
        if (std::ranges::find(teams, ceremony.team) == teams.end()) continue;
        auto before = view.planned_run(ceremony.id);
        auto is_due = before && before->opens_at <= now && !ceremony.archived && !ceremony.paused;
        if (is_due) continue;  // it opens now, by the settings as they are then
        append(decision, standup::plan(ceremony.id, next_from_now(view, ceremony, now)));
    }
    return decision;
}

Decision plan_again_after(View& view, const Decision& done, Instant now) {
    std::set<TeamId> teams;
    for (const auto& change : done.changes) {
        if (const auto* ceremony = std::get_if<Ceremony>(&change)) teams.insert(ceremony->team);
        if (const auto* team = std::get_if<Team>(&change)) teams.insert(team->id);
        if (const auto* calendar = std::get_if<CalendarRow>(&change))
            for (auto team : teams_that_follow(view, calendar->calendar.key))
                teams.insert(team);
    }
    return teams.empty() ? Decision{} : plan_again(view, {teams.begin(), teams.end()}, now);
}

Decision plan_earlier_after(View& view, const Decision& done, const Inbound& by, Instant now) {
    std::set<TeamId> teams;
    auto concerns_who_did_it = [](const Change& change) {
        return std::holds_alternative<Person>(change) ||  // their zone
               std::holds_alternative<Absence>(change) ||
               std::holds_alternative<AbsenceEnds>(change);
    };
    if (std::ranges::any_of(done.changes, concerns_who_did_it))
        if (auto account = view.account(by.connection, by.account))
            for (auto team : view.teams_of(account->person, now))
                teams.insert(team);
    // Whose day begins earlier than that of all others, wherever somebody else has added them.
    for (const auto& change : done.changes)
        if (const auto* membership = std::get_if<Membership>(&change))
            teams.insert(membership->team);
    return teams.empty() ? Decision{} : plan_earlier(view, {teams.begin(), teams.end()}, now);
}

Decision was_down(View& view, Instant from, Instant to, IdSource& ids) {
    return standup::was_down(from, to, all_rosters(view, to), ids);
}

Decision was_read_back(View& view, const Downtime& downtime, Instant now, IdSource& ids) {
    return standup::was_read_back(downtime, all_rosters(view, now), now, ids);
}

}  // namespace muster
