#include <algorithm>
#include <sstream>

#include "bot/domain/standup_saving.hpp"
#include "bot/domain/standup_words.hpp"

// Blockers that typed lines raise. Several messages give lines to one answer; each blocker stays
// with the message that raised it.
namespace muster::standup {
namespace {

bool is_of_this_round(const Turn& turn, const Blocker& blocker) {
    return blocker.round == turn.round.id && blocker.state == BlockerState::open;
}

bool has_line(const Blocker& blocker, const std::string& line) {
    return std::ranges::any_of(lines_of(blocker.title), [&](const std::string& words) {
        return same_words(words, line);
    });
}

const Answer* blocker_answer(const Turn& turn) {
    const auto* question = words::blocker_question(turn.run);
    return question ? answer_to(turn, question->key) : nullptr;
}

// Those of other messages, and of the form, whose words the answer holds.
std::vector<Blocker> of_others(const Turn& turn, const Answer& answer, const std::string& message) {
    auto others = typed_in(turn, answer);
    auto mine = raised_by(turn, message);
    std::erase_if(others, [&](const Blocker& blocker) {
        return std::ranges::find(mine, blocker.id, &Blocker::id) != mine.end();
    });
    return others;
}

// What the answer says without the lines of this message.
std::vector<std::string> lines_of_others(
    const Turn& turn, const Answer& answer, const std::string& message
) {
    auto mine = raised_by(turn, message);
    auto others = of_others(turn, answer, message);
    auto is_among = [](const std::vector<Blocker>& blockers, const std::string& line) {
        return std::ranges::any_of(blockers, [&](const auto& one) { return has_line(one, line); });
    };
    auto lines = lines_of(answer.text);
    std::erase_if(lines, [&](const std::string& line) {
        if (means_nothing(line) || is_among(mine, line)) return true;
        return answer.message == message && !is_among(others, line);
    });
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string all;
    for (const auto& line : lines)
        all += (all.empty() ? "" : "\n") + line;
    return all;
}

// A line that was said already is not said twice; "none" says nothing beside a blocker.
void add_lines(std::vector<std::string>& lines, const std::vector<std::string>& words) {
    for (const auto& line : words) {
        auto is_there = std::ranges::any_of(lines, [&](const std::string& other) {
            return same_words(line, other);
        });
        if (!is_there && !means_nothing(line)) lines.push_back(line);
    }
    if (lines.empty()) lines = words;
}

}  // namespace

std::vector<Blocker> typed_in(const Turn& turn, const Answer& answer) {
    auto lines = "\n" + answer.text + "\n";
    std::vector<Blocker> found;
    for (const auto& blocker : turn.own_blockers) {
        if (!is_of_this_round(turn, blocker)) continue;
        auto is_all = same_words(blocker.title, answer.text);
        auto is_part = lines.find("\n" + blocker.title + "\n") != std::string::npos;
        if (is_all || is_part) found.push_back(blocker);
    }
    return found;
}

// What is in the words of its answer, and of no other message, is its own too: raised in the form,
// or before messages were noted.
std::vector<Blocker> raised_by(const Turn& turn, const std::string& message) {
    if (message.empty()) return {};
    std::vector<Blocker> found;
    const auto* answer = blocker_answer(turn);
    auto held =
        answer && answer->message == message ? typed_in(turn, *answer) : std::vector<Blocker>{};
    for (const auto& blocker : turn.own_blockers) {
        if (!is_of_this_round(turn, blocker)) continue;
        auto is_held = blocker.message.empty() &&
                       std::ranges::find(held, blocker.id, &Blocker::id) != held.end();
        if (blocker.message == message || is_held) found.push_back(blocker);
    }
    return found;
}

bool is_in_an_answer(const Turn& turn, const std::vector<Blocker>& blockers) {
    const auto* answer = blocker_answer(turn);
    auto held = answer ? typed_in(turn, *answer) : std::vector<Blocker>{};
    return std::ranges::any_of(blockers, [&](const Blocker& blocker) {
        return std::ranges::find(held, blocker.id, &Blocker::id) != held.end();
    });
}

Decision give_blockers(
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
    if (words.empty()) return {};

    auto before = raised_by(turn, message);
    auto setting = blocker_case::setting_of(turn);
    setting.message = message;
    auto decision = blocker_case::reword(setting, before, words, turn.round.id, now, ids);
    if (!question) return decision;

    if (!takes_back(before, words)) decision.reply = NoReply{};  // the receipt says it
    const auto* answer = answer_to(turn, question->key);
    auto lines = answer ? lines_of_others(turn, *answer, message) : std::vector<std::string>{};
    add_lines(lines, words);
    given.push_back({question->key, joined(lines), AnswerSource::line, message});
    return decision;
}

Decision take_back_blockers(
    const Turn& turn, const std::string& message, Instant now, IdSource& ids
) {
    const auto* answer = blocker_answer(turn);
    auto raised = raised_by(turn, message);
    auto is_its_answer = answer && answer->message == message;
    if (raised.empty() && !is_its_answer) return {};
    auto setting = blocker_case::setting_of(turn);
    if (!is_its_answer && !is_in_an_answer(turn, raised))
        return blocker_case::edit(setting, raised, "", turn.round.id, now, ids);

    auto lines = lines_of_others(turn, *answer, message);
    if (lines.empty()) return withdraw(turn, *answer, raised, now, ids);
    auto others = of_others(turn, *answer, message);
    auto giver = is_its_answer && !others.empty() ? others.back().message : answer->message;
    auto rest = Given{answer->question, joined(lines), answer->source, giver};
    auto decision = save(turn, answered(turn, now), {rest}, now, ids);
    append(decision, blocker_case::reword(setting, raised, {}, turn.round.id, now, ids));
    refresh_receipt(decision, turn, now, ids);
    return decision;
}

bool takes_back(const std::vector<Blocker>& before, const std::vector<std::string>& words) {
    auto said = std::ranges::count_if(words, [](const auto& line) { return !means_nothing(line); });
    return static_cast<std::size_t>(said) < before.size();
}

std::vector<std::string> lines_of(const std::string& words) {
    std::vector<std::string> lines;
    std::istringstream rest{words};
    for (std::string line; std::getline(rest, line);)
        if (auto found = trimmed(line); !found.empty()) lines.push_back(found);
    return lines;
}

}  // namespace muster::standup
