#include <algorithm>
#include <set>

#include "bot/app/acting.hpp"
#include "bot/app/news.hpp"
#include "bot/app/settings_change.hpp"
#include "bot/app/setups.hpp"
#include "bot/app/team_access.hpp"
#include "bot/domain/access.hpp"
#include "bot/domain/newcomer.hpp"

// People who join the channels of teams, and groups that teams follow (bot/domain/newcomer).
namespace muster {
namespace {

// Whoever has a role there came to look after it.
bool is_known_there(const Roster& roster, const std::optional<Account>& account, Instant now) {
    if (!account) return false;
    return roster.member(account->person) != nullptr ||
           access::hats_of(roster, account->person, now) != access::Hats{};
}

// By another way than this offer, which nobody has answered: it does not stand before others.
bool is_member_by_now(View& view, const Roster& roster, const Setup& setup) {
    if (setup.kind != SetupKind::newcomer || setup.team != roster.team.id) return false;
    auto account = view.account(setup.connection, newcomer::account_of(setup));
    return account && roster.member(account->person) != nullptr;
}

}  // namespace

Decision act_on_news(News& news, const MemberJoined& joined) {
    Decision decision;
    auto account = news.view.account(news.connection, joined.person);
    std::optional<std::vector<Setup>> before;
    for (const auto& channel : news.view.channels()) {
        if (channel.connection != news.connection || channel.external_id != joined.place) continue;
        auto roster = news.view.roster(channel.team, news.now);
        if (!roster || roster->team.archived) continue;
        if (is_known_there(*roster, account, news.now)) continue;
        if (!before) before = news.view.setups_at(news.connection, joined.place);
        auto unsettled = *before;
        std::erase_if(unsettled, [&](const Setup& setup) {
            return is_member_by_now(news.view, *roster, setup);
        });
        append(decision, newcomer::joined(*roster, news.connection, joined, unsettled, news.ids));
    }
    return decision;
}

Decision act_on_news(News& news, const GroupChanged& changed) {
    Decision decision;
    auto before = news.view.setups_at(news.connection, changed.group);
    std::set<TeamId> teams;
    for (const auto& setup : before)
        if (newcomer::follows_group(setup) && setup.team) teams.insert(*setup.team);
    if (teams.empty()) return decision;
    auto document = settings_document(news.view);
    for (auto team : teams) {
        auto roster = news.view.roster(team, news.now);
        if (!roster || roster->team.archived) continue;
        append(
            decision,
            newcomer::group_changed(
                *roster, news.connection, changed, before, document, news.now, news.ids
            )
        );
    }
    return decision;
}

Decision newcomer_looked_up(News& news, Setup setup, const LookedUp& found) {
    auto roster = news.view.roster(setup.team.value_or(TeamId{}), news.now);
    if (!roster || roster->team.archived) {
        setup.state = SetupState::ended;
        return {.changes = {std::move(setup)}};
    }
    return newcomer::looked_up(std::move(setup), found, *roster, news.now, news.ids);
}

Decision press_on_newcomer(Acting& acting, const Pressed& pressed) {
    auto setup = acting.view.setup(SetupId{pressed.subject});
    const bool is_offer =
        setup && (setup->kind == SetupKind::newcomer || setup->kind == SetupKind::group);
    auto roster =
        is_offer ? acting.view.roster(setup->team.value_or(TeamId{}), acting.now) : std::nullopt;
    if (auto refusal = refused_to_change(acting, roster)) return *std::move(refusal);
    auto document = settings_document(acting.view);
    if (pressed.verb == Verb::leave_newcomer)
        return newcomer::left_out(
            *std::move(setup), *roster, document, acting.person, acting.now, acting.ids
        );
    return newcomer::added(
        *std::move(setup), *roster, document, acting.person, acting.now, acting.ids
    );
}

Composed compose_newcomer(View& view, const Delivery& delivery, Instant now) {
    auto setup = view.setup(SetupId{delivery.key.subject});
    auto roster = setup ? view.roster(setup->team.value_or(TeamId{}), now) : std::nullopt;
    auto manager = view.person(std::get<PersonId>(delivery.key.recipient));
    if (!roster || roster->team.archived || !manager) return Pointless{"gone"};
    auto reader = standup::reader_of(*manager);
    return newcomer::card(*setup, *roster, settings_document(view), reader);
}

}  // namespace muster
