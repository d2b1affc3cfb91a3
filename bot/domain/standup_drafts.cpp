#include <algorithm>

#include "bot/domain/messages.hpp"
#include "bot/domain/standup_saving.hpp"

namespace muster::standup {
namespace {

void offer(Message& message, std::vector<Button> buttons) {
    message.blocks.push_back(Buttons{std::move(buttons)});
}

Button offered(
    Verb verb, const Draft& draft, const char* label, const char* spoken, bool primary = false
) {
    auto line = text(spoken, {{"line", UserText{draft.text}}});
    return {verb, draft.id.value, 0, 0, text(label), line, primary};
}

// In plain mode the choices are words to reply with.
Decision keep_and_offer(
    const Turn& turn,
    const Said& said,
    const char* first,
    const std::vector<Block>& more,
    Instant now,
    IdSource& ids
) {
    auto draft = new_draft(turn.person, DraftKind::extra, said, now, ids);
    draft.round = turn.round.id;
    auto decision = keep(draft);
    auto message = note(reader_of(turn.person), text(first, {{"line", UserText{draft.text}}}));
    message.blocks.insert(message.blocks.end(), more.begin(), more.end());
    if (turn.person.plain) {
        message.blocks.push_back(Paragraph{text("plain.draft_words")});
    } else {
        offer(
            message,
            {offered(
                 Verb::add_to_plan, draft, "button.add_to_plan", "button.add_to_plan_spoken", true
             ),
             offered(
                 Verb::replace_plan, draft, "button.replace_plan", "button.replace_plan_spoken"
             ),
             offered(Verb::leave_draft, draft, "button.leave_draft", "button.leave_draft_spoken")}
        );
    }
    decision.reply = Say{message};
    return decision;
}

std::vector<Draft> added_parts(const Turn& turn) {
    std::vector<Draft> parts;
    for (const auto& draft : turn.drafts)
        if (draft.kind == DraftKind::added && draft.round == turn.round.id) parts.push_back(draft);
    return parts;
}

Given plan_given(
    const std::string& question, const std::string& words, const std::string& message
) {
    return {question, words, AnswerSource::line, message};
}

// Drafts from before their time was noted leave it as it is.
Decision said_when_typed(Decision decision, const Draft& draft) {
    if (draft.said_at == Instant{}) return decision;
    return said_then(std::move(decision), draft.message, draft.said_at);
}

// The draft's line stays known, for its edits, until the answer can change no more.
Decision add_to_plan(
    const Turn& turn, const Answer& plan, const Draft& draft, Instant now, IdSource& ids
) {
    constexpr auto plan_may_change_for = std::chrono::hours{7 * 24};
    auto words = plan.text + "\n" + draft.text;
    auto decision =
        save(turn, answered(turn, now), {plan_given(plan.question, words, plan.message)}, now, ids);
    acknowledge(decision, turn, now, ids);
    if (draft.message.empty()) {
        end_draft(decision, draft);
        return decision;
    }
    auto added = draft;
    added.kind = DraftKind::added;
    added.round = turn.round.id;
    added.expires_at = now + plan_may_change_for;
    append(decision, keep(added));
    return decision;
}

}  // namespace

void end_draft(Decision& decision, const Draft& draft) {
    decision.changes.push_back(DraftEnds{draft.id});
    decision.timers.push_back(CancelTimer{TimerKind::drop_draft, draft.id.value});
}

// Today is answered already: the line is kept, and the person says what it was meant as.
Decision offer_second_line(const Turn& turn, const Said& said, Instant now, IdSource& ids) {
    return keep_and_offer(turn, said, "draft.today_is_answered", {}, now, ids);
}

Decision keep_earlier_words(
    const Turn& turn, const Said& said, Instant said_at, Instant now, IdSource& ids
) {
    auto draft = new_draft(turn.person, DraftKind::extra, said, now, ids);
    draft.round = turn.round.id;
    draft.said_at = said_at;
    auto decision = keep(draft);
    decision.reply =
        say(turn.person, text("draft.answered_later", {{"line", UserText{draft.text}}}));
    return decision;
}

// What was added to the plan was said after the line that it was added to.
bool was_said_after(const Turn& turn, const Answer& answer, SaidAt said) {
    if (!said.came_late) return false;
    if (answer.said_at > said.at) return true;
    const auto* question = plan_question(turn.run);
    if (!question || answer.question != question->key) return false;
    auto parts = added_parts(turn);
    return std::ranges::any_of(parts, [&](const Draft& part) { return part.said_at > said.at; });
}

Decision offer_unfit_words(
    const Turn& turn, const Said& said, const TextList& choices, Instant now, IdSource& ids
) {
    std::vector<Block> list;
    if (turn.person.plain)
        put_numbered(list, choices);
    else
        list.push_back(Items{choices});
    return keep_and_offer(turn, said, "draft.not_a_choice", list, now, ids);
}

Decision use_draft(const Turn& turn, const Draft& draft, DraftUse use, Instant now, IdSource& ids) {
    const auto* question = plan_question(turn.run);
    const auto* before = question ? answer_to(turn, question->key) : nullptr;
    const bool is_text = question && choice_labels(*question).empty();
    if (before && is_text && use == DraftUse::add)
        return add_to_plan(turn, *before, draft, now, ids);
    Decision decision;
    auto said = Said{draft.text, draft.message, std::nullopt};
    auto plan = question ? chosen(*question, draft.text) : std::nullopt;
    if (auto with_letters = take_letters(turn, said, now, ids))
        decision = std::move(*with_letters);
    else if (question && !plan)
        decision = offer_unfit_words(turn, said, choice_labels(*question), now, ids);
    else if (question) {
        decision = save(
            turn, answered(turn, now), {plan_given(question->key, *plan, draft.message)}, now, ids
        );
        acknowledge(decision, turn, now, ids);
        end_added_parts(decision, turn);
    }
    end_draft(decision, draft);
    return said_when_typed(std::move(decision), draft);
}

Decision use_for_round(const Turn& turn, const Draft& draft, Instant now, IdSource& ids) {
    auto decision = take_message(turn, Said{draft.text, draft.message, std::nullopt}, now, ids);
    end_draft(decision, draft);
    return said_when_typed(std::move(decision), draft);
}

// Where the plan was written anew since, the line is no part of it any more: it is a line again.
Decision on_added_edited(
    const Turn& turn, const Draft& draft, const std::string& words, Instant now, IdSource& ids
) {
    auto typed = trimmed(words);
    const auto* question = plan_question(turn.run);
    const auto* plan = question ? answer_to(turn, question->key) : nullptr;
    auto part = "\n" + draft.text;
    auto at = plan ? plan->text.rfind(part) : std::string::npos;
    if (at == std::string::npos) {
        Decision decision;
        if (!typed.empty())
            decision = take_message(turn, Said{typed, draft.message, std::nullopt}, now, ids);
        end_draft(decision, draft);
        return decision;
    }
    auto whole = plan->text;
    whole.replace(at, part.size(), typed.empty() ? "" : "\n" + typed);
    auto decision = save(
        turn, answered(turn, now), {plan_given(plan->question, whole, plan->message)}, now, ids
    );
    refresh_receipt(decision, turn, now, ids);
    if (typed.empty()) {
        end_draft(decision, draft);
    } else {
        auto changed = draft;
        changed.text = typed;
        decision.changes.push_back(changed);
    }
    return decision;
}

std::string added_tail(const Turn& turn, const Answer& plan) {
    std::string tail;
    for (const auto& part : added_parts(turn))
        tail += "\n" + part.text;
    return plan.text.ends_with(tail) ? tail : "";
}

void end_added_parts(Decision& decision, const Turn& turn) {
    for (const auto& part : added_parts(turn))
        end_draft(decision, part);
}

std::optional<Decision> without_first_part(
    const Turn& turn, const Answer& answer, Instant now, IdSource& ids
) {
    const auto* question = plan_question(turn.run);
    auto tail = added_tail(turn, answer);
    if (!question || answer.question != question->key || tail.empty()) return std::nullopt;
    auto first = added_parts(turn).front();
    auto decision = save(
        turn,
        answered(turn, now),
        {plan_given(answer.question, tail.substr(1), first.message)},
        now,
        ids
    );
    end_draft(decision, first);
    refresh_receipt(decision, turn, now, ids);
    return decision;
}

Decision forget_draft(const Person& person, const Draft& draft) {
    Decision decision;
    decision.changes = {DraftEnds{draft.id}};
    decision.timers = {CancelTimer{TimerKind::drop_draft, draft.id.value}};
    decision.events = {{"draft.forgotten", draft.id.value, person.id, {}}};
    decision.reply = say(person, text("draft.left"));
    return decision;
}

Decision on_kept_edited(Draft draft, const std::string& text) {
    draft.text = text;
    return Decision{.changes = {draft}};
}

Decision on_kept_deleted(const Person& person, const Draft& draft) {
    auto decision = forget_draft(person, draft);
    decision.reply = NoReply{};
    return decision;
}

Decision expect_no_line(
    const Person& person, const std::string& message, Instant now, IdSource& ids
) {
    return keep(
        new_draft(person, DraftKind::withdrawn_line, Said{"", message, std::nullopt}, now, ids)
    );
}

Decision ask_which_round(
    const Person& person,
    const std::vector<Turn>& turns,
    const Said& said,
    Instant now,
    IdSource& ids
) {
    auto draft = new_draft(person, DraftKind::which_round, said, now, ids);
    auto decision = keep(draft);
    std::vector<Button> choices;
    for (const auto& turn : turns) {
        auto label = text(
            "button.choose_round",
            {{"team", UserText{turn.team.name}}, {"ceremony", UserText{turn.run.ceremony_name}}}
        );
        choices.push_back(
            choice(Verb::choose_round, draft.id.value, std::move(label), turn.round.id.value)
        );
    }
    auto question = text("draft.which_team", {{"line", UserText{draft.text}}});
    decision.reply = Say{choice_of(reader_of(person), std::move(question), std::move(choices))};
    return decision;
}

Decision keep_overdue_line(const Person& person, const Said& said, Instant now, IdSource& ids) {
    auto decision = keep_loose_line(person, said, std::nullopt, now, ids);
    decision.reply = say(person, text("form.kept_as_draft"));
    return decision;
}

Decision keep_loose_line(
    const Person& person,
    const Said& said,
    const std::optional<PlannedRun>& next,
    Instant now,
    IdSource& ids
) {
    if (trimmed(said.text).empty()) return Decision{.reply = say(person, text("line.empty"))};
    auto decision = keep(new_draft(person, DraftKind::loose, said, now, ids));
    auto line = UserText{trimmed(said.text)};
    decision.reply =
        next ? say(person,
                   text("draft.kept_until_next", {{"line", line}, {"opens", next->opens_at}}))
             : say(person, text("draft.kept", {{"line", line}}));
    return decision;
}

}  // namespace muster::standup
