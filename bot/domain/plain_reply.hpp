#pragma once

#include "bot/domain/decision.hpp"
#include "bot/domain/inbound.hpp"
#include "bot/domain/turn.hpp"

// Plain mode: a reply is text alone. What others press, the person takes by its number.
namespace muster::plain {

// The reply with its buttons as numbered lines; `choices` are the buttons in the order of their
// numbers, empty when it had none.
struct Numbered {
    Message message;
    std::vector<Button> choices;
};

Numbered numbered(Message);

// A message of Muster's own accord: a number could be meant for something else, so where it had
// buttons it names the command that has the choices.
Message without_buttons(Message, Text typed_instead);

// The choice that this line is the number of, of those offered last. None when it is no number of
// theirs, or a stand-up was asked for since: that is what a number answers then.
std::optional<Pressed> pressed_by(
    const std::string& line,
    const std::vector<Draft>& drafts,
    const std::vector<Turn>& answerable,
    Instant now
);

enum class After { a_line, a_press };

// What is decided for this person, told in words: what the reply offers is kept, and takes the
// place of what was offered before, until the next line.
Decision
in_words(Decision, const Person&, const std::vector<Draft>&, After, Instant now, IdSource&);

// The choices as they are kept until the person says a number.
std::string to_text(const std::vector<Button>&);
std::vector<Pressed> choices_from(const std::string&);

// "2", "2." -> 2; none when the line is more than a number.
std::optional<std::size_t> number_in(const std::string& line);

// "Reply 1, 2 or 3."
Text reply_with(std::size_t choices);

}  // namespace muster::plain
