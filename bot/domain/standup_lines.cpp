#include <algorithm>

#include "bot/domain/blocker_case.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/standup_saving.hpp"

namespace muster::standup {
namespace {

Decision on_plain_line(const Turn& turn, const Said& said, Instant now, IdSource& ids);

// The line that raised a blocker was edited: the same blocker, in other words.
Decision retitle_blocker(
    const Turn& turn,
    const blocker_case::Setting& setting,
    const Answer& before,
    const std::string& words,
    Instant now,
    IdSource& ids
) {
    auto decision = save(
        turn,
        answered(turn, now),
        {{before.question, words, before.source, before.message}},
        now,
        ids
    );
    for (const auto& blocker : turn.own_blockers)
        if (blocker.round == turn.round.id && same_words(blocker.title, before.text))
            append(decision, blocker_case::retitle(setting, blocker, words, now, ids));
    return decision;
}

// The newest "Saved" message shows the answer as it is now.
void refresh_receipt(Decision& decision, const Turn& turn, Instant now, IdSource& ids) {
    if (turn.round.receipts == 0) return;
    auto key =
        to_person(Purpose::receipt, turn.round.id.value, turn.person.id, turn.round.receipts - 1);
    decision.deliveries.push_back(tell(key, now, ids));
}

}  // namespace

Decision on_line(const Turn& turn, const Said& said, Instant now, IdSource& ids) {
    auto words = trimmed(said.text);
    if (words.empty()) return Decision{.reply = say(turn.person, text("line.empty"))};
    if (turn.person.plain && static_cast<std::size_t>(turn.round.step) < plain_steps(turn).size())
        return on_plain_line(turn, said, now, ids);

    const auto* question = plan_question(turn.run);
    if (!question || answer_to(turn, question->key)) return offer_second_line(turn, said, now, ids);

    auto decision = save(
        turn,
        answered(turn, now),
        {{question->key, words, AnswerSource::line, said.message}},
        now,
        ids
    );
    acknowledge(decision, turn, now, ids);
    return decision;
}

Decision on_letter(
    const Turn& turn,
    const std::string& letter,
    const std::string& words,
    const std::string& message,
    Instant now,
    IdSource& ids
) {
    auto question = std::ranges::find(turn.run.questions, letter, &Question::letter);
    auto is_blocker = letter == "b" || (question != turn.run.questions.end() &&
                                        question->kind == Question::Kind::blocker);
    auto typed = trimmed(words);
    if (!is_blocker && question == turn.run.questions.end())
        return on_line(turn, Said{letter + ": " + words, message, std::nullopt}, now, ids);
    if (!is_blocker) {
        if (typed.empty()) return Decision{.reply = say(turn.person, text("line.empty"))};
        auto decision = save(
            turn,
            answered(turn, now),
            {{question->key, typed, AnswerSource::line, message}},
            now,
            ids
        );
        acknowledge(decision, turn, now, ids);
        return decision;
    }

    auto key = question == turn.run.questions.end() ? std::string{} : question->key;
    auto setting = blocker_case::setting_of(turn);
    if (const auto* typed_before = answer_to(turn, key);
        typed_before && !message.empty() && typed_before->message == message)
        return retitle_blocker(turn, setting, *typed_before, typed, now, ids);
    auto raised = blocker_case::raise(setting, typed, turn.round.id, now, ids);
    std::vector<Given> given;
    if (!key.empty()) given = {{key, typed, AnswerSource::line, message}};
    auto decision = save(turn, answered(turn, now), given, now, ids);
    append(decision, std::move(raised.decision));
    for (const auto& blocker : setting.open)
        if (blocker.id == raised.blocker && !raised.again)
            decision.reply = Say{blocker_raised(blocker, raised.similar, reader_of(turn.person))};
    if (std::holds_alternative<NoReply>(decision.reply)) acknowledge(decision, turn, now, ids);
    return decision;
}

Decision on_edited(
    const Turn& turn, const Answer& answer, const std::string& words, Instant now, IdSource& ids
) {
    auto typed = trimmed(words);
    if (typed.empty()) return on_deleted(turn, answer, now, ids);
    if (typed == answer.text && !answer.withdrawn) return {};
    auto decision = save(
        turn,
        answered(turn, now),
        {{answer.question, typed, answer.source, answer.message}},
        now,
        ids
    );
    refresh_receipt(decision, turn, now, ids);
    return decision;
}

// What remains decides whether the round still counts as answered.
Decision on_deleted(const Turn& turn, const Answer& answer, Instant now, IdSource& ids) {
    if (answer.withdrawn) return {};
    auto withdrawn = answer;
    withdrawn.withdrawn = true;
    auto round = turn.round;
    auto others = std::ranges::count_if(turn.answers, [&](const Answer& other) {
        return other.question != answer.question;
    });
    if (others > 0) {
        round.edited_at = now;
    } else {
        auto is_closed = round.closes_at && now >= *round.closes_at;
        round.phase = round.asked_at || round.prompts > 0
                          ? (is_closed ? Phase::silent : Phase::asked)
                          : Phase::not_asked;
        if (round.phase == Phase::not_asked) round.not_asked = NotAsked::too_late;
        if (!round.asked_at && round.phase == Phase::silent) {
            round.phase = Phase::not_asked;
            round.not_asked = NotAsked::downtime;
        }
        round.answered_at.reset();
        round.edited_at.reset();
    }
    Decision decision;
    decision.changes = {withdrawn, round};
    decision.events = {
        {"answer.withdrawn", round.id.value, turn.person.id, {{"question", answer.question}}}};
    for (const auto& blocker : turn.own_blockers) {
        auto was_typed_here = blocker.round == round.id && same_words(blocker.title, answer.text);
        if (was_typed_here && blocker.held_until)  // nobody has seen it: it goes with its line
            append(
                decision, blocker_case::withdraw(blocker_case::setting_of(turn), blocker, now, ids)
            );
    }
    if (others == 0 && round.phase == Phase::asked)
        decision.timers = {SetTimer{TimerKind::close_round, round.id.value, *round.closes_at}};
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
    auto decision = on_deleted(turn, *answer, now, ids);
    decision.reply = say(turn.person, text("answer.removed", {{"line", UserText{answer->text}}}));
    return decision;
}

namespace {

// ---- plain mode: one question per message, in order

std::optional<NoteKind> row_choice(const std::string& reply) {
    if (reply == "1") return NoteKind::still;
    if (reply == "2") return NoteKind::moving;
    return std::nullopt;
}

void advance(Decision& decision, const Turn& turn) {
    for (auto& change : decision.changes)
        if (auto* round = std::get_if<Round>(&change); round && round->id == turn.round.id)
            round->step += 1;
}

// The words that a numbered reply stands for; none when the number is not on the list.
std::optional<std::string> chosen(const Question& question, const std::string& reply) {
    auto labels = question.choices;
    if (question.kind == Question::Kind::yes_no) labels = {"yes", "no"};
    if (question.kind == Question::Kind::scale && labels.empty())
        labels = {"1", "2", "3", "4", "5"};
    if (labels.empty()) return reply;
    for (std::size_t index = 0; index < labels.size(); ++index)
        if (reply == std::to_string(index + 1) || same_words(reply, labels[index]))
            return labels[index];
    return std::nullopt;
}

Decision on_plain_line(const Turn& turn, const Said& said, Instant now, IdSource& ids) {
    auto words = trimmed(said.text);
    auto steps = plain_steps(turn);
    const auto& step = steps[static_cast<std::size_t>(turn.round.step)];
    if (const auto* row = std::get_if<BlockerId>(&step)) {
        const auto* blocker = own_blocker(turn, *row);
        if (words != "3" && !row_choice(words))
            return Decision{.reply = say(turn.person, text("plain.reply_1_2_3"))};
        auto round = turn.round;
        Decision decision;
        decision.changes = {round};
        if (blocker) append(decision, row_answer(turn, *blocker, words, now, ids));
        if (words != "3")
            advance(decision, turn);  // a cleared one leaves the rows: the next takes its place
        acknowledge(decision, turn, now, ids);
        return decision;
    }
    const auto& key = std::get<std::string>(step);
    const auto* question = question_of(turn.run, key);
    if (!question) return offer_second_line(turn, said, now, ids);
    auto value = chosen(*question, words);
    if (!value) return Decision{.reply = say(turn.person, text("plain.reply_with_number"))};

    auto decision = question->kind == Question::Kind::blocker
                        ? on_letter(turn, question->letter, words, said.message, now, ids)
                        : save(
                              turn,
                              answered(turn, now),
                              {{key, *value, AnswerSource::line, said.message}},
                              now,
                              ids
                          );
    advance(decision, turn);
    auto is_acknowledged = question->kind == Question::Kind::blocker &&
                           std::holds_alternative<NoReply>(decision.reply);
    if (!is_acknowledged) acknowledge(decision, turn, now, ids);
    return decision;
}

}  // namespace

}  // namespace muster::standup
