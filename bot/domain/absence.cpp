#include "bot/domain/absence.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "bot/domain/absence_parts.hpp"
#include "bot/domain/standup.hpp"

namespace muster::absence {
namespace {

constexpr auto midday = TimeOfDay{13h};
constexpr auto midnight = TimeOfDay{0};
constexpr int longest_gap_looked_into = 30;  // days

const CalendarBook& calendars_of(const Situation&);
WorkPattern pattern_without_absences(const Situation&);
LocalDate day_of(const Turn&, const Person&);
Instant start_of(const ZoneName&, const DaysAway&);

std::optional<TeamId> team_behind(std::string_view days, std::string_view kept);
bool has_working_time(const Situation&, const DaysAway&);
void drop_proposals(Decision&, const Situation&);
Decision record(const Situation&, const DaysAway&, std::optional<TeamId>, Instant now, IdSource&);
bool is_proposal_of(const Draft&, const Person&, Instant now);
bool ends_today(Decision&, Absences& left, const Situation&, LocalDate today, Instant now, IdSource&);
Text asked_again(Decision&, const Turn&, const Situation&, const Absences& left, Instant now, IdSource&);

}  // namespace

bool are_proposed(DraftKind kind) {
    return kind == DraftKind::absence || kind == DraftKind::away_hint;
}

Decision propose(
    const Situation& situation,
    const DaysAway& days,
    Instant now,
    IdSource& ids,
    std::optional<TeamId> only_in
) {
    Decision decision;
    drop_proposals(decision, situation);
    if (!has_working_time(situation, days)) {
        auto refusal = text("absence.no_working_day", {{"days", TextList{words_for(days)}}});
        decision.reply = standup::say(situation.person, std::move(refusal));
        return decision;
    }

    Draft draft;
    draft.id = ids.next<DraftId>();
    draft.person = situation.person.id;
    draft.kind = DraftKind::absence;
    draft.text = to_text(days);
    if (only_in) draft.text += ' ' + std::to_string(only_in->value);
    draft.expires_at = now + standup::draft_life;
    decision.changes.push_back(draft);
    decision.timers.push_back(SetTimer{TimerKind::drop_draft, draft.id.value, draft.expires_at});
    decision.reply = proposal(situation, draft, days, team_of(situation, only_in));
    return decision;
}

Decision confirm(const Situation& situation, const Draft& draft, Instant now, IdSource& ids) {
    if (!is_proposal_of(draft, situation.person, now))
        return Decision{.reply = standup::say(situation.person, text("absence.nothing_waits"))};
    const auto days = days_away_from(draft.text);
    if (!days) throw std::runtime_error("a draft of an absence without its days: " + draft.text);

    const auto only_in = team_from(draft.text);
    auto decision = record(situation, *days, only_in, now, ids);
    standup::end_draft(decision, draft);
    const auto* team = team_of(situation, only_in);
    auto saved = in_team("absence.saved", "absence.saved_in_team", *days, team);
    decision.reply = confirmation(situation, std::move(saved), team);
    return decision;
}

Decision sick(const Situation& situation, Instant now, IdSource& ids) {
    const auto today = local_date(situation.person.zone, now);
    auto decision = record(situation, {.from = today, .to = today}, std::nullopt, now, ids);
    decision.reply =
        confirmation(situation, text("absence.off_today", {{"today", today}}), nullptr);
    return decision;
}

Decision back(const Situation& situation, Instant now, IdSource& ids) {
    const auto today = local_date(situation.person.zone, now);
    Decision decision;
    Absences left;
    if (!ends_today(decision, left, situation, today, now, ids))
        return Decision{.reply = standup::say(situation.person, text("absence.not_away"))};

    TextList news;
    for (const auto& turn : situation.turns) {
        if (turn.round.phase != Phase::away) continue;
        auto sentence = asked_again(decision, turn, situation, left, now, ids);
        if (day_of(turn, situation.person) == today) news.push_back(std::move(sentence));
    }
    if (news.empty()) news.push_back(text("absence.back"));
    auto reply = standup::say(situation.person, news.front());
    reply.message.blocks.clear();
    for (auto& sentence : news)
        reply.message.blocks.push_back(Paragraph{std::move(sentence)});
    decision.reply = std::move(reply);
    return decision;
}

// Days that are added to an absence keep its id: each return is told of on its day.
Decision returned(const Absence& absence, Instant now, IdSource& ids) {
    constexpr auto worth_telling = std::chrono::hours{24};
    auto welcome = standup::to_person(
        Purpose::welcome_back, absence.id.value, absence.person, standup::day_number(now)
    );
    return Decision{.deliveries = {standup::tell(welcome, now, ids, now + worth_telling)}};
}

std::string to_text(const DaysAway& days) {
    const auto* first = days.first_day == DayPart::afternoon ? "afternoon" : "whole";
    const auto* last = days.last_day == DayPart::morning ? "morning" : "whole";
    return muster::to_text(days.from) + ' ' + muster::to_text(days.to) + ' ' + first + ' ' + last;
}

std::optional<DaysAway> days_away_from(std::string_view kept) {
    constexpr std::size_t date_length = 10;
    if (kept.size() < 2 * (date_length + 1) || kept[date_length] != ' ') return std::nullopt;
    const auto from = date_from(kept.substr(0, date_length));
    const auto to = date_from(kept.substr(date_length + 1, date_length));
    if (!from || !to || *to < *from) return std::nullopt;

    // What is left names the parts: only the four that are written have a meaning.
    for (const auto first : {DayPart::whole, DayPart::afternoon})
        for (const auto last : {DayPart::whole, DayPart::morning}) {
            const DaysAway days{.from = *from, .to = *to, .first_day = first, .last_day = last};
            const auto written = to_text(days);
            if (kept == written || (kept.starts_with(written) && team_behind(written, kept)))
                return days;
        }
    return std::nullopt;
}

std::optional<TeamId> team_from(std::string_view kept) {
    const auto days = days_away_from(kept);
    if (!days) return std::nullopt;
    return team_behind(to_text(*days), kept);
}

namespace {

// ---- days

const CalendarBook& calendars_of(const Situation& situation) {
    static const CalendarBook none;
    return situation.calendars ? *situation.calendars : none;
}

WorkPattern pattern_without_absences(const Situation& situation) {
    return pattern_of(situation, {});
}

// The day of this person's calendar on which the round is held.
LocalDate day_of(const Turn& turn, const Person& person) {
    if (turn.round.opens_at) return local_date(person.zone, *turn.round.opens_at);
    return turn.run.held_on;
}

// A date that a zone skipped begins with the next one.
Instant first_instant_at(const ZoneName& zone, LocalDate date, TimeOfDay time) {
    if (const auto instant = instant_at(zone, date, time)) return *instant;
    return first_instant_at(zone, add_days(date, 1), midnight);
}

Instant start_of(const ZoneName& zone, const DaysAway& days) {
    const auto from_midday = days.first_day == DayPart::afternoon;
    return first_instant_at(zone, days.from, from_midday ? midday : midnight);
}

bool has_working_time(const Situation& situation, const DaysAway& days) {
    const auto pattern = pattern_without_absences(situation);
    const auto from = start_of(pattern.zone, days);
    return working_time_between(pattern, from, end_of(pattern.zone, days)).length > 0min;
}

// ---- what is proposed

// " 123" behind the days that a draft keeps.
std::optional<TeamId> team_behind(std::string_view days, std::string_view kept) {
    const auto behind = kept.substr(days.size());
    if (behind.size() < 2 || behind.front() != ' ') return std::nullopt;
    TeamId team;
    const auto* end = behind.data() + behind.size();
    const auto [read_to, error] = std::from_chars(behind.data() + 1, end, team.value);
    if (error != std::errc{} || read_to != end || !team) return std::nullopt;
    return team;
}

void drop_proposals(Decision& decision, const Situation& situation) {
    for (const auto& draft : situation.drafts)
        if (draft.kind == DraftKind::absence) standup::end_draft(decision, draft);
}

bool is_proposal_of(const Draft& draft, const Person& person, Instant now) {
    return are_proposed(draft.kind) && draft.person == person.id && now < draft.expires_at;
}

// ---- what counts

Absence own_absence(const Person& person, const DaysAway& days, std::optional<TeamId> only_in) {
    Absence absence;
    absence.person = person.id;
    absence.team = only_in;
    absence.days = days;
    return absence;
}

// No working time lies between the two.
bool touch(const DaysAway& a, const DaysAway& b, const WorkPattern& pattern) {
    const auto& earlier = a.from <= b.from ? a : b;
    const auto& later = a.from <= b.from ? b : a;
    if (days_between(earlier.to, later.from) > longest_gap_looked_into) return false;
    const auto end = end_of(pattern.zone, earlier);
    return working_time_between(pattern, end, start_of(pattern.zone, later)).length == 0min;
}

// All days of both and what lies between them: on a day that both begin (or end) with, a half that
// one of them takes is taken.
DaysAway united(const DaysAway& a, const DaysAway& b) {
    auto days = a.from <= b.from ? a : b;
    if (a.from == b.from && a.first_day != b.first_day) days.first_day = DayPart::whole;
    const auto& ends_last = a.to >= b.to ? a : b;
    days.to = ends_last.to;
    days.last_day = ends_last.last_day;
    if (a.to == b.to && a.last_day != b.last_day) days.last_day = DayPart::whole;
    return days;
}

// One absence where the person's own ones run into each other, so that they come back once. What
// others or a calendar recorded stays theirs.
Absence merge(
    Decision& decision,
    Absences& all,
    const Situation& situation,
    const DaysAway& days,
    std::optional<TeamId> only_in,
    IdSource& ids
) {
    auto merged = own_absence(situation.person, days, only_in);
    const auto pattern = pattern_without_absences(situation);
    const auto joins = [&](const Absence& other) {
        return other.source == AbsenceSource::self && other.team == only_in &&
               touch(other.days, merged.days, pattern);
    };
    for (auto other = std::ranges::find_if(all, joins); other != all.end();
         other = std::ranges::find_if(all, joins)) {
        merged.days = united(other->days, merged.days);
        if (!merged.id) {
            merged.id = other->id;
        } else {
            decision.changes.push_back(AbsenceEnds{other->id});
            decision.timers.push_back(CancelTimer{TimerKind::welcome_back, other->id.value});
        }
        all.erase(other);
    }
    if (!merged.id) merged.id = ids.next<AbsenceId>();
    all.push_back(merged);
    return merged;
}

void set_welcome(
    Decision& decision,
    const Situation& situation,
    const Absences& all,
    const Absence& absence,
    Instant now
) {
    const auto end = end_of(situation.person.zone, absence.days);
    const auto counted = absence.team ? counted_for(*absence.team, all) : all;
    const auto at = next_working_instant(pattern_of(situation, counted), end);
    if (now < end && at)
        decision.timers.push_back(SetTimer{TimerKind::welcome_back, absence.id.value, *at});
    else
        decision.timers.push_back(CancelTimer{TimerKind::welcome_back, absence.id.value});
}

void stay_away(Decision& decision, const Turn& turn, Instant now, IdSource& ids) {
    auto round = turn.round;
    round.phase = Phase::away;
    round.snoozed_until.reset();
    decision.changes.push_back(round);
    decision.timers.push_back(CancelTimer{TimerKind::ask, round.id.value});
    decision.timers.push_back(CancelTimer{TimerKind::remind, round.id.value});
    decision.events.push_back({"round.away", round.id.value, round.person, {}});
    standup::refresh(decision, turn, round, now, ids);
}

// Half a day away leaves this much of the window.
std::optional<standup::Window> rest_of_window(
    const Round& round, const std::vector<Stretch>& worked
) {
    if (!round.opens_at || !round.closes_at) return std::nullopt;
    const auto first = std::ranges::find_if(worked, [&](const Stretch& stretch) {
        return *round.opens_at < stretch.to;
    });
    if (first == worked.end()) return std::nullopt;
    return standup::Window{
        std::max(*round.opens_at, first->from), std::min(*round.closes_at, worked.back().to)};
}

void move_to(
    Decision& decision, const Turn& turn, const standup::Window& window, Instant now, IdSource& ids
) {
    auto round = turn.round;
    if (round.phase == Phase::asked && now < window.opens_at) {
        // Asked already: the same as asking later.
        round.snoozed_until = window.opens_at;
        decision.timers.push_back(SetTimer{TimerKind::ask, round.id.value, window.opens_at});
        decision.timers.push_back(CancelTimer{TimerKind::remind, round.id.value});
    } else if (round.phase == Phase::waiting) {
        round.opens_at = window.opens_at;
        decision.timers.push_back(SetTimer{TimerKind::ask, round.id.value, window.opens_at});
    }
    if (round.closes_at != window.closes_at) {
        round.closes_at = window.closes_at;
        decision.timers.push_back(SetTimer{TimerKind::close_round, round.id.value, window.closes_at}
        );
    }
    if (round == turn.round) return;
    decision.changes.push_back(round);
    standup::refresh(decision, turn, round, now, ids);
}

// What the new absences make of a round that waits for its window or for an answer.
void apply_to(
    Decision& decision,
    const Turn& turn,
    const Situation& situation,
    const Absences& all,
    Instant now,
    IdSource& ids
) {
    if (turn.round.phase != Phase::waiting && turn.round.phase != Phase::asked) return;
    const auto day = day_of(turn, situation.person);
    const auto pattern = pattern_of(situation, counted_for(turn.team.id, all));
    if (day_kind(pattern, day) == DayKind::away) return stay_away(decision, turn, now, ids);

    const auto worked = working_stretches(pattern, day);
    const auto before = pattern_of(situation, counted_for(turn.team.id, situation.absences));
    if (worked == working_stretches(before, day)) return;
    const auto window = rest_of_window(turn.round, worked);
    const auto is_as_it_was = window && window->opens_at == turn.round.opens_at &&
                              window->closes_at == turn.round.closes_at;
    if (is_as_it_was) return;
    const auto has_room =
        window && window->closes_at - std::max(window->opens_at, now) >= standup::shortest_window;
    if (has_room)
        move_to(decision, turn, *window, now, ids);
    else
        stay_away(decision, turn, now, ids);
}

Decision record(
    const Situation& situation,
    const DaysAway& days,
    std::optional<TeamId> only_in,
    Instant now,
    IdSource& ids
) {
    Decision decision;
    auto all = situation.absences;
    const auto absence = merge(decision, all, situation, days, only_in, ids);
    decision.changes.push_back(absence);
    set_welcome(decision, situation, all, absence, now);
    for (const auto& turn : situation.turns)
        if (!only_in || turn.team.id == *only_in)
            apply_to(decision, turn, situation, all, now, ids);
    decision.events.push_back(
        {"absence.recorded",
         absence.id.value,
         situation.person.id,
         {{"from", muster::to_text(days.from)}, {"to", muster::to_text(days.to)}}}
    );
    return decision;
}

// ---- back

bool covers(const DaysAway& days, LocalDate date) {
    return days.from <= date && date <= days.to;
}

// What a calendar or a file says of the days after today still stands; what people said does not.
bool is_imported(AbsenceSource source) {
    switch (source) {
        case AbsenceSource::self:
        case AbsenceSource::delivery_manager: return false;
        case AbsenceSource::ics:
        case AbsenceSource::csv:
        case AbsenceSource::holiday: return true;
    }
    return false;
}

std::optional<Absence> part_before(Absence absence, LocalDate today) {
    if (absence.days.from == today) return std::nullopt;
    absence.days.to = add_days(today, -1);
    absence.days.last_day = DayPart::whole;
    return absence;
}

std::optional<Absence> part_after(Absence absence, LocalDate today) {
    if (!is_imported(absence.source) || absence.days.to == today) return std::nullopt;
    absence.days.from = add_days(today, 1);
    absence.days.first_day = DayPart::whole;
    return absence;
}

// Takes today out of every absence; `left` are those that remain. False = there was none.
bool ends_today(
    Decision& decision,
    Absences& left,
    const Situation& situation,
    LocalDate today,
    Instant now,
    IdSource& ids
) {
    Absences cut;
    for (const auto& absence : situation.absences)
        (covers(absence.days, today) ? cut : left).push_back(absence);

    Absences later;
    for (const auto& absence : cut) {
        const auto before = part_before(absence, today);
        auto after = part_after(absence, today);
        if (before && after) after->id = ids.next<AbsenceId>();
        if (before) {
            decision.changes.push_back(*before);
            left.push_back(*before);
        }
        if (after) {
            decision.changes.push_back(*after);
            left.push_back(*after);
            later.push_back(*after);
        }
        if (!before && !after) decision.changes.push_back(AbsenceEnds{absence.id});
        decision.timers.push_back(CancelTimer{TimerKind::welcome_back, absence.id.value});
        decision.events.push_back(
            {"absence.ended",
             absence.id.value,
             situation.person.id,
             {{"from", muster::to_text(absence.days.from)}, {"on", muster::to_text(today)}}}
        );
    }
    for (const auto& absence : later)
        set_welcome(decision, situation, left, absence, now);

    // Away before today: "welcome back" tells what happened meanwhile, once, in working hours.
    const auto was_away = std::ranges::find_if(cut, [&](const Absence& absence) {
        return absence.days.from < today;
    });
    const auto working = next_working_instant(pattern_of(situation, left), now);
    if (was_away != cut.end() && working)
        decision.timers.push_back(SetTimer{TimerKind::welcome_back, was_away->id.value, *working});
    return !cut.empty();
}

// The window as if the absence had not been; the round's own where the ceremony has no such time
// (any more).
std::optional<standup::Window> window_of(
    const Turn& turn, const Situation& situation, const Absences& counted
) {
    const auto slot = std::ranges::find(turn.ceremony.slots, turn.run.slot, &Slot::key);
    if (slot != turn.ceremony.slots.end()) {
        const Member member{situation.person, turn.standing, counted};
        const auto window = standup::window_for(
            turn.ceremony, *slot, turn.run.held_on, turn.team, member, calendars_of(situation)
        );
        if (const auto* open = std::get_if<standup::Window>(&window)) return *open;
    }
    if (!turn.round.opens_at || !turn.round.closes_at) return std::nullopt;
    return standup::Window{*turn.round.opens_at, *turn.round.closes_at};
}

// The round's person is still to be asked in this run.
void keep_open(Decision& decision, Run run, Instant closes_at) {
    if (run.state != RunState::closed && closes_at <= run.closes_at) return;
    if (run.state == RunState::closed) run.state = RunState::complete;
    run.closes_at = std::max(run.closes_at, closes_at);
    decision.changes.push_back(run);
    decision.timers.push_back(SetTimer{TimerKind::close_run, run.id.value, run.closes_at});
}

// Puts the question again if there is time; says what happens to this round.
Text asked_again(
    Decision& decision,
    const Turn& turn,
    const Situation& situation,
    const Absences& left,
    Instant now,
    IdSource& ids
) {
    const auto said = [&](const char* key, std::vector<std::pair<std::string, Argument>> times) {
        times.emplace_back("team", UserText{turn.team.name});
        times.emplace_back("ceremony", UserText{turn.run.ceremony_name});
        return text(key, std::move(times));
    };
    const auto counted = counted_for(turn.team.id, left);
    if (day_kind(pattern_of(situation, counted), day_of(turn, situation.person)) == DayKind::away)
        return text("absence.back");
    auto window = window_of(turn, situation, counted);
    if (window) window->closes_at = std::min(window->closes_at, standup::latest_close(turn.run));
    const auto is_asked = takes(turn, Takes::lines, now) && !is_called_off(turn);
    const auto opens_at = window ? std::max(window->opens_at, now) : now;
    const auto has_room = window && window->closes_at - opens_at >= standup::shortest_window;
    if (!has_room || !is_asked) return said("absence.back_too_late", {});

    auto round = turn.round;
    round.phase = Phase::waiting;
    round.opens_at = opens_at;
    round.closes_at = window->closes_at;
    round.asked_at.reset();
    decision.changes.push_back(round);
    decision.timers.push_back(SetTimer{TimerKind::ask, round.id.value, opens_at});
    decision.timers.push_back(SetTimer{TimerKind::close_round, round.id.value, *round.closes_at});
    decision.events.push_back({"round.expected_again", round.id.value, round.person, {}});
    keep_open(decision, turn.run, *round.closes_at);
    standup::refresh(decision, turn, round, now, ids);
    if (opens_at > now) return said("absence.back_asked_at", {{"opens", opens_at}});
    return said("absence.back_asked_now", {{"closes", *round.closes_at}});
}

}  // namespace

WorkPattern pattern_of(const Situation& situation, const Absences& counted) {
    return work_pattern(situation.person, counted, calendars_of(situation));
}

Absences counted_for(TeamId team, const Absences& all) {
    Absences counted;
    std::ranges::copy_if(all, std::back_inserter(counted), [&](const Absence& absence) {
        return !absence.team || *absence.team == team;
    });
    return counted;
}

Instant end_of(const ZoneName& zone, const DaysAway& days) {
    if (days.last_day == DayPart::morning) return first_instant_at(zone, days.to, midday);
    return first_instant_at(zone, add_days(days.to, 1), midnight);
}

bool is_away_again(const Absence& absence, const Person& person, Instant now) {
    auto today = local_date(person.zone, now);
    auto is_over_by_midday = absence.days.last_day == DayPart::morning;
    return absence.days.to > today || (absence.days.to == today && !is_over_by_midday);
}

}  // namespace muster::absence
