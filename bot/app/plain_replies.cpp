#include "bot/app/plain_replies.hpp"

#include <algorithm>

#include "bot/domain/plain_reply.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

std::optional<Draft> offered_last(Acting& acting) {
    std::optional<Draft> newest;
    for (const auto& draft : acting.view.drafts_of(acting.person.id)) {
        if (draft.kind != DraftKind::numbered || draft.expires_at <= acting.now) continue;
        if (!newest || draft.expires_at > newest->expires_at) newest = draft;
    }
    return newest;
}

// A stand-up that was asked for since then is what a number answers.
bool newer_was_asked(Acting& acting, const Draft& offered) {
    auto offered_at = offered.expires_at - standup::draft_life;
    return std::ranges::any_of(acting.answerable(), [&](const Turn& turn) {
        return turn.round.asked_at && *turn.round.asked_at > offered_at;
    });
}

bool is_typed(const InboundEvent& event) {
    return std::holds_alternative<Said>(event) || std::holds_alternative<Commanded>(event);
}

void end_earlier_choices(Acting& acting, Decision& decision) {
    for (const auto& draft : acting.view.drafts_of(acting.person.id))
        if (draft.kind == DraftKind::numbered) standup::end_draft(decision, draft);
}

void keep_choices(Acting& acting, Decision& decision, const std::vector<Button>& choices) {
    Draft draft;
    draft.id = acting.ids.next<DraftId>();
    draft.person = acting.person.id;
    draft.kind = DraftKind::numbered;
    draft.text = plain::to_text(choices);
    draft.expires_at = acting.now + standup::draft_life;
    decision.changes.push_back(draft);
    decision.timers.push_back(SetTimer{TimerKind::drop_draft, draft.id.value, draft.expires_at});
}

}  // namespace

std::optional<Decision> take_numbered(Acting& acting, const Said& said) {
    auto number = plain::number_in(said.text);
    auto offered = acting.person.plain && number ? offered_last(acting) : std::nullopt;
    if (!offered || newer_was_asked(acting, *offered)) return std::nullopt;
    auto choices = plain::choices_from(offered->text);
    if (*number == 0 || *number > choices.size()) return std::nullopt;
    return act_on_press(acting, choices[*number - 1]);
}

Decision in_plain_words(Acting& acting, Decision decision) {
    if (!acting.person.plain) return decision;
    std::vector<Button> choices;
    if (auto* say = std::get_if<Say>(&decision.reply)) {
        auto numbered = plain::numbered(std::move(say->message));
        say->message = std::move(numbered.message);
        choices = std::move(numbered.choices);
    }
    if (is_typed(acting.inbound.event) || !choices.empty()) end_earlier_choices(acting, decision);
    if (!choices.empty()) keep_choices(acting, decision, choices);
    return decision;
}

}  // namespace muster
