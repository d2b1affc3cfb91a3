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

}  // namespace

// Today is answered already: the line is kept, and the person says what it was meant as.
Decision offer_second_line(const Turn& turn, const Said& said, Instant now, IdSource& ids) {
    auto draft = new_draft(turn.person, DraftKind::extra, said, now, ids);
    draft.round = turn.round.id;
    auto decision = keep(draft);
    auto message = note(
        reader_of(turn.person), text("draft.today_is_answered", {{"line", UserText{draft.text}}})
    );
    offer(
        message,
        {offered(Verb::add_to_plan, draft, "button.add_to_plan", "button.add_to_plan_spoken", true),
         offered(Verb::replace_plan, draft, "button.replace_plan", "button.replace_plan_spoken"),
         offered(Verb::leave_draft, draft, "button.leave_draft", "button.leave_draft_spoken")}
    );
    decision.reply = Say{message};
    return decision;
}

Decision use_draft(const Turn& turn, const Draft& draft, DraftUse use, Instant now, IdSource& ids) {
    const auto* question = plan_question(turn.run);
    const auto* before = question ? answer_to(turn, question->key) : nullptr;
    auto words = draft.text;
    if (before && use == DraftUse::add) words = before->text + "\n" + draft.text;
    Decision decision;
    if (question) {
        auto message = draft.message.empty() && before ? before->message : draft.message;
        decision = save(
            turn,
            answered(turn, now),
            {{question->key, words, AnswerSource::line, message}},
            now,
            ids
        );
        acknowledge(decision, turn, now, ids);
    }
    decision.changes.push_back(DraftEnds{draft.id});
    decision.timers.push_back(CancelTimer{TimerKind::drop_draft, draft.id.value});
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
    auto message =
        note(reader_of(person), text("draft.which_team", {{"line", UserText{draft.text}}}));
    std::vector<Button> buttons;
    for (const auto& turn : turns) {
        if (buttons.size() == 5) break;
        auto label = text(
            "button.choose_round",
            {{"team", UserText{turn.team.name}}, {"ceremony", UserText{turn.run.ceremony_name}}}
        );
        buttons.push_back(
            {Verb::choose_round, draft.id.value, turn.round.id.value, 0, label, label, false}
        );
    }
    offer(message, std::move(buttons));
    decision.reply = Say{message};
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
