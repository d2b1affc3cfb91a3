#include "bot/domain/standup_saving.hpp"

#include <algorithm>
#include <array>

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

Decision not_taken(const Turn& turn, Instant now) {
    auto why = text("why.left", {{"team", UserText{turn.team.name}}});
    if (what_it_takes(turn, now) == Takes::nothing)
        why = text(turn.newest ? "stale.round_is_a_week_old" : "stale.round_is_over");
    return Decision{.reply = say(turn.person, why)};
}

// The round after something was answered in it.
Round answered(const Turn& turn, Instant now) {
    auto round = turn.round;
    if (round.answered_at) {
        if (*round.answered_at != now) round.edited_at = now;
        return round;
    }
    auto is_late = round.closes_at && now > *round.closes_at + late_grace;
    round.phase_before = round.phase;
    round.not_asked_before = round.not_asked;
    round.phase = is_late ? Phase::late : Phase::answered;
    round.answered_at = now;
    round.not_asked = NotAsked::none;
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

namespace {

// Several lines to one question: the last one counts.
void put(std::vector<Given>& given, Given answer) {
    std::erase_if(given, [&](const Given& other) { return other.question == answer.question; });
    given.push_back(std::move(answer));
}

}  // namespace

Decision give(
    const Turn& turn,
    const std::vector<TypedAnswer>& typed,
    const std::string& message,
    Saying saying,
    Instant now,
    IdSource& ids
) {
    std::vector<Given> given;
    Decision unfit;
    auto blockers = give_blockers(given, turn, typed, message, now, ids);
    auto nothing_fits = true;
    for (const auto& answer : typed) {
        auto value = answer.is_blocker ? answer.words : chosen(*answer.question, answer.words);
        if (value) nothing_fits = false;
        if (answer.is_blocker) continue;
        if (!value) {
            auto said = Said{answer.words, message, std::nullopt};
            append(unfit, offer_unfit_words(turn, said, choice_labels(*answer.question), now, ids));
            continue;
        }
        put(given, {answer.question->key, *value, AnswerSource::line, message});
    }
    if (nothing_fits) return unfit;

    auto parts_end = false;
    const auto* plan = plan_question(turn.run);
    for (auto& answer : given) {
        const auto* before = answer_to(turn, answer.question);
        if (!plan || answer.question != plan->key || !before) continue;
        auto is_its_line = !message.empty() && before->message == message;
        auto tail = is_its_line ? added_tail(turn, *before) : std::string{};
        answer.words += tail;
        parts_end = tail.empty();
    }
    if (saying == Saying::again) {
        std::erase_if(given, [&](const Given& answer) {
            const auto* before = answer_to(turn, answer.question);
            return before && before->text == answer.words && before->message == message;
        });
        if (given.empty() && blockers.changes.empty()) {
            append(unfit, std::move(blockers));
            return unfit;
        }
    }
    auto decision = save(turn, answered(turn, now), given, now, ids);
    if (parts_end) end_added_parts(decision, turn);
    append(decision, std::move(blockers));
    append(decision, std::move(unfit));
    if (saying == Saying::first_time || turn.person.plain || turn.round.receipts == 0)
        acknowledge(decision, turn, now, ids);
    else
        refresh_receipt(decision, turn, now, ids);
    return decision;
}

Decision said_then(Decision decision, const std::string& message, Instant said_at) {
    for (auto& change : decision.changes) {
        if (auto* answer = std::get_if<Answer>(&change); answer && answer->message == message)
            answer->said_at = said_at;
        if (auto* draft = std::get_if<Draft>(&change); draft && draft->message == message)
            draft->said_at = said_at;
        if (auto* blocker = std::get_if<Blocker>(&change); blocker && blocker->message == message)
            blocker->said_at = said_at;
    }
    return decision;
}

Decision answered_then(Decision decision, Instant said_at) {
    for (auto& change : decision.changes)
        if (auto* answer = std::get_if<Answer>(&change)) answer->said_at = said_at;
    return decision;
}

void refresh_receipt(Decision& decision, const Turn& turn, Instant now, IdSource& ids) {
    if (turn.round.receipts == 0) return;
    auto key =
        to_person(Purpose::receipt, turn.round.id.value, turn.person.id, turn.round.receipts - 1);
    decision.deliveries.push_back(tell(key, now, ids));
}

namespace {

// English and Welsh: whatever the reader's language, both are understood.
constexpr std::array ways_to_say_yes{"y", "ydy", "ydw", "oes", "ie", "do"};
constexpr std::array ways_to_say_no{"n", "nac ydy", "nac ydw", "nac oes", "nage", "naddo", "na"};

bool is_one_of(const auto& ways, const std::string& words) {
    return std::ranges::any_of(ways, [&](const char* way) { return same_words(words, way); });
}

}  // namespace

std::optional<std::string> chosen(const Question& question, const std::string& words) {
    auto labels = question.choices;
    if (question.kind == Question::Kind::yes_no) {
        labels = {"yes", "no"};
        if (is_one_of(ways_to_say_yes, words)) return labels[0];
        if (is_one_of(ways_to_say_no, words)) return labels[1];
    }
    if (question.kind == Question::Kind::scale && labels.empty())
        labels = {"1", "2", "3", "4", "5"};
    if (labels.empty()) return words;
    for (const auto& label : labels)
        if (same_words(words, label)) return label;
    for (std::size_t index = 0; index < labels.size(); ++index)
        if (words == std::to_string(index + 1)) return labels[index];
    return std::nullopt;
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
