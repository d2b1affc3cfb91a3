#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::standup {
namespace {

using namespace words;

void put_choices(std::vector<Block>& blocks, const TextList& choices) {
    Items numbered;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        numbered.items.push_back(
            text("plain.choice", {{"number", count(i + 1)}, {"choice", several(choices[i])}})
        );
    }
    blocks.push_back(numbered);
    TextList numbers;
    for (std::size_t i = 1; i <= choices.size(); ++i)
        numbers.push_back(text("plain.number", {{"number", count(i)}}));
    const auto last = numbers.back();
    numbers.pop_back();
    blocks.push_back(Paragraph{
        text("plain.reply_number", {{"numbers", numbers}, {"last", several(last)}})});
}

TextList choices_of(const Question& question) {
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

void put_question(std::vector<Block>& blocks, const Question& question) {
    if (auto choices = choices_of(question); !choices.empty()) return put_choices(blocks, choices);
    const bool blocker = question.kind == Question::Kind::blocker;
    if (blocker) blocks.push_back(Paragraph{text("plain.reply_here_blocker")});
    if (!blocker && question.required) blocks.push_back(Paragraph{text("plain.reply_here")});
    if (!blocker && !question.required)
        blocks.push_back(Paragraph{text("plain.reply_here_or_none")});
}

}  // namespace

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
    const auto index = static_cast<std::size_t>(std::max(turn.round.step, 0));
    if (index >= steps.size()) return {Paragraph{text("plain.done")}};

    std::vector<Block> blocks;
    auto put = [&](Text question) {
        blocks.push_back(Paragraph{text(
            "plain.question",
            {{"number", count(index + 1)},
             {"count", count(steps.size())},
             {"question", several(std::move(question))}}
        )});
    };
    if (const auto* row = std::get_if<BlockerId>(&steps[index])) {
        for (const auto& blocker : turn.own_blockers)
            if (blocker.id == *row) put(about("form.blocker_row", blocker));
        put_choices(blocks, {text("choice.still"), text("choice.moving"), text("choice.cleared")});
    } else if (const auto* question = question_of(turn.run, std::get<std::string>(steps[index]))) {
        put(question_text(*question, turn.last_plan));
        put_question(blocks, *question);
    }
    return blocks;
}

}  // namespace words

}  // namespace muster::standup
