#include <algorithm>

#include "bot/domain/messages.hpp"
#include "bot/domain/plain_reply.hpp"
#include "bot/domain/standup_saving.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::standup {
namespace {

using namespace words;

TextList row_choices() {
    return {text("choice.still"), text("choice.moving"), text("choice.cleared")};
}

void put_question(std::vector<Block>& blocks, const Question& question) {
    if (auto choices = choice_labels(question); !choices.empty())
        return put_numbered(blocks, choices);
    const bool blocker = question.kind == Question::Kind::blocker;
    if (blocker) blocks.push_back(Paragraph{text("plain.reply_here_blocker")});
    if (!blocker && question.required) blocks.push_back(Paragraph{text("plain.reply_here")});
    if (!blocker && !question.required)
        blocks.push_back(Paragraph{text("plain.reply_here_or_none")});
}

bool is_done(const Turn& turn, const PlainStep& step) {
    if (const auto* key = std::get_if<std::string>(&step)) return answer_to(turn, *key);
    const auto* blocker = own_blocker(turn, std::get<BlockerId>(step));
    return !blocker || blocker->number <= turn.round.step;
}

// The first question that was not answered, in whatever way, is put next.
std::size_t next_step(const Turn& turn, const std::vector<PlainStep>& steps) {
    auto next =
        std::ranges::find_if(steps, [&](const PlainStep& step) { return !is_done(turn, step); });
    return static_cast<std::size_t>(next - steps.begin());
}

Decision on_row(
    const Turn& turn, const Blocker& blocker, const Said& said, Instant now, IdSource& ids
) {
    auto words = trimmed(said.text);
    if (words != "1" && words != "2" && words != "3")
        return offer_unfit_words(turn, said, row_choices(), now, ids);
    auto round = turn.round;
    round.step = blocker.number;
    Decision decision;
    decision.changes = {round};
    append(decision, row_answer(turn, blocker, words, now, ids));
    acknowledge(decision, turn, now, ids);
    return decision;
}

// What was kept last for this round, and waits for "add", "replace" or "leave".
const Draft* waiting_line(const Turn& turn, Instant now) {
    const Draft* newest = nullptr;
    for (const auto& draft : turn.drafts)
        if (draft.kind == DraftKind::extra && draft.round == turn.round.id &&
            draft.expires_at > now)
            newest = &draft;
    return newest;
}

}  // namespace

std::optional<Decision> on_plain_line(
    const Turn& turn, const Said& said, Instant now, IdSource& ids
) {
    if (const auto* kept = waiting_line(turn, now)) {
        if (same_words(said.text, "add")) return use_draft(turn, *kept, DraftUse::add, now, ids);
        if (same_words(said.text, "replace"))
            return use_draft(turn, *kept, DraftUse::replace, now, ids);
        if (same_words(said.text, "leave")) return forget_draft(turn.person, *kept);
    }
    auto steps = plain_steps(turn);
    auto at = next_step(turn, steps);
    if (at == steps.size()) return std::nullopt;
    if (const auto* row = std::get_if<BlockerId>(&steps[at]))
        return on_row(turn, *own_blocker(turn, *row), said, now, ids);
    const auto* question = standup::question_of(turn.run, std::get<std::string>(steps[at]));
    auto is_blocker = question->kind == Question::Kind::blocker;
    return give(
        turn,
        {{question, is_blocker, trimmed(said.text)}},
        said.message,
        Saying::first_time,
        now,
        ids
    );
}

void put_numbered(std::vector<Block>& blocks, const TextList& choices) {
    Items numbered;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        numbered.items.push_back(
            text("plain.choice", {{"number", count(i + 1)}, {"choice", several(choices[i])}})
        );
    }
    blocks.push_back(numbered);
    blocks.push_back(Paragraph{plain::reply_with(choices.size())});
}

TextList choice_labels(const Question& question) {
    using Kind = Question::Kind;
    if (question.kind == Kind::yes_no) return {text("choice.yes"), text("choice.no")};
    TextList choices;
    for (const auto& choice : question.choices)
        choices.push_back(verbatim(choice));
    if (question.kind != Kind::scale || !choices.empty()) return choices;
    for (const auto* mark : {"1", "2", "3", "4", "5"})
        choices.push_back(verbatim(mark));
    return choices;
}

// The plan comes first, so that a line typed without reading on is the answer to it.
std::vector<PlainStep> plain_steps(const Turn& turn) {
    std::vector<PlainStep> steps;
    const auto* plan = plan_question(turn.run);
    if (plan) steps.emplace_back(plan->key);
    for (const auto& question : turn.run.questions)
        if (&question != plan && question.kind != Question::Kind::blocker)
            steps.emplace_back(question.key);
    for (const auto& blocker : asked_blockers(turn))
        if (blocker.round != turn.round.id) steps.emplace_back(blocker.id);
    for (const auto& question : turn.run.questions)
        if (question.kind == Question::Kind::blocker) steps.emplace_back(question.key);
    return steps;
}

namespace words {

std::vector<Block> plain_question(const Turn& turn) {
    const auto steps = plain_steps(turn);
    const auto index = next_step(turn, steps);
    if (index >= steps.size()) return {Paragraph{text("plain.done")}};

    std::vector<Block> blocks;
    auto put = [&](Text question) {
        blocks.emplace_back(Paragraph{text(
            "plain.question",
            {{"number", count(index + 1)},
             {"count", count(steps.size())},
             {"question", several(std::move(question))}}
        )});
    };
    if (const auto* row = std::get_if<BlockerId>(&steps[index])) {
        for (const auto& blocker : turn.own_blockers)
            if (blocker.id == *row) put(about("form.blocker_row", blocker));
        put_numbered(blocks, row_choices());
    } else if (const auto* question = question_of(turn.run, std::get<std::string>(steps[index]))) {
        put(question_text(*question, turn.last_plan));
        put_question(blocks, *question);
    }
    return blocks;
}

}  // namespace words

}  // namespace muster::standup
