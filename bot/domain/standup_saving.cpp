#include "bot/domain/standup_saving.hpp"

#include <algorithm>
#include <sstream>

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
        if (*round.answered_at != now) round.edited_at = now;
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

namespace {

// Several lines to one question: the last one counts.
void put(std::vector<Given>& given, Given answer) {
    std::erase_if(given, [&](const Given& other) { return other.question == answer.question; });
    given.push_back(std::move(answer));
}

void give_blockers(
    Decision& blockers,
    std::vector<Given>& given,
    const Turn& turn,
    const std::vector<TypedAnswer>& typed,
    const std::string& message,
    Instant now,
    IdSource& ids
) {
    const Question* question = nullptr;
    std::vector<std::string> words;
    for (const auto& answer : typed) {
        if (!answer.is_blocker) continue;
        if (answer.question) question = answer.question;
        words.push_back(answer.words);
    }
    if (words.empty()) return;
    std::vector<Blocker> typed_before;
    const auto* before = question ? answer_to(turn, question->key) : nullptr;
    if (before && !message.empty() && before->message == message)
        typed_before = typed_in(turn, *before);
    auto setting = blocker_case::setting_of(turn);
    blockers = reword_blockers(turn, setting, typed_before, words, now, ids);
    if (!question) return;
    std::string joined;
    for (const auto& line : words)
        joined += (joined.empty() ? "" : "\n") + line;
    put(given, {question->key, joined, AnswerSource::line, message});
    blockers.reply = NoReply{};  // the receipt says it
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
    Decision blockers;
    Decision unfit;
    give_blockers(blockers, given, turn, typed, message, now, ids);
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
        if (given.empty() && blockers.changes.empty()) return unfit;
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

void refresh_receipt(Decision& decision, const Turn& turn, Instant now, IdSource& ids) {
    if (turn.round.receipts == 0) return;
    auto key =
        to_person(Purpose::receipt, turn.round.id.value, turn.person.id, turn.round.receipts - 1);
    decision.deliveries.push_back(tell(key, now, ids));
}

std::optional<std::string> chosen(const Question& question, const std::string& words) {
    auto labels = question.choices;
    if (question.kind == Question::Kind::yes_no) labels = {"yes", "no"};
    if (question.kind == Question::Kind::scale && labels.empty())
        labels = {"1", "2", "3", "4", "5"};
    if (labels.empty()) return words;
    for (const auto& label : labels)
        if (same_words(words, label)) return label;
    for (std::size_t index = 0; index < labels.size(); ++index)
        if (words == std::to_string(index + 1)) return labels[index];
    return std::nullopt;
}

std::vector<Blocker> typed_in(const Turn& turn, const Answer& answer) {
    auto lines = "\n" + answer.text + "\n";
    std::vector<Blocker> found;
    for (const auto& blocker : turn.own_blockers) {
        if (blocker.round != turn.round.id || blocker.state != BlockerState::open) continue;
        auto is_all = same_words(blocker.title, answer.text);
        auto is_part = lines.find("\n" + blocker.title + "\n") != std::string::npos;
        if (is_all || is_part) found.push_back(blocker);
    }
    return found;
}

Decision reword_blockers(
    const Turn& turn,
    blocker_case::Setting& setting,
    std::vector<Blocker> before,
    std::vector<std::string> words,
    Instant now,
    IdSource& ids
) {
    std::erase_if(words, [](const std::string& line) { return means_nothing(line); });
    std::vector<Blocker> reworded;
    for (const auto& blocker : before) {
        auto is_the_same = [&](const std::string& line) { return same_words(line, blocker.title); };
        if (auto same = std::ranges::find_if(words, is_the_same); same != words.end())
            words.erase(same);
        else
            reworded.push_back(blocker);
    }
    Decision decision;
    for (std::size_t i = 0; i < reworded.size(); ++i) {
        if (i < words.size())
            append(decision, blocker_case::retitle(setting, reworded[i], words[i], now, ids));
        else
            append(decision, blocker_case::withdraw(setting, reworded[i], now, ids));
    }
    for (auto i = reworded.size(); i < words.size(); ++i)
        append(decision, blocker_case::raise(setting, words[i], turn.round.id, now, ids).decision);
    return decision;
}

std::vector<std::string> lines_of(const std::string& words) {
    std::vector<std::string> lines;
    std::istringstream rest{words};
    for (std::string line; std::getline(rest, line);)
        if (auto found = trimmed(line); !found.empty()) lines.push_back(found);
    return lines;
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
