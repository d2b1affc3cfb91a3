#include <algorithm>

#include "bot/domain/messages.hpp"
#include "bot/domain/standup_saving.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::standup {

namespace {

// Plain mode has no form: the next question is put again.
Message next_question(const Turn& turn) {
    auto heading = words::title(turn.team, &turn.ceremony, turn.run, reader_of(turn.person));
    Message message{reader_of(turn.person), heading, {Heading{heading}}};
    for (auto& block : words::plain_question(turn)) {
        if (const auto* paragraph = std::get_if<Paragraph>(&block);
            paragraph && message.notification == heading)
            message.notification = words::sentences({heading, paragraph->text});
        message.blocks.push_back(std::move(block));
    }
    message.blocks.emplace_back(Quiet{words::who_sees(turn)});
    return message;
}

}  // namespace

Decision open_form(const Turn& turn, Instant now) {
    if (turn.person.plain) return Decision{.reply = Say{next_question(turn)}};
    return Decision{.reply = open_answer_form(turn, 1, now)};
}

Decision same_plan(const Turn& turn, Instant now, IdSource& ids) {
    const auto* question = plan_question(turn.run);
    if (question && answer_to(turn, question->key))
        return Decision{
            .reply =
                say(turn.person,
                    text("stale.already_answered", {{"at", *turn.round.answered_at}}))};
    const bool fits = question && turn.last_plan && chosen(*question, turn.last_plan->text);
    if (!fits) return open_form(turn, now);
    return save(
        turn,
        answered(turn, now),
        {{question->key, turn.last_plan->text, AnswerSource::same_plan, ""}},
        now,
        ids
    );
}

Decision snooze(const Turn& turn, minutes length, Instant now, IdSource& ids) {
    auto round = turn.round;
    if (round.answered_at)
        return Decision{
            .reply =
                say(turn.person, text("stale.already_answered", {{"at", *round.answered_at}}))};
    if (round.phase != Phase::asked)
        return Decision{.reply = say(turn.person, text("snooze.nothing_open"))};
    auto until = std::min<Instant>(now + length, *round.closes_at - snooze_margin);
    if (until < now + 5min)
        return Decision{
            .reply = say(turn.person, text("snooze.too_close", {{"closes", *round.closes_at}}))};
    if (auto working = next_working_instant(work_pattern(turn), until)) {
        if (*working > *round.closes_at - snooze_margin)
            return Decision{
                .reply =
                    say(turn.person, text("snooze.too_close", {{"closes", *round.closes_at}}))};
        until = *working;
    }
    round.snoozed_until = until;
    Decision decision;
    decision.changes = {round};
    decision.timers = {
        SetTimer{TimerKind::ask, round.id.value, until},
        CancelTimer{TimerKind::remind, round.id.value}};
    decision.events = {
        {"round.snoozed", round.id.value, turn.person.id, {{"until", to_text(until)}}}};
    refresh(decision, turn, round, now, ids);
    decision.reply = say(turn.person, text("snooze.done", {{"until", until}}));
    return decision;
}

Decision skip(const Turn& turn, Instant now, IdSource& ids) {
    auto round = turn.round;
    if (round.answered_at)
        return Decision{
            .reply =
                say(turn.person, text("stale.already_answered", {{"at", *round.answered_at}}))};
    if (round.phase == Phase::skipped)
        return Decision{.reply = say(turn.person, text("skip.already"))};
    auto was_asked = round.phase == Phase::asked || round.phase == Phase::waiting ||
                     round.phase == Phase::silent;
    if (!was_asked) return Decision{.reply = say(turn.person, text("skip.nothing_open"))};
    round.phase = Phase::skipped;
    round.not_asked = NotAsked::none;
    round.snoozed_until.reset();
    Decision decision;
    decision.changes = {round};
    decision.timers = {
        CancelTimer{TimerKind::ask, round.id.value},
        CancelTimer{TimerKind::remind, round.id.value}};
    // Until its window closes it is one that may still come: to leave the count earlier would tell.
    if (round.closes_at && now < *round.closes_at)
        decision.timers.push_back(SetTimer{TimerKind::close_round, round.id.value, *round.closes_at}
        );
    decision.events = {{"round.skipped", round.id.value, turn.person.id, {}}};
    refresh(decision, turn, round, now, ids);
    decision.reply = say(turn.person, text("skip.done", {{"team", UserText{turn.team.name}}}));
    return decision;
}

}  // namespace muster::standup
