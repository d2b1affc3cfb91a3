#include <algorithm>

#include "bot/domain/command.hpp"
#include "bot/domain/standup_saving.hpp"

namespace muster::standup {
namespace {

Typist typist_of(const Turn& turn) {
    Typist typist;
    for (const auto& question : turn.run.questions)
        if (!question.letter.empty()) typist.letters.push_back(question.letter);
    return typist;
}

const Question* question_of_letter(const Run& run, const std::string& letter) {
    auto question = std::ranges::find(run.questions, letter, &Question::letter);
    if (question == run.questions.end() && letter == "b")
        question = std::ranges::find(run.questions, Question::Kind::blocker, &Question::kind);
    return question == run.questions.end() ? nullptr : &*question;
}

std::vector<TypedAnswer> typed_answers(
    const Turn& turn, const std::vector<command::AnswerLine>& lines
) {
    std::vector<TypedAnswer> answers;
    for (const auto& line : lines) {
        const auto* question = question_of_letter(turn.run, line.letter);
        auto is_blocker =
            line.letter == "b" || (question && question->kind == Question::Kind::blocker);
        answers.push_back({question, is_blocker, trimmed(line.text)});
    }
    return answers;
}

// What a message says, apart from what was said before the answers that are saved.
struct InOrder {
    std::string counts;
    std::vector<command::AnswerLine> lines;  // of what counts; empty: it has no letters
    std::vector<command::AnswerLine> earlier;
};

std::string as_typed(const std::vector<command::AnswerLine>& lines) {
    std::string words;
    for (const auto& line : lines)
        words += (words.empty() ? "" : "\n") + line.letter + ": " + line.text;
    return words;
}

InOrder in_order(const Turn& turn, const Said& said, SaidAt said_at) {
    InOrder sorted;
    auto lines = answers_in(said.text, typist_of(turn));
    for (const auto& line : lines) {
        const auto* question = question_of_letter(turn.run, line.letter);
        const auto* answer =
            question && line.letter != "b" ? answer_to(turn, question->key) : nullptr;
        auto is_its_own = answer && !said.message.empty() && answer->message == said.message;
        auto is_earlier = answer && !is_its_own && question->kind != Question::Kind::blocker &&
                          was_said_after(turn, *answer, said_at);
        if (!is_earlier)
            sorted.lines.push_back(line);
        else if (trimmed(line.text) != answer->text)  // else nothing is lost
            sorted.earlier.push_back(line);
    }
    sorted.counts = sorted.lines.size() == lines.size() ? said.text : as_typed(sorted.lines);
    return sorted;
}

Decision keep_earlier(
    const Turn& turn,
    const InOrder& sorted,
    const Said& said,
    Instant said_at,
    Instant now,
    IdSource& ids
) {
    if (sorted.earlier.empty()) return {};
    const auto& first = sorted.earlier.front();
    auto is_plan = question_of_letter(turn.run, first.letter) == plan_question(turn.run);
    if (sorted.earlier.size() == 1 && is_plan)
        return offer_second_line(turn, Said{first.text, said.message, std::nullopt}, now, ids);
    auto words = Said{as_typed(sorted.earlier), said.message, std::nullopt};
    return keep_earlier_words(turn, words, said_at, now, ids);
}

// The receipt says what was saved, so the reply may say what was not.
void append_earlier(Decision& decision, Decision earlier) {
    auto reply = std::holds_alternative<NoReply>(decision.reply) ? earlier.reply : decision.reply;
    append(decision, std::move(earlier));
    decision.reply = reply;
}

bool is_about_blockers(const Turn& turn, const Answer& answer) {
    const auto* question = question_of(turn.run, answer.question);
    return question && question->kind == Question::Kind::blocker;
}

// Which of the questions that a message answered is meant by words without a letter.
const Question* main_question(const Turn& turn, const std::vector<Answer>& given) {
    if (given.empty()) return question_of_letter(turn.run, "b");
    const auto* plan = plan_question(turn.run);
    auto is_plan = [&](const Answer& answer) { return plan && answer.question == plan->key; };
    auto main = std::ranges::find_if(given, is_plan);
    if (main == given.end()) main = given.begin();
    return question_of(turn.run, main->question);
}

// A round that was to be asked, or was asked, as it is at `now` without an answer.
void go_on_waiting(Round& round, const Turn& turn, Instant now) {
    auto is_asked = round.asked_at || round.prompts > 0;
    auto is_over = round.closes_at && now >= *round.closes_at;
    auto end_as = [&](Phase phase, NotAsked reason) {
        round.phase = phase;
        round.not_asked = reason;
    };
    if (!takes_part(turn))
        end_as(Phase::not_asked, NotAsked::left);
    else if (!is_over && is_away_that_day(turn))
        end_as(Phase::away, NotAsked::none);
    else if (!is_over && is_asked)
        end_as(Phase::asked, NotAsked::none);
    else if (is_asked && round.asked_at)
        end_as(Phase::silent, NotAsked::none);
    else if (is_asked)
        end_as(Phase::not_asked, NotAsked::downtime);
    else if (round.closes_at && *round.closes_at - now >= shortest_window)
        end_as(Phase::waiting, NotAsked::none);
    else
        end_as(Phase::not_asked, NotAsked::too_late);
}

// The last answer is taken back: the round is what it was before the first one. Nobody becomes
// silent by that who was not.
Round without_answer(const Turn& turn, Instant now) {
    auto round = turn.round;
    round.answered_at.reset();
    round.edited_at.reset();
    round.phase = round.phase_before.value_or(Phase::asked);
    round.not_asked = round.not_asked_before;
    round.phase_before.reset();
    round.not_asked_before = NotAsked::none;
    auto was_posted_after_all = round.asked_at && round.not_asked == NotAsked::downtime;
    auto is_open = round.phase == Phase::waiting || round.phase == Phase::asked;
    if (is_open || was_posted_after_all) go_on_waiting(round, turn, now);
    if (round.phase == Phase::waiting) round.opens_at = std::max(*round.opens_at, now);
    return round;
}

// What is still to come for a round that is open again.
void go_on(Decision& decision, const Turn& turn, const Round& round, Instant now) {
    if (round.phase == Phase::waiting)
        decision.timers.push_back(SetTimer{TimerKind::ask, round.id.value, *round.opens_at});
    if (round.phase != Phase::asked) return;
    decision.timers.push_back(SetTimer{TimerKind::close_round, round.id.value, *round.closes_at});
    if (round.reminded || !round.asked_at) return;
    auto reminder = reminder_at(turn, *round.asked_at, *round.closes_at);
    if (reminder && now < *reminder)
        decision.timers.push_back(SetTimer{TimerKind::remind, round.id.value, *reminder});
}

// Saved at once as today's plan; a second one is kept and offered.
Decision take_line(const Turn& turn, const Said& said, Instant now, IdSource& ids) {
    auto words = trimmed(said.text);
    if (words.empty()) return Decision{.reply = say(turn.person, text("line.empty"))};
    if (turn.person.plain)
        if (auto decision = on_plain_line(turn, said, now, ids)) return *decision;

    const auto* question = plan_question(turn.run);
    if (!question || answer_to(turn, question->key)) return offer_second_line(turn, said, now, ids);
    return give(turn, {{question, false, words}}, said.message, Saying::first_time, now, ids);
}

Decision take(
    const Turn& turn, const InOrder& sorted, const std::string& message, Instant now, IdSource& ids
) {
    if (sorted.lines.empty())
        return take_line(turn, Said{sorted.counts, message, std::nullopt}, now, ids);
    return give(turn, typed_answers(turn, sorted.lines), message, Saying::first_time, now, ids);
}

Decision take_back(const Turn& turn, const Answer& answer, Instant now, IdSource& ids) {
    if (answer.withdrawn) return {};
    if (!is_about_blockers(turn, answer)) return withdraw(turn, answer, {}, now, ids);
    if (!answer.message.empty()) return take_back_blockers(turn, answer.message, now, ids);
    return withdraw(turn, answer, typed_in(turn, answer), now, ids);
}

// What the message gave and does not give any more is withdrawn, after the rest was saved: so that
// the round stays answered in between.
Decision take_edit(
    const Turn& turn, const std::string& message, const InOrder& sorted, Instant now, IdSource& ids
) {
    const auto& words = sorted.counts;
    if (trimmed(words).empty()) return on_message_deleted(turn, message, now, ids);
    std::vector<Answer> before;
    for (const auto& answer : turn.answers)
        if (answer.message == message) before.push_back(answer);
    auto raised = raised_by(turn, message);
    if (before.empty() && raised.empty()) return take(turn, sorted, message, now, ids);
    if (before.empty() && !is_in_an_answer(turn, raised)) {
        auto setting = blocker_case::setting_of(turn);
        setting.message = message;
        return blocker_case::edit(setting, raised, words, turn.round.id, now, ids);
    }

    auto typed = typed_answers(turn, sorted.lines);
    if (typed.empty()) {
        const auto* question = main_question(turn, before);
        auto is_blocker = question && question->kind == Question::Kind::blocker;
        typed = {{question, is_blocker, trimmed(words)}};
    }
    auto decision = give(turn, typed, message, Saying::again, now, ids);
    for (const auto& answer : before) {
        auto is_its_question = [&](const TypedAnswer& other) {
            return other.question && other.question->key == answer.question;
        };
        if (is_about_blockers(turn, answer) || std::ranges::any_of(typed, is_its_question))
            continue;
        append(decision, take_back(after(turn, decision), answer, now, ids));
    }
    if (std::ranges::none_of(typed, &TypedAnswer::is_blocker))
        append(decision, take_back_blockers(after(turn, decision), message, now, ids));
    return decision;
}

}  // namespace

std::optional<Decision> take_letters(
    const Turn& turn, const Said& said, Instant now, IdSource& ids
) {
    auto lines = answers_in(said.text, typist_of(turn));
    if (lines.empty()) return std::nullopt;
    return give(turn, typed_answers(turn, lines), said.message, Saying::first_time, now, ids);
}

Decision take_message(const Turn& turn, const Said& said, Instant now, IdSource& ids) {
    if (auto decision = take_letters(turn, said, now, ids)) return *decision;
    return take_line(turn, said, now, ids);
}

Decision on_message(
    const Turn& turn, const Said& said, SaidAt said_at, Instant now, IdSource& ids
) {
    auto sorted = in_order(turn, said, said_at);
    Decision decision;
    if (!sorted.counts.empty() || said.text.empty())
        decision = take(turn, sorted, said.message, now, ids);
    append_earlier(decision, keep_earlier(turn, sorted, said, said_at.at, now, ids));
    return decision;
}

// An edit that says nothing more that counts withdraws what the message gave before.
Decision on_message_edited(
    const Turn& turn, const Said& edited, SaidAt said_at, Instant now, IdSource& ids
) {
    auto sorted = in_order(turn, edited, said_at);
    auto decision = take_edit(turn, edited.message, sorted, now, ids);
    append_earlier(decision, keep_earlier(turn, sorted, edited, said_at.at, now, ids));
    return decision;
}

// Of a plan in several parts, the parts that were added to it stay.
Decision on_message_deleted(
    const Turn& turn, const std::string& message, Instant now, IdSource& ids
) {
    Decision all;
    for (const auto& answer : turn.answers) {
        if (answer.message != message || is_about_blockers(turn, answer)) continue;
        auto current = after(turn, all);
        if (auto rest = without_first_part(current, answer, now, ids))
            append(all, std::move(*rest));
        else
            append(all, take_back(current, answer, now, ids));
    }
    append(all, take_back_blockers(after(turn, all), message, now, ids));
    return all;
}

// What remains decides whether the round still counts as answered.
Decision withdraw(
    const Turn& turn,
    const Answer& answer,
    const std::vector<Blocker>& blockers,
    Instant now,
    IdSource& ids
) {
    auto withdrawn = answer;
    withdrawn.withdrawn = true;
    auto round = turn.round;
    auto others = std::ranges::count_if(turn.answers, [&](const Answer& other) {
        return other.question != answer.question;
    });
    if (others > 0) {
        round.edited_at = now;
    } else {
        round = without_answer(turn, now);
    }
    Decision decision;
    decision.changes = {withdrawn, round};
    decision.events = {
        {"answer.withdrawn", round.id.value, turn.person.id, {{"question", answer.question}}}};
    auto setting = blocker_case::setting_of(turn);
    append(decision, blocker_case::reword(setting, blockers, {}, round.id, now, ids));
    if (others == 0) go_on(decision, turn, round, now);
    auto entry_follows = round;
    entry_follows.answered_at = turn.round.answered_at;  // the thread entry must go, or change, too
    refresh(decision, turn, entry_follows, now, ids);
    refresh_receipt(decision, turn, now, ids);
    return decision;
}

Decision remove_answer(const Turn& turn, Instant now, IdSource& ids) {
    const auto* question = plan_question(turn.run);
    const auto* answer = question ? answer_to(turn, question->key) : nullptr;
    if (!answer) return Decision{.reply = say(turn.person, text("answer.nothing_to_remove"))};
    auto decision = take_back(turn, *answer, now, ids);
    end_added_parts(decision, turn);
    decision.reply = say(turn.person, text("answer.removed", {{"line", UserText{answer->text}}}));
    return decision;
}

}  // namespace muster::standup
