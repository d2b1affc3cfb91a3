#include <algorithm>

#include "bot/domain/messages.hpp"
#include "bot/domain/standup_saving.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::standup {
namespace {

using namespace words;

const Answer* newest_answer(const Turn& turn) {
    const Answer* newest = nullptr;
    for (const auto& answer : turn.answers)
        if (!answer.withdrawn && (newest == nullptr || answer.at >= newest->at)) newest = &answer;
    return newest;
}

const Blocker* newest_blocker(const Turn& turn) {
    const Blocker* newest = nullptr;
    for (const auto& blocker : turn.own_blockers) {
        const bool here = blocker.round == turn.round.id && blocker.state == BlockerState::open;
        if (here && (newest == nullptr || blocker.raised_at >= newest->raised_at))
            newest = &blocker;
    }
    return newest;
}

const Blocker* alike_to(const Blocker& blocker, const Turn& turn) {
    for (const auto& other : turn.own_blockers) {
        if (other.id == blocker.id || other.state != BlockerState::open) continue;
        if (similarity(other.title, blocker.title) >= alike) return &other;
    }
    return nullptr;
}

Message raised(
    const Blocker& blocker, const Blocker* similar, const Reader& reader, bool held, int revision
) {
    auto first = about("receipt.blocker", blocker);
    TextList said{first};
    if (blocker.only_delivery_manager) said.push_back(text("receipt.blocker_private"));
    const bool may_still_be_private = held && !blocker.only_delivery_manager;
    if (may_still_be_private) {
        const auto today = local_date(reader.zone, blocker.raised_at);
        said.push_back(
            text("receipt.blocker_held", {{"until", when(*blocker.held_until, today, reader)}})
        );
    }
    Message message{reader, first, {Paragraph{sentences(said)}}};
    Buttons row;
    if (may_still_be_private) row.buttons.push_back(button(blocker, Verb::tell_only, revision));
    if (similar != nullptr) {
        message.blocks.push_back(Paragraph{about("receipt.sounds_like", *similar)});
        auto same = button(blocker, Verb::same_blocker, revision);
        same.extra = similar->id.value;
        same.label = about("button.same_blocker", *similar);
        same.spoken = about("button.same_blocker_spoken", *similar);
        row.buttons.push_back(same);
    }
    if (!row.buttons.empty()) message.blocks.push_back(row);
    return message;
}

Message blocker_receipt(const Turn& turn, const Blocker& blocker, int revision, Instant now) {
    const bool held = blocker.held_until && *blocker.held_until > now;
    auto message = raised(blocker, alike_to(blocker, turn), reader_of(turn.person), held, revision);
    if (turn.person.plain) {
        std::erase_if(message.blocks, [](const Block& block) {
            return std::holds_alternative<Buttons>(block);
        });
        if (held && !blocker.only_delivery_manager)
            message.blocks.push_back(Paragraph{about("plain.tell_only", blocker)});
    }
    return message;
}

Text answer_saved(const Turn& turn, const Answer& answer, Instant now) {
    const auto* question = standup::question_of(turn.run, answer.question);
    const auto* plan = plan_question(turn.run);
    const bool late = turn.round.phase == Phase::late;
    Arguments arguments{{"line", UserText{answer.text}}};
    if (question && question != plan) {
        arguments.emplace_back("question", several(question_text(*question, turn.last_plan)));
        return late ? text("receipt.answer_late", std::move(arguments))
                    : text("receipt.answer", std::move(arguments));
    }
    if (local_date(turn.person.zone, now) != turn.run.held_on) {
        arguments.emplace_back("date", turn.run.held_on);
        return late ? text("receipt.plan_of_date_late", std::move(arguments))
                    : text("receipt.plan_of_date", std::move(arguments));
    }
    return late ? text("receipt.plan_late", std::move(arguments))
                : text("receipt.plan", std::move(arguments));
}

// What the newest message gave: its answers, in the order of the questions, and its blockers.
struct News {
    std::vector<const Answer*> answers;
    std::vector<Blocker> blockers;
};

// Of an answer in lines of several messages the ones just raised; after a change of one, all.
std::vector<Blocker> told_of(const Turn& turn, const Answer& answer) {
    auto held = typed_in(turn, answer);
    auto is_new = [&](const Blocker& blocker) { return blocker.raised_at == answer.at; };
    if (std::ranges::any_of(held, is_new))
        std::erase_if(held, [&](const Blocker& blocker) { return !is_new(blocker); });
    return held;
}

News newest_news(const Turn& turn) {
    News news;
    const auto* newest = newest_answer(turn);
    const auto* raised_last = newest_blocker(turn);
    if (!newest && !raised_last) return news;
    auto moment = newest ? newest->at : raised_last->raised_at;
    if (raised_last) moment = std::max(moment, raised_last->raised_at);
    for (const auto& answer : turn.answers) {
        if (answer.withdrawn || answer.at != moment) continue;
        const auto* question = standup::question_of(turn.run, answer.question);
        auto is_blocker = question && question->kind == Question::Kind::blocker;
        auto raised_by_it = is_blocker ? told_of(turn, answer) : std::vector<Blocker>{};
        if (raised_by_it.empty()) news.answers.push_back(&answer);
        news.blockers.insert(news.blockers.end(), raised_by_it.begin(), raised_by_it.end());
    }
    for (const auto& blocker : turn.own_blockers) {
        auto is_new = blocker.round == turn.round.id && blocker.state == BlockerState::open &&
                      blocker.raised_at == moment;
        auto is_there = std::ranges::find(news.blockers, blocker.id, &Blocker::id);
        if (is_new && is_there == news.blockers.end()) news.blockers.push_back(blocker);
    }
    return news;
}

Message answers_receipt(const Turn& turn, const News& news, int revision, Instant now) {
    TextList saved;
    Message message{reader_of(turn.person), {}, {}};
    for (const auto* answer : news.answers) {
        saved.push_back(answer_saved(turn, *answer, now));
        message.blocks.push_back(Paragraph{saved.back()});
    }
    message.notification = saved.size() == 1 ? saved.front() : sentences(saved);
    if (turn.person.plain) return message;
    auto sounds_stuck = [](const Answer* answer) { return sounds_like_a_blocker(answer->text); };
    if (news.blockers.empty() && std::ranges::any_of(news.answers, sounds_stuck))
        message.blocks.push_back(Paragraph{text("receipt.sounds_stuck")});
    const auto* plan = plan_question(turn.run);
    auto is_plan = [&](const Answer* answer) { return plan && answer->question == plan->key; };
    Buttons row{{button(turn, Verb::change, revision)}};
    if (std::ranges::any_of(news.answers, is_plan))
        row.buttons.push_back(button(turn, Verb::remove_answer, revision));
    row.buttons.push_back(button(turn, Verb::add_blocker, revision));
    message.blocks.push_back(row);
    return message;
}

std::optional<Message> receipt_of(const Turn& turn, const Delivery& delivery, Instant now) {
    auto news = newest_news(turn);
    std::vector<Message> parts;
    auto revision = delivery.revision_wanted;
    if (!news.answers.empty()) parts.push_back(answers_receipt(turn, news, revision, now));
    for (const auto& blocker : news.blockers)
        parts.push_back(blocker_receipt(turn, blocker, revision, now));
    if (parts.empty()) return std::nullopt;

    auto whole = parts.front();
    TextList notifications{whole.notification};
    for (std::size_t i = 1; i < parts.size(); ++i) {
        notifications.push_back(parts[i].notification);
        whole.blocks.insert(whole.blocks.end(), parts[i].blocks.begin(), parts[i].blocks.end());
    }
    if (parts.size() > 1) whole.notification = sentences(notifications);
    return whole;
}

// A reply to a row of a blocker leaves no answer: then there is nothing newer than this receipt to
// read back.
bool has_news(const Turn& turn, const Delivery& delivery) {
    const auto* answer = newest_answer(turn);
    const auto* blocker = newest_blocker(turn);
    return (answer && answer->at >= delivery.told_at) ||
           (blocker && blocker->raised_at >= delivery.told_at);
}

// Reading goes on where it stopped: what was saved, then the next question.
Message plain_receipt(const Turn& turn, std::optional<Message> saved) {
    auto first = saved ? saved->notification : text("plain.saved");
    Message message{reader_of(turn.person), first, {Paragraph{first}}};
    if (saved) message.blocks = saved->blocks;
    for (auto& block : plain_question(turn)) {
        if (const auto* paragraph = std::get_if<Paragraph>(&block);
            paragraph && message.notification == first) {
            message.notification = sentences({first, paragraph->text});
        }
        message.blocks.push_back(std::move(block));
    }
    return message;
}

}  // namespace

Composed receipt(const Turn& turn, const Delivery& delivery, Instant now) {
    const bool posted = is_posted(delivery);
    const bool newest = delivery.key.seq + 1 >= turn.round.receipts;
    if (posted && (!newest || turn.person.plain)) return KeepAsSent{};
    if (!newest) return Pointless{"newer"};
    auto saved = receipt_of(turn, delivery, now);
    if (turn.person.plain && !has_news(turn, delivery)) saved.reset();
    if (turn.person.plain) return plain_receipt(turn, std::move(saved));
    if (!saved) return Pointless{"removed"};
    return *saved;
}

Message blocker_raised(
    const Blocker& blocker, const std::optional<Blocker>& similar, const Reader& reader
) {
    constexpr int first_revision = 1;
    return raised(
        blocker,
        similar ? &*similar : nullptr,
        reader,
        blocker.held_until.has_value(),
        first_revision
    );
}

}  // namespace muster::standup
