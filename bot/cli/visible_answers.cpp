#include "bot/cli/visible_answers.hpp"

#include <algorithm>

namespace muster::cli {
namespace {

constexpr std::size_t fewest_without_names = 4;

bool has_answered(const Round& round) {
    return round.phase == Phase::answered || round.phase == Phase::late;
}

class Exported {
public:
    Exported(const RunBoard& board, const std::string& ceremony_key, Instant now)
        : board_(board), ceremony_key_(ceremony_key), now_(now) {}

    std::vector<VisibleAnswer> take() {
        if (board_.run.names_hidden)
            add_without_names();
        else
            add_with_names();
        return std::move(answers_);
    }

private:
    void add_with_names() {
        std::vector<const Round*> rounds;
        for (const auto& round : board_.rounds)
            if (has_answered(round)) rounds.push_back(&round);
        auto name = [&](const Round* round) { return name_of(round->person); };
        std::ranges::sort(rounds, {}, name);
        for (const auto* round : rounds)
            for (const auto& question : board_.run.questions)
                add_answer_of(*round, question);
    }

    void add_answer_of(const Round& round, const Question& question) {
        if (question.kind == Question::Kind::blocker) {
            for (const auto* blocker : public_blockers(round.id)) {
                auto row = row_of(question, blocker->title);
                if (!blocker->without_name) row.person = name_of(round.person);
                row.at = blocker->raised_at;
                row.is_late = round.phase == Phase::late;
                answers_.push_back(std::move(row));
            }
        } else if (const auto* answer = answer_to(round.id, question)) {
            auto row = row_of(question, answer->text);
            row.person = name_of(round.person);
            row.at = answer->at;
            row.is_late = round.phase == Phase::late;
            answers_.push_back(std::move(row));
        }
    }

    void add_without_names() {
        if (board_.run.state != RunState::closed) return;
        for (const auto& question : board_.run.questions) {
            if (question.kind == Question::Kind::blocker) continue;
            std::vector<std::string> texts;
            for (const auto& round : board_.rounds) {
                if (round.phase != Phase::answered) continue;
                if (const auto* answer = answer_to(round.id, question))
                    texts.push_back(answer->text);
            }
            if (texts.size() < fewest_without_names) continue;
            std::ranges::sort(texts);
            for (const auto& text : texts)
                answers_.push_back(row_of(question, text));
        }
    }

    VisibleAnswer row_of(const Question& question, const std::string& text) const {
        VisibleAnswer row;
        row.team = board_.roster.team.key;
        row.ceremony = ceremony_key_;
        row.date = board_.run.date;
        row.slot = board_.run.slot;
        row.question = question.key;
        row.asked = question.text;
        row.answer = text;
        return row;
    }

    const Answer* answer_to(RoundId round, const Question& question) const {
        auto given = board_.answers.find(round);
        if (given == board_.answers.end()) return nullptr;
        auto answer = std::ranges::find(given->second, question.key, &Answer::question);
        auto says = answer != given->second.end() && !answer->withdrawn && !answer->text.empty();
        return says ? &*answer : nullptr;
    }

    std::vector<const Blocker*> public_blockers(RoundId round) const {
        std::vector<const Blocker*> found;
        for (const auto* blockers : {&board_.open_blockers, &board_.ended_blockers})
            for (const auto& blocker : *blockers)
                if (blocker.round == round && blocker.state != BlockerState::merged &&
                    is_public(blocker, now_))
                    found.push_back(&blocker);
        std::ranges::sort(found, {}, &Blocker::number);
        return found;
    }

    std::string name_of(PersonId person) const {
        if (const auto* member = board_.roster.member(person)) return member->person.name;
        auto known = board_.names.find(person);
        return known == board_.names.end() ? "" : known->second;
    }

    const RunBoard& board_;
    const std::string& ceremony_key_;
    Instant now_;
    std::vector<VisibleAnswer> answers_;
};

}  // namespace

std::vector<VisibleAnswer> visible_answers(
    const RunBoard& board, const std::string& ceremony_key, Instant now
) {
    return Exported{board, ceremony_key, now}.take();
}

}  // namespace muster::cli
