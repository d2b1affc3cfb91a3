#pragma once

#include <algorithm>

#include "bot/domain/absence.hpp"

// Amira in London, and her stand-up at half past nine, for tests about days away.
namespace muster::absence_scene {

inline LocalDate nov(unsigned day) {
    return {std::chrono::year{2026}, std::chrono::November, std::chrono::day{day}};
}

// London in winter: its wall clock is UTC.
inline Instant at(LocalDate day, minutes time) {
    return std::chrono::sys_days{day} + time;
}

inline constexpr auto tuesday = 24u;
inline const Instant before_the_prompt = at(nov(tuesday), 8h);
inline const Instant nine_thirty = at(nov(tuesday), 9h + 30min);
inline const Instant eleven_thirty = at(nov(tuesday), 11h + 30min);
inline const PersonId amira{1};

inline DaysAway days(unsigned from, unsigned to) {
    return {.from = nov(from), .to = nov(to)};
}

inline DaysAway morning(unsigned day) {
    return {.from = nov(day), .to = nov(day), .last_day = DayPart::morning};
}

inline DaysAway afternoon(unsigned day) {
    return {.from = nov(day), .to = nov(day), .first_day = DayPart::afternoon};
}

inline Absence recorded(
    std::int64_t id, DaysAway away, AbsenceSource source = AbsenceSource::self
) {
    Absence row;
    row.id = AbsenceId{id};
    row.person = amira;
    row.days = away;
    row.source = source;
    return row;
}

// Amira's turn in the stand-up of that day at half past nine.
inline Turn turn_on(unsigned day, Phase phase = Phase::waiting) {
    Turn turn;
    turn.person.id = amira;
    turn.team.id = TeamId{7};
    turn.team.name = "Payments";
    turn.ceremony.slots = {{"main", 9h + 30min}};
    turn.run.id = RunId{100 + day};
    turn.run.slot = "main";
    turn.run.held_on = turn.run.date = nov(day);
    turn.run.ceremony_name = "stand-up";
    turn.run.opens_at = at(nov(day), 9h + 30min);
    turn.run.completes_at = turn.run.closes_at = at(nov(day), 11h + 30min);
    turn.round.id = RoundId{200 + day};
    turn.round.run = turn.run.id;
    turn.round.person = amira;
    turn.round.phase = phase;
    turn.round.opens_at = turn.run.opens_at;
    turn.round.closes_at = turn.run.closes_at;
    if (phase == Phase::asked) {
        turn.round.asked_at = turn.run.opens_at;
        turn.round.prompts = 1;
    }
    turn.calendars = std::make_shared<const CalendarBook>();
    return turn;
}

inline absence::Situation situation(
    std::vector<Turn> turns = {}, std::vector<Absence> absences = {}
) {
    absence::Situation scene;
    scene.person.id = amira;
    scene.person.name = "Amira Khan";
    scene.turns = std::move(turns);
    scene.absences = std::move(absences);
    scene.calendars = std::make_shared<const CalendarBook>();
    return scene;
}

inline IdSource some_ids() {
    return IdSource{{20, 26}};
}

inline Draft proposed(const DaysAway& away) {
    Draft draft;
    draft.id = DraftId{50};
    draft.person = amira;
    draft.kind = DraftKind::absence;
    draft.text = absence::to_text(away);
    draft.expires_at = nine_thirty + 24h;
    return draft;
}

inline Decision confirmed(const absence::Situation& scene, const DaysAway& away, Instant now) {
    auto ids = some_ids();
    return absence::confirm(scene, proposed(away), now, ids);
}

template <class Row>
inline std::vector<Row> rows(const Decision& decision) {
    std::vector<Row> found;
    for (const auto& change : decision.changes)
        if (const auto* row = std::get_if<Row>(&change)) found.push_back(*row);
    return found;
}

inline std::optional<Round> round_of(const Decision& decision, const Turn& turn) {
    std::optional<Round> last;
    for (const auto& round : rows<Round>(decision))
        if (round.id == turn.round.id) last = round;
    return last;
}

// When the timer will fire after this decision; none = cancelled or not touched.
inline std::optional<Instant> timer(const Decision& decision, TimerKind kind, std::int64_t ref) {
    std::optional<Instant> due;
    for (const auto& change : decision.timers) {
        if (const auto* set = std::get_if<SetTimer>(&change);
            set && set->kind == kind && set->ref == ref)
            due = set->due;
        if (const auto* cancel = std::get_if<CancelTimer>(&change);
            cancel && cancel->kind == kind && cancel->ref == ref)
            due.reset();
    }
    return due;
}

inline bool is_cancelled(const Decision& decision, TimerKind kind, std::int64_t ref) {
    return std::ranges::count(decision.timers, TimerChange{CancelTimer{kind, ref}}) > 0;
}

inline bool tells(const Decision& decision, Purpose purpose, std::int64_t subject) {
    return std::ranges::any_of(decision.deliveries, [&](const Tell& tell) {
        return tell.key.purpose == purpose && tell.key.subject == subject;
    });
}

inline const Message& said(const Decision& decision) {
    return std::get<Say>(decision.reply).message;
}

inline std::vector<std::string> keys_said(const Decision& decision) {
    std::vector<std::string> keys;
    for (const auto& block : said(decision).blocks)
        if (const auto* paragraph = std::get_if<Paragraph>(&block))
            keys.push_back(paragraph->text.key);
    return keys;
}

inline std::vector<Button> buttons(const Decision& decision) {
    for (const auto& block : said(decision).blocks)
        if (const auto* found = std::get_if<Buttons>(&block)) return found->buttons;
    return {};
}

template <class Value>
inline Value argument(const Text& text, std::string_view name) {
    for (const auto& [key, value] : text.arguments)
        if (key == name) return std::get<Value>(value);
    throw std::logic_error("no such argument");
}

}  // namespace muster::absence_scene
