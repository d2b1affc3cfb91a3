#include "bot/app/team_access.hpp"

#include "bot/domain/access.hpp"
#include "bot/domain/team_page.hpp"

namespace muster {

bool may_change(const Acting& acting, const Roster& roster) {
    auto hats = access::hats_of(roster, acting.person.id, acting.now);
    return access::may(hats, access::Act::change_team_settings);
}

std::vector<std::string> managers_of(Acting& acting, const Roster& roster) {
    std::vector<std::string> names;
    for (auto id : holders(roster, Role::delivery_manager, acting.now))
        if (auto person = acting.view.person(id)) names.push_back(person->name);
    return names;
}

std::optional<Decision> refused_to_change(Acting& acting, const std::optional<Roster>& roster) {
    if (!roster || roster->team.archived) return acting.say(text("stale.not_yours"));
    if (may_change(acting, *roster)) return std::nullopt;
    auto is_member = roster->member(acting.person.id) != nullptr;
    if (!is_member) return acting.say(text("stale.not_yours"));
    auto names = managers_of(acting, *roster);
    return acting.say(team_page::not_yours(roster->team, names));
}

}  // namespace muster
