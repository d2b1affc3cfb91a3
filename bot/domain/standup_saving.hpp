#pragma once

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

// A new "Saved" message: the answer to a typed line.
void acknowledge(Decision&, const Turn&, Instant now, IdSource&);

// A row of an open blocker: "still", "moving" or "cleared"; in plain mode "1", "2" or "3".
Decision row_answer(const Turn&, const Blocker&, const std::string& choice, Instant now, IdSource&);

Draft new_draft(const Person&, DraftKind, const Said&, Instant now, IdSource&);
Decision keep(const Draft&);  // for 24 hours

// Today is answered already: the line is kept, and the person says what it was meant as.
Decision offer_second_line(const Turn&, const Said&, Instant now, IdSource&);

}  // namespace muster::standup
