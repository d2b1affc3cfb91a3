#pragma once

#include "bot/domain/blocker.hpp"

namespace muster {

enum class RunState {
    open,
    complete,  // the team zone's window has closed: the summary is complete, later zones are
               // appended
    closed,    // the last window has closed; late answers still count
};

// An occurrence being held. (ceremony, date, slot) is unique for ever.
struct Run {
    RunId id;
    CeremonyId ceremony;
    TeamId team;
    LocalDate date{};  // of the rule, also when the occurrence was moved off a holiday
    std::string slot;  // key of the time; for an unscheduled run the request's id
    LocalDate held_on{};
    RunState state = RunState::open;
    Instant opens_at{};
    Instant completes_at{};           // the team zone's window closes
    Instant closes_at{};              // the last member's window closes
    std::vector<Question> questions;  // frozen
    std::string ceremony_name;        // frozen
    bool names_hidden = false;
    bool show_silent = false;
    bool unscheduled = false;

    bool operator==(const Run&) const = default;
};

// Each round ends in exactly one of the states from `answered` on.
enum class Phase {
    waiting,  // its window has not opened
    asked,
    answered,
    late,
    skipped,
    away,
    not_expected,  // does not work that day
    not_asked,     // reason says why
    unreachable,   // reason says why
    silent,        // asked, no answer
};

enum class NotAsked {
    none,
    downtime,
    outside_hours,
    left,
    too_late,
    called_off,  // the ceremony was paused, or it or its team archived, before their window opened
};

const char* name(Phase);
std::optional<Phase> phase_from(std::string_view);
const char* name(NotAsked);

// One member's turn in a run.
struct Round {
    RoundId id;
    RunId run;
    PersonId person;
    Phase phase = Phase::waiting;
    NotAsked not_asked = NotAsked::none;
    std::string reason;               // unreachable: a hindrance, or the platform's code
    std::optional<Instant> opens_at;  // none: has no window
    std::optional<Instant> closes_at;
    std::optional<Instant> asked_at;     // the prompt was posted
    std::optional<Instant> answered_at;  // first saved
    std::optional<Instant> edited_at;    // changed after it was first saved
    std::optional<Instant> snoozed_until;
    int prompts = 0;   // how many prompts were decided: the next prompt's seq
    int receipts = 0;  // how many "Saved" messages were decided: the next one's seq
    bool reminded = false;
    int step = 0;  // plain mode: number of the last blocker whose row was answered
    // What it was before it was first answered, to go back to when every answer is taken back.
    std::optional<Phase> phase_before;
    NotAsked not_asked_before = NotAsked::none;

    bool operator==(const Round&) const = default;
};

enum class AnswerSource { form, line, same_plan };

// What was answered to one question. Key (round, question). Withdrawn ones stay as rows.
struct Answer {
    RoundId round;
    std::string question;
    std::string text;
    Instant at{};
    AnswerSource source = AnswerSource::form;
    std::string message;  // provider id of the typed line, so that editing it edits the answer
    Instant said_at{};  // the platform's time of the line or its newest edit, or of the form: what
                        // was said before and comes later replaces nothing
    bool withdrawn = false;

    bool operator==(const Answer&) const = default;
};

enum class DraftKind {
    loose,           // typed when nothing could be answered; offered with the next prompt
    extra,           // typed when today was answered already: Add / Replace / Leave
    which_round,     // typed with several rounds open
    absence,         // proposed dates, not yet confirmed; text = "2026-11-24 2026-11-27 whole whole
                     // [team]"
    withdrawn_line,  // deleted before it arrived: the line is void when it comes
    added,       // a line that was added to the plan: for its edits, as long as the plan can change
    which_team,  // a blocker typed by somebody of several teams: nobody sees it before they choose
                 // one
    numbered,    // plain mode: the choices of the newest reply; a line that is a number takes one
    away_hint,   // dates that a status speaks of, not yet confirmed; text as of an absence
};

// What was typed and has not found its place: kept for 24 hours.
struct Draft {
    DraftId id;
    PersonId person;
    DraftKind kind = DraftKind::loose;
    std::optional<RoundId> round;
    std::string text;
    std::string message;  // provider id of the line
    Instant expires_at{};
    Instant said_at{};  // the platform's time of the line or its newest edit; as for an answer

    bool operator==(const Draft&) const = default;
};

}  // namespace muster
