#pragma once

#include "bot/domain/calendar.hpp"
#include "bot/domain/texts.hpp"

namespace muster {

// The grammar of typed commands (spec/standups.md, "Typed text", "Commands"), the same everywhere.
// English words. Case, extra spaces and a final full stop do not matter.
namespace command {

struct OpenForm {};  // the empty command, "edit", "edit today"

struct Help {};

struct Status {};

struct Why {
    std::string person;          // "@ana", without the @; "" = me
    std::optional<int> blocker;  // "13", "#13"
};

struct Skip {};

struct Snooze {
    minutes length{60};  // "30m", "1h", "90 minutes"; 5..240
};

struct Away {
    DaysAway
        days;  // computed from today in the person's zone; "3 days" counts working days from today
    std::string team;  // "... in Payments": one of typist.teams; "" = all teams
};

struct Sick {};  // away today, nothing else is kept

struct Back {};

struct Stop {};

struct History {};

struct MyWeek {};

struct RaiseBlocker {
    std::string text;
};

struct ListBlockers {};

struct ClearBlocker {
    int number;
};

struct KeepBlockerPrivate {  // "blocker 13 private": only the delivery manager is told
    int number;
};

struct UpdateBlocker {
    int number;
    std::string text;
};

struct Start {};  // unscheduled run

struct Team {  // shows what is set for a team
    std::string name;  // "" = the only one, or each
};

struct Hours {};  // shows and explains my hours and zone

struct Plain {
    bool on;
};

struct Longer {
    bool on;
};

struct Confirm {};  // "yes", while dates wait for it

struct AnswerLine {  // "t: ...": replaces that answer; "b: ..." adds a blocker
    std::string letter;
    std::string text;
};

}  // namespace command

using Command = std::variant<
    command::OpenForm,
    command::Help,
    command::Status,
    command::Why,
    command::Skip,
    command::Snooze,
    command::Away,
    command::Sick,
    command::Back,
    command::Stop,
    command::History,
    command::MyWeek,
    command::RaiseBlocker,
    command::ListBlockers,
    command::ClearBlocker,
    command::KeepBlockerPrivate,
    command::UpdateBlocker,
    command::Start,
    command::Team,
    command::Hours,
    command::Plain,
    command::Longer,
    command::Confirm>;

// It begins like a command but does not fit: what to say about it.
struct NotUnderstood {
    std::string
        nearest;  // the nearest command with an example: "away until fri"; "" = nothing is near
    Text explanation;  // what is wrong, in one sentence; names the nearest
};

using ParsedCommand = std::variant<Command, command::AnswerLine, NotUnderstood>;

// What the grammar needs to know of the person who typed.
struct Typist {
    LocalDate today{};
    WorkPattern pattern;               // for "3 days"
    std::vector<std::string> letters;  // of the questions that may be answered now
    bool dates_wait = false;           // an absence waits for confirmation
    std::vector<std::string>
        teams;  // names of the person's teams: for "away until fri in Payments"
};

// A line in the direct message is a command only when the whole line fits; anything else is an
// answer (nullopt), also when it begins with the letter of a question: ask answers_in first. Words
// that a plan could well begin with ("start with the form", "stop the leak", "back to the report")
// are not commands unless the whole line fits.
std::optional<Command> command_in_line(std::string_view line, const Typist&);

// A line that can only be meant as a command, but with a date or a length that cannot be ("away
// 31/2", "snooze 9h"): what to say instead of keeping it as an answer. Ask when command_in_line
// found nothing.
std::optional<NotUnderstood> slip_in_line(std::string_view line, const Typist&);

// A message of several answers, "y: fixed the form" above "t: test it": one for each line that
// begins with a letter and a colon; lines without one belong to the answer above. Empty when the
// first line has none, or a letter has no text.
std::vector<command::AnswerLine> answers_in(std::string_view message, const Typist&);

// After the bot's name or /muster: always meant as a command.
ParsedCommand parse_command(std::string_view text, const Typist&);

}  // namespace muster
