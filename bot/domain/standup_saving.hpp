#pragma once

#include "bot/domain/blocker_case.hpp"
#include "bot/domain/standup.hpp"

// What the decisions about answers share: finding, saving and acknowledging. For the standup_*.cpp
// files only.
namespace muster::standup {

std::string trimmed(const std::string& words);
const Answer* answer_to(const Turn&, const std::string& question);
const Question* question_of(const Run&, const std::string& key);
const Blocker* own_blocker(const Turn&, BlockerId);

// The round after something was answered in it at `now`: answered, late, or edited.
Round answered(const Turn&, Instant now);

struct Given {
    std::string question;
    std::string words;  // empty: withdraws an earlier answer
    AnswerSource source;
    std::string message;  // provider id of the typed line; "" = none
};

// Saves what was given with the round as it is then; cards, summary and thread follow.
Decision save(const Turn&, Round, const std::vector<Given>&, Instant now, IdSource&);

// What a typed message gives to one question.
struct TypedAnswer {
    const Question* question;  // none: a blocker, where no question asks for blockers
    bool is_blocker;
    std::string words;  // not empty
};

// Saves what a message says, whatever was answered meanwhile.
Decision take_message(const Turn&, const Said&, Instant now, IdSource&);

// The same of a message that begins with the letter of a question; none: it does not.
std::optional<Decision> take_letters(const Turn&, const Said&, Instant now, IdSource&);

enum class Saying { first_time, again };  // again: the message was edited

// Saves everything that one message gives, and says so once. Words that are none of a question's
// choices are kept and offered.
Decision
give(const Turn&, const std::vector<TypedAnswer>&, const std::string& message, Saying, Instant now, IdSource&);

// A new "Saved" message: the answer to a typed line.
void acknowledge(Decision&, const Turn&, Instant now, IdSource&);

// The newest "Saved" message shows the answers as they are now.
void refresh_receipt(Decision&, const Turn&, Instant now, IdSource&);

// The choice that the words or their number stand for; any words where there is no choice; none:
// they are not among the choices.
std::optional<std::string> chosen(const Question&, const std::string& words);
TextList choice_labels(const Question&);

// ---- blockers that an answer holds

// Those open ones of this round whose words the answer holds: all of it, or a line each.
std::vector<Blocker> typed_in(const Turn&, const Answer&);

// The open ones that this message raised in this round.
std::vector<Blocker> raised_by(const Turn&, const std::string& message);

// The words of one of them stand in the answer about blockers.
bool is_in_an_answer(const Turn&, const std::vector<Blocker>&);

// What the message says of blockers: those it raised before are reworded, others are raised. Each
// message adds to the answer and changes no other's line.
Decision
give_blockers(std::vector<Given>&, const Turn&, const std::vector<TypedAnswer>&, const std::string& message, Instant now, IdSource&);

// The message says nothing of blockers any more: its lines leave the answer, and what it raised is
// withdrawn while nobody has seen it.
Decision take_back_blockers(const Turn&, const std::string& message, Instant now, IdSource&);

// The words say less than what raised `before`.
bool takes_back(const std::vector<Blocker>& before, const std::vector<std::string>& words);

std::vector<std::string> lines_of(const std::string& words);

// The answer is withdrawn, and these blockers of it with it.
Decision withdraw(const Turn&, const Answer&, const std::vector<Blocker>&, Instant now, IdSource&);

// ---- a plan in several parts: the first is the answer's own line, the others are drafts of the
// kind `added`, so that an edit of a line changes its words only

// What was added to the plan, as it ends the answer's text; "" when the text was written anew.
std::string added_tail(const Turn&, const Answer& plan);
void end_added_parts(Decision&, const Turn&);
// The plan without its own line, if something was added to it.
std::optional<Decision> without_first_part(const Turn&, const Answer&, Instant now, IdSource&);

// ---- plain mode

// The reply to the question that was put; none when it is a plan like anybody else's line.
std::optional<Decision> on_plain_line(const Turn&, const Said&, Instant now, IdSource&);
void put_numbered(std::vector<Block>&, const TextList& choices);

// A row of an open blocker: "still", "moving" or "cleared"; in plain mode "1", "2" or "3".
Decision row_answer(const Turn&, const Blocker&, const std::string& choice, Instant now, IdSource&);

Draft new_draft(const Person&, DraftKind, const Said&, Instant now, IdSource&);
Decision keep(const Draft&);  // until it expires

// Today is answered already: the line is kept, and the person says what it was meant as.
Decision offer_second_line(const Turn&, const Said&, Instant now, IdSource&);
// It was answered again later: the line is kept, and the later answer stands.
Decision keep_earlier_words(const Turn&, const Said&, Instant said_at, Instant now, IdSource&);
// The newest word in this answer is from after `said_at`.
bool was_said_after(const Turn&, const Answer&, SaidAt);
// It is none of the choices of what was asked: kept in the same way.
Decision
offer_unfit_words(const Turn&, const Said&, const TextList& choices, Instant now, IdSource&);

}  // namespace muster::standup
