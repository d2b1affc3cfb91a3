#include "bot/domain/standup_saving.hpp"

#include <algorithm>

#include "bot/domain/blocker_case.hpp"

namespace muster::standup {

std::string trimmed(const std::string& words) {
    constexpr auto white = " \t\r\n";
    auto from = words.find_first_not_of(white);
    if (from == std::string::npos) return "";
    return words.substr(from, words.find_last_not_of(white) - from + 1);
}

const Answer* answer_to(const Turn& turn, const std::string& question) {
    auto answer = std::ranges::find(turn.answers, question, &Answer::question);
    return answer == turn.answers.end() ? nullptr : &*answer;
}

const Question* question_of(const Run& run, const std::string& key) {
    auto question = std::ranges::find(run.questions, key, &Question::key);
    return question == run.questions.end() ? nullptr : &*question;
}

const Blocker* own_blocker(const Turn& turn, BlockerId id) {
    auto blocker = std::ranges::find(turn.own_blockers, id, &Blocker::id);
    return blocker == turn.own_blockers.end() ? nullptr : &*blocker;
}

// The round after something was answered in it.
Round answered(const Turn& turn, Instant now) {
    auto round = turn.round;
    if (round.answered_at) {
        round.edited_at = now;
        return round;
    }
    auto is_late = round.closes_at && now > *round.closes_at + late_grace;
    round.phase = is_late ? Phase::late : Phase::answered;
    round.answered_at = now;
    round.not_asked = NotAsked::none;
    round.reason.clear();
    round.snoozed_until.reset();
    return round;
}

// Saves what was given and lets cards, summary and thread follow. The round is passed on changed.
Decision save(
    const Turn& turn, Round round, const std::vector<Given>& given, Instant now, IdSource& ids
) {
    Decision decision;
    for (const auto& answer : given) {
        const auto* before = answer_to(turn, answer.question);
        if (answer.words.empty() && !before) continue;
        Answer row{
            round.id,
            answer.question,
            answer.words,
            now,
            answer.source,
            answer.message,
            before ? before->said_at : Instant{},
            answer.words.empty()};
        if (row.withdrawn) row.text = before->text;
        decision.changes.push_back(row);
    }
    decision.changes.push_back(round);
    decision.timers = {
        CancelTimer{TimerKind::ask, round.id.value},
        CancelTimer{TimerKind::remind, round.id.value}};
    decision.events = {
        {"round.answered", round.id.value, turn.person.id, {{"phase", name(round.phase)}}}};
    for (const auto& answer : given)
        decision.events.push_back(
            {"answer.saved",
             round.id.value,
             turn.person.id,
             {{"question", answer.question}, {"text", answer.words}}}
        );
    refresh(decision, turn, round, now, ids);
    return decision;
}

// A new "Saved" message: the answer to a typed line.
void acknowledge(Decision& decision, const Turn& turn, Instant now, IdSource& ids) {
    for (auto& change : decision.changes) {
        auto* round = std::get_if<Round>(&change);
        if (!round || round->id != turn.round.id) continue;
        auto key = to_person(Purpose::receipt, round->id.value, round->person, round->receipts);
        round->receipts += 1;
        decision.deliveries.push_back(tell(key, now, ids));
    }
}

Draft new_draft(
    const Person& person, DraftKind kind, const Said& said, Instant now, IdSource& ids
) {
    Draft draft;
    draft.id = ids.next<DraftId>();
    draft.person = person.id;
    draft.kind = kind;
    draft.text = trimmed(said.text);
    draft.message = said.message;
    draft.expires_at = now + draft_life;
    return draft;
}

Decision row_answer(
    const Turn& turn, const Blocker& blocker, const std::string& choice, Instant now, IdSource& ids
) {
    auto setting = blocker_case::setting_of(turn);
    if (choice == "cleared" || choice == "3")
        return blocker_case::clear(setting, blocker, now, ids);
    auto kind = choice == "moving" || choice == "2" ? NoteKind::moving : NoteKind::still;
    return blocker_case::note(setting, blocker, kind, "", now, ids);
}

Decision keep(const Draft& draft) {
    Decision decision;
    decision.changes = {draft};
    decision.timers = {SetTimer{TimerKind::drop_draft, draft.id.value, draft.expires_at}};
    decision.events = {{"draft.kept", draft.id.value, draft.person, {}}};
    return decision;
}

}  // namespace muster::standup
