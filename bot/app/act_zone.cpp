#include <algorithm>

#include "bot/app/acting.hpp"
#include "bot/domain/profile_news.hpp"

namespace muster {
namespace {

// Where it was pressed, the card itself says what counts now.
bool is_on_the_card(Acting& acting, const Account& account, const Pressed& pressed) {
    auto cards = acting.view.deliveries_of(Purpose::zone_question, account.id.value);
    return std::ranges::any_of(cards, [&](const Delivery& card) {
        return is_posted(card) && card.provider_id == pressed.message;
    });
}

}  // namespace

Decision press_on_zone(Acting& acting, const Pressed& pressed) {
    auto account = acting.view.account(AccountId{pressed.subject});
    if (!account || account->person != acting.person.id) return acting.say(text("stale.not_yours"));
    auto decision = profile_news::zone_chosen(
        acting.person,
        *account,
        pressed.verb == Verb::use_zone,
        pressed.extra,
        acting.now,
        acting.ids
    );
    auto says_it_again = !decision.changes.empty() && is_on_the_card(acting, *account, pressed);
    if (says_it_again) decision.reply = NoReply{};
    return decision;
}

}  // namespace muster
