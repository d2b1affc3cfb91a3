#include "bot/domain/plain_reply.hpp"

#include <algorithm>
#include <sstream>

#include "bot/domain/standup.hpp"

namespace muster::plain {
namespace {

// A list of more numbers than this is a range.
constexpr std::size_t most_numbers_in_words = 5;

Argument number(std::size_t value) {
    return static_cast<std::int64_t>(value);
}

Text line_of(std::size_t place, const Button& button) {
    return text("plain.choice", {{"number", number(place)}, {"choice", TextList{button.spoken}}});
}

const Draft* offered_last(const std::vector<Draft>& drafts, Instant now) {
    const Draft* newest = nullptr;
    for (const auto& draft : drafts) {
        if (draft.kind != DraftKind::numbered || draft.expires_at <= now) continue;
        if (!newest || draft.expires_at > newest->expires_at) newest = &draft;
    }
    return newest;
}

bool was_asked_since(const Draft& offered, const std::vector<Turn>& answerable) {
    auto offered_at = offered.expires_at - standup::draft_life;
    return std::ranges::any_of(answerable, [&](const Turn& turn) {
        return turn.round.asked_at && *turn.round.asked_at > offered_at;
    });
}

void keep(
    Decision& decision,
    const Person& person,
    const std::vector<Button>& choices,
    Instant now,
    IdSource& ids
) {
    Draft draft;
    draft.id = ids.next<DraftId>();
    draft.person = person.id;
    draft.kind = DraftKind::numbered;
    draft.text = to_text(choices);
    draft.expires_at = now + standup::draft_life;
    decision.changes.push_back(draft);
    decision.timers.push_back(SetTimer{TimerKind::drop_draft, draft.id.value, draft.expires_at});
}

}  // namespace

std::optional<Pressed> pressed_by(
    const std::string& line,
    const std::vector<Draft>& drafts,
    const std::vector<Turn>& answerable,
    Instant now
) {
    auto number = number_in(line);
    const auto* offered = offered_last(drafts, now);
    if (!number || !offered || was_asked_since(*offered, answerable)) return std::nullopt;
    auto choices = choices_from(offered->text);
    if (*number == 0 || *number > choices.size()) return std::nullopt;
    return choices[*number - 1];
}

Decision in_words(
    Decision decision,
    const Person& person,
    const std::vector<Draft>& drafts,
    After after,
    Instant now,
    IdSource& ids
) {
    std::vector<Button> choices;
    if (auto* say = std::get_if<Say>(&decision.reply)) {
        auto offered = numbered(std::move(say->message));
        say->message = std::move(offered.message);
        choices = std::move(offered.choices);
    }
    if (after == After::a_line || !choices.empty())
        for (const auto& draft : drafts)
            if (draft.kind == DraftKind::numbered) standup::end_draft(decision, draft);
    if (!choices.empty()) keep(decision, person, choices, now, ids);
    return decision;
}

Numbered numbered(Message message) {
    Numbered result;
    std::vector<Block> blocks;
    for (auto& block : message.blocks) {
        const auto* row = std::get_if<Buttons>(&block);
        if (!row) {
            blocks.push_back(std::move(block));
            continue;
        }
        Items lines;
        for (const auto& button : row->buttons) {
            result.choices.push_back(button);
            lines.items.push_back(line_of(result.choices.size(), button));
        }
        blocks.push_back(std::move(lines));
    }
    if (!result.choices.empty()) blocks.push_back(Paragraph{reply_with(result.choices.size())});
    message.blocks = std::move(blocks);
    result.message = std::move(message);
    return result;
}

Message without_buttons(Message message, Text typed_instead) {
    auto buttons = std::erase_if(message.blocks, [](const Block& block) {
        return std::holds_alternative<Buttons>(block);
    });
    if (buttons > 0) message.blocks.push_back(Paragraph{std::move(typed_instead)});
    return message;
}

std::string to_text(const std::vector<Button>& choices) {
    std::ostringstream lines;
    for (const auto& choice : choices)
        lines << name(choice.verb) << ' ' << choice.subject << ' ' << choice.extra << '\n';
    return lines.str();
}

std::vector<Pressed> choices_from(const std::string& kept) {
    std::istringstream lines{kept};
    std::vector<Pressed> choices;
    std::string word;
    for (Pressed choice{}; lines >> word >> choice.subject >> choice.extra;) {
        auto verb = verb_from(word);
        if (!verb) return {};
        choice.verb = *verb;
        choices.push_back(choice);
    }
    return choices;
}

std::optional<std::size_t> number_in(const std::string& line) {
    constexpr std::size_t longest = 3;
    auto from = line.find_first_not_of(" \t\r\n");
    auto to = line.find_last_not_of(" \t\r\n.");
    if (from == std::string::npos || to == std::string::npos || to < from) return std::nullopt;
    auto digits = line.substr(from, to - from + 1);
    if (digits.size() > longest || digits.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return std::stoul(digits);
}

Text reply_with(std::size_t choices) {
    auto last = number(choices);
    if (choices == 1) return text("plain.reply_only", {{"number", last}});
    if (choices > most_numbers_in_words) return text("plain.reply_range", {{"last", last}});
    TextList numbers;
    for (std::size_t i = 1; i < choices; ++i)
        numbers.push_back(text("plain.number", {{"number", number(i)}}));
    auto last_number = TextList{text("plain.number", {{"number", last}})};
    return text("plain.reply_number", {{"numbers", numbers}, {"last", last_number}});
}

}  // namespace muster::plain
