#include "bot/app/plain_replies.hpp"

#include "bot/domain/plain_reply.hpp"

namespace muster {
namespace {

plain::After after(const InboundEvent& event) {
    auto is_typed = std::holds_alternative<Said>(event) || std::holds_alternative<Commanded>(event);
    return is_typed ? plain::After::a_line : plain::After::a_press;
}

}  // namespace

std::optional<Decision> take_numbered(
    Acting& acting, const Said& said, const std::vector<Turn>& answerable
) {
    if (!acting.person.plain) return std::nullopt;
    auto drafts = acting.view.drafts_of(acting.person.id);
    auto pressed = plain::pressed_by(said.text, drafts, answerable, acting.now);
    if (!pressed) return std::nullopt;
    return act_on_press(acting, *pressed);
}

Decision in_plain_words(Acting& acting, Decision decision) {
    if (!acting.person.plain) return decision;
    auto drafts = acting.view.drafts_of(acting.person.id);
    auto how = after(acting.inbound.event);
    return plain::in_words(std::move(decision), acting.person, drafts, how, acting.now, acting.ids);
}

}  // namespace muster
