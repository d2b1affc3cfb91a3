#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::standup {
namespace {

using namespace words;

constexpr double alike = 0.6;

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

// The blocker that the newest typed line raised, if it did.
const Blocker* just_raised(const Turn& turn) {
    const auto* blocker = newest_blocker(turn);
    const auto* answer = newest_answer(turn);
    if (blocker == nullptr || (answer && answer->at > blocker->raised_at)) return nullptr;
    return blocker;
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
    }
    return message;
}

Text answer_saved(const Turn& turn, const Answer& answer, Instant now) {
    const auto* question = question_of(turn.run, answer.question);
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

Message answer_receipt(const Turn& turn, const Answer& answer, int revision, Instant now) {
    auto saved = answer_saved(turn, answer, now);
    const bool stuck = sounds_like_a_blocker(answer.text);
    Message message{reader_of(turn.person), saved, {Paragraph{saved}}};
    if (turn.person.plain) return message;
    if (stuck) message.blocks.push_back(Paragraph{text("receipt.sounds_stuck")});
    const auto* plan = plan_question(turn.run);
    Buttons row{{button(turn, Verb::change, revision)}};
    if (plan && answer.question == plan->key)
        row.buttons.push_back(button(turn, Verb::remove_answer, revision));
    row.buttons.push_back(button(turn, Verb::add_blocker, revision));
    message.blocks.push_back(row);
    return message;
}

std::optional<Message> receipt_of(const Turn& turn, const Delivery& delivery, Instant now) {
    if (const auto* blocker = just_raised(turn))
        return blocker_receipt(turn, *blocker, delivery.revision_wanted, now);
    if (const auto* answer = newest_answer(turn))
        return answer_receipt(turn, *answer, delivery.revision_wanted, now);
    return std::nullopt;
}

// A reply to a row of a blocker leaves no answer: then there is nothing newer than this receipt to
// read back.
bool has_news(const Turn& turn, const Delivery& delivery) {
    const auto* answer = newest_answer(turn);
    const auto* blocker = newest_blocker(turn);
    return (answer && answer->at >= delivery.due) ||
           (blocker && blocker->raised_at >= delivery.due);
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
    const bool posted = delivery.revision_sent > 0;
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
