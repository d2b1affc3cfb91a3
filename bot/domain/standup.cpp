#include <algorithm>

#include "bot/domain/standup_asking.hpp"

namespace muster::standup {
namespace {

// One question of every rotating group, in turn from run to run; all the others.
std::vector<Question> frozen(const std::vector<Question>& questions, int runs_held) {
    std::map<std::string, std::vector<Question>> groups;
    for (const auto& question : questions)
        groups[question.rotate].push_back(question);

    std::vector<Question> chosen;
    for (const auto& question : questions) {
        const auto& group = groups[question.rotate];
        auto turn = static_cast<std::size_t>(runs_held) % group.size();
        if (question.rotate.empty() || group[turn].key == question.key) chosen.push_back(question);
    }
    return chosen;
}

const Slot* slot_of(const Ceremony& ceremony, const std::string& key) {
    auto slot = std::ranges::find(ceremony.slots, key, &Slot::key);
    return slot == ceremony.slots.end() ? nullptr : &*slot;
}

Run new_run(const Ceremony& ceremony, const PlannedRun& planned, int runs_held, IdSource& ids) {
    Run run;
    run.id = ids.next<RunId>();
    run.ceremony = ceremony.id;
    run.team = ceremony.team;
    run.date = planned.date;
    run.slot = planned.slot;
    run.held_on = planned.held_on;
    run.opens_at = planned.opens_at;
    run.questions = frozen(ceremony.questions, runs_held);
    run.ceremony_name = ceremony.name;
    run.names_hidden = ceremony.names_hidden;
    run.show_silent = ceremony.show_silent;
    return run;
}

Round new_round(const Run& run, const Person& person, const WindowOrWhy& window, IdSource& ids) {
    Round round;
    round.id = ids.next<RoundId>();
    round.run = run.id;
    round.person = person.id;
    if (const auto* open = std::get_if<Window>(&window)) {
        round.opens_at = open->opens_at;
        round.closes_at = open->closes_at;
    } else {
        const auto& none = std::get<NoWindow>(window);
        round.phase = none.phase;
        round.not_asked = none.reason;
    }
    return round;
}

// A window that had opened before the occurrence could be planned (a team set up at ten) begins
// when planned, if enough of it is left.
WindowOrWhy not_before(WindowOrWhy window, Instant planned) {
    auto* open = std::get_if<Window>(&window);
    if (!open || open->opens_at >= planned) return window;
    if (open->closes_at - planned < shortest_window)
        return NoWindow{Phase::not_asked, NotAsked::too_late};
    open->opens_at = planned;
    return window;
}

// No window is open beyond the cap of the run.
WindowOrWhy not_after(WindowOrWhy window, Instant cap) {
    auto* open = std::get_if<Window>(&window);
    if (!open || open->closes_at <= cap) return window;
    if (cap - open->opens_at < shortest_window)
        return NoWindow{Phase::not_asked, NotAsked::too_late};
    open->closes_at = cap;
    return window;
}

// Adds the run, its rounds and all their timers.
void hold(Decision& decision, Run run, const std::vector<Round>& rounds) {
    run.closes_at = run.completes_at;
    for (const auto& round : rounds) {
        if (round.closes_at) run.closes_at = std::max(run.closes_at, *round.closes_at);
        if (round.opens_at)
            decision.timers.push_back(SetTimer{TimerKind::ask, round.id.value, *round.opens_at});
        decision.changes.push_back(round);
    }
    decision.changes.insert(decision.changes.begin(), run);
    decision.timers.push_back(SetTimer{TimerKind::complete_run, run.id.value, run.completes_at});
    decision.timers.push_back(SetTimer{TimerKind::close_run, run.id.value, run.closes_at});
    decision.events.push_back(
        {"run.opened",
         run.id.value,
         std::nullopt,
         {{"date", to_text(run.date)}, {"slot", run.slot}}}
    );
}

}  // namespace

Decision end_unasked(const Turn& turn, NotAsked reason, Instant now, IdSource& ids) {
    auto round = turn.round;
    round.phase = Phase::not_asked;
    round.not_asked = reason;
    Decision decision;
    decision.changes = {round};
    decision.events = {
        {"round.not_asked", round.id.value, std::nullopt, {{"reason", name(reason)}}}};
    refresh(decision, turn, round, now, ids);
    return decision;
}

// A late prompt moves the close so far that half an hour remains, but never past the working day or
// the cap of the run.
std::optional<Instant> close_for(const Turn& turn, Instant now) {
    // A timer is never to the millisecond, and who was asked again keeps the close: neither moves
    // it.
    auto is_on_time = now - *turn.round.opens_at <= worth_an_excuse;
    if (is_on_time || turn.round.prompts > 1 || turn.round.snoozed_until)
        return turn.round.closes_at;
    auto closes_at = std::max(*turn.round.closes_at, now + shortest_window);
    if (closes_at == *turn.round.closes_at) return closes_at;
    if (closes_at > latest_close(turn.run)) return std::nullopt;
    auto pattern = work_pattern(turn);
    auto stretches = working_stretches(pattern, local_date(pattern.zone, *turn.round.opens_at));
    if (stretches.empty() || closes_at > stretches.back().to) return std::nullopt;
    return closes_at;
}

void move_close(Decision& decision, Run run, const Round& round) {
    decision.timers.push_back(SetTimer{TimerKind::close_round, round.id.value, *round.closes_at});
    if (*round.closes_at <= run.closes_at) return;
    run.closes_at = *round.closes_at;
    decision.timers.push_back(SetTimer{TimerKind::close_run, run.id.value, run.closes_at});
    decision.changes.push_back(run);
}

namespace {

Decision send_prompt(const Turn& turn, Instant closes_at, Instant now, IdSource& ids) {
    auto round = turn.round;
    auto asked_again = round.snoozed_until.has_value();
    round.phase = Phase::asked;
    round.snoozed_until.reset();
    round.closes_at = closes_at;
    round.prompts += 1;

    Decision decision;
    decision.changes = {round};
    decision.events = {
        {asked_again ? "round.asked_again" : "round.asked", round.id.value, std::nullopt, {}}};
    auto key = to_person(Purpose::prompt, round.id.value, round.person, round.prompts - 1);
    decision.deliveries.push_back(
        tell(key, now, ids, std::min<Instant>(now + prompt_grace, closes_at))
    );
    if (round.prompts > 1) {
        auto older = to_person(Purpose::prompt, round.id.value, round.person, round.prompts - 2);
        decision.deliveries.push_back(tell(older, now, ids));
    }
    if (!asked_again) {
        if (auto at = reminder_at(turn, now, closes_at))
            decision.timers.push_back(SetTimer{TimerKind::remind, round.id.value, *at});
    }
    move_close(decision, turn.run, round);
    return decision;
}

// It takes place no more: who waits is not asked, and whoever asked to be asked again can answer
// the card that is there.
Decision leave_in_peace(const Turn& turn, Instant now, IdSource& ids) {
    if (turn.round.phase == Phase::waiting)
        return end_unasked(turn, NotAsked::called_off, now, ids);
    auto round = turn.round;
    round.snoozed_until.reset();
    Decision decision;
    decision.changes = {round};
    refresh(decision, turn, round, now, ids);
    return decision;
}

// A breach is a fault of the program: for those who run it.
void check_sums(Decision& decision, const RunBoard& board, Instant now, IdSource& ids) {
    auto odd = rounds_that_do_not_add_up(board);
    if (odd.empty()) return;
    decision.events.push_back(
        {sums_differ_event,
         board.run.id.value,
         std::nullopt,
         {{"first_round", std::to_string(odd.front().value)},
          {"rounds", std::to_string(odd.size())}}}
    );
    auto told = holders(board.roster, Role::administrator, now);
    if (told.empty()) told = holders(board.roster, Role::delivery_manager, now);
    for (auto person : told)
        decision.deliveries.push_back(
            tell(to_person(Purpose::sums_differ, board.run.id.value, person), now, ids)
        );
}

bool waits_to_be_asked(const Round& round) {
    return round.phase == Phase::waiting || (round.phase == Phase::asked && round.snoozed_until);
}

}  // namespace

Decision open_run(
    const Roster& roster,
    const Ceremony& ceremony,
    const PlannedRun& planned,
    const std::vector<OccurrenceName>& opened,
    int runs_held,
    IdSource& ids
) {
    auto opened_with_this = opened;
    opened_with_this.push_back({planned.date, planned.slot});
    auto next = next_planned(ceremony, roster, planned.opens_at, opened_with_this);
    auto decision = plan(ceremony.id, next);

    const auto* slot = slot_of(ceremony, planned.slot);
    auto already =
        std::ranges::find(opened, OccurrenceName{planned.date, planned.slot}) != opened.end();
    if (!slot || already || ceremony.paused || ceremony.archived) return decision;

    auto run = new_run(ceremony, planned, runs_held, ids);
    auto team = team_window(ceremony, *slot, planned.held_on, roster.team, *roster.calendars);
    run.completes_at = std::min(std::max(team.closes_at, planned.opens_at), latest_close(run));
    std::vector<Round> rounds;
    for (const auto& member : roster.members) {
        if (member.standing != Standing::participant) continue;
        auto window =
            window_for(ceremony, *slot, planned.held_on, roster.team, member, *roster.calendars);
        window = not_after(not_before(window, planned.opens_at), latest_close(run));
        rounds.push_back(new_round(run, member.person, window, ids));
    }
    auto somebody_works = [](const Round& round) { return round.phase != Phase::not_expected; };
    if (std::ranges::none_of(rounds, somebody_works)) return decision;
    hold(decision, run, rounds);
    return decision;
}

Decision start(
    const Roster& roster,
    const Ceremony& ceremony,
    const std::vector<Run>& open,
    int runs_held,
    const Person& by,
    const std::string& request,
    Instant now,
    IdSource& ids
) {
    if (!open.empty())
        return Decision{
            .reply = say(by, text("start.already_open", {{"team", UserText{roster.team.name}}}))};

    auto today = local_date(roster.team.zone, now);
    auto run = new_run(ceremony, {ceremony.id, today, today, request, now}, runs_held, ids);
    run.unscheduled = true;
    run.completes_at = now + ceremony.window;
    auto at_once = ceremony;
    at_once.zone = ZoneRule::team;
    std::vector<Round> rounds;
    for (const auto& member : roster.members) {
        if (member.standing != Standing::participant) continue;
        auto slot = Slot{request, local_time(roster.team.zone, now).time};
        auto window = window_for(at_once, slot, today, roster.team, member, *roster.calendars);
        window = not_after(not_before(window, now), latest_close(run));
        rounds.push_back(new_round(run, member.person, window, ids));
    }
    Decision decision;
    hold(decision, run, rounds);
    decision.events.back().actor = by.id;
    auto asked = std::ranges::count_if(rounds, [](const Round& round) {
        return round.opens_at.has_value();
    });
    decision.reply = say(
        by,
        text(
            "start.started", {{"team", UserText{roster.team.name}}, {"count", std::int64_t{asked}}}
        )
    );
    return decision;
}

Decision ask(const Turn& turn, Instant now, IdSource& ids) {
    const auto& round = turn.round;
    if (!waits_to_be_asked(round)) return {};
    if (!takes_part(turn)) return end_unasked(turn, NotAsked::left, now, ids);
    if (is_called_off(turn)) return leave_in_peace(turn, now, ids);

    auto due = round.snoozed_until.value_or(*round.opens_at);
    auto grace = std::min<milliseconds>(prompt_grace, *round.closes_at - due);
    auto is_too_late = !turn.newest || now - due > grace;
    auto closes_at = close_for(turn, now);
    if (is_too_late || !closes_at) {
        if (round.phase == Phase::asked)
            return close_round(turn, now, ids);  // it was asked once, before its snooze
        return end_unasked(turn, NotAsked::downtime, now, ids);
    }
    // Nothing is sent in a break.
    auto working = next_working_instant(work_pattern(turn), now);
    if (working && *working > now) {
        if (*working >= *closes_at && round.phase == Phase::asked)
            return close_round(turn, now, ids);
        if (*working >= *closes_at) return end_unasked(turn, NotAsked::too_late, now, ids);
        return Decision{.timers = {SetTimer{TimerKind::ask, round.id.value, *working}}};
    }
    return send_prompt(turn, *closes_at, now, ids);
}

Decision next_has_opened(const Round& earlier, Instant now, IdSource& ids) {
    if (earlier.prompts == 0 || earlier.answered_at) return {};
    auto key = to_person(Purpose::prompt, earlier.id.value, earlier.person, earlier.prompts - 1);
    return {.deliveries = {tell(key, now, ids)}};
}

Decision remind(const Turn& turn, Instant now, IdSource& ids) {
    auto round = turn.round;
    auto is_waiting_for_answer =
        round.phase == Phase::asked && !round.snoozed_until && round.asked_at;
    auto is_wanted = !turn.left && !is_called_off(turn);
    if (!is_waiting_for_answer || round.reminded || !is_wanted) return {};
    if (wants_quiet(turn.person, now)) return {};
    auto due = reminder_at(turn, *round.asked_at, *round.closes_at);
    if (now >= *round.closes_at || (due && now - *due > reminder_grace)) return {};

    round.reminded = true;
    auto key = to_person(Purpose::reminder, round.id.value, round.person);
    Decision decision;
    decision.changes = {round};
    decision.deliveries = {
        tell(key, now, ids, std::min<Instant>(now + reminder_grace, *round.closes_at))};
    decision.events = {{"round.reminded", round.id.value, std::nullopt, {}}};
    return decision;
}

Decision close_round(const Turn& turn, Instant now, IdSource& ids) {
    if (is_final(turn.round.phase) && turn.round.phase != Phase::skipped) return {};
    if (turn.round.closes_at && now < *turn.round.closes_at)
        return Decision{
            .timers = {
                SetTimer{TimerKind::close_round, turn.round.id.value, *turn.round.closes_at}}};
    if (turn.round.phase == Phase::skipped) {  // from now on it counts like any without an answer
        Decision decision;
        refresh(decision, turn, turn.round, now, ids);
        return decision;
    }
    if (!turn.round.asked_at) return end_unasked(turn, NotAsked::downtime, now, ids);

    auto round = turn.round;
    round.phase = Phase::silent;
    round.snoozed_until.reset();
    Decision decision;
    decision.changes = {round};
    decision.timers = {
        CancelTimer{TimerKind::ask, round.id.value},
        CancelTimer{TimerKind::remind, round.id.value}};
    decision.events = {
        {"round.closed", round.id.value, std::nullopt, {{"phase", name(round.phase)}}}};
    refresh(decision, turn, round, now, ids);
    return decision;
}

Decision complete_run(const RunBoard& board, Instant now, IdSource& ids) {
    auto run = board.run;
    if (run.state != RunState::open) return {};
    run.state = RunState::complete;
    Decision decision;
    decision.changes = {run};
    decision.events = {{"run.completed", run.id.value, std::nullopt, {}}};
    refresh_summary(
        decision, run, board.roster.team, board.roster.channels, *board.roster.calendars, now, ids
    );
    return decision;
}

Decision close_run(const RunBoard& board, Instant now, IdSource& ids) {
    auto run = board.run;
    if (run.state == RunState::closed) return {};
    if (now < run.closes_at)
        return Decision{.timers = {SetTimer{TimerKind::close_run, run.id.value, run.closes_at}}};
    run.state = RunState::closed;
    Decision decision;
    decision.changes = {run};
    decision.events = {{"run.closed", run.id.value, std::nullopt, {}}};
    refresh_summary(
        decision, run, board.roster.team, board.roster.channels, *board.roster.calendars, now, ids
    );
    check_sums(decision, board, now, ids);
    return decision;
}

}  // namespace muster::standup
