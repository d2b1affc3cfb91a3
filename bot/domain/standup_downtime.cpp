#include <set>

#include "bot/domain/standup.hpp"

namespace muster::standup {

Decision was_down(Instant from, Instant to, const std::vector<Roster>& rosters, IdSource& ids) {
    constexpr auto until_it_is_known = 2min;  // what is due was fired by then
    constexpr auto worth_telling = std::chrono::hours{24};
    Decision decision;
    Downtime downtime{ids.next<DeliveryId>().value, from, to};
    decision.changes = {downtime};
    decision.events = {
        {"muster.was_down",
         downtime.id,
         std::nullopt,
         {{"from", to_text(from)}, {"to", to_text(to)}}}};
    std::set<PersonId> told;
    for (const auto& roster : rosters)
        for (auto manager : holders(roster, Role::delivery_manager, to)) {
            if (!told.insert(manager).second) continue;
            auto notice = to_person(Purpose::downtime, downtime.id, manager);
            decision.deliveries.push_back(
                tell(std::move(notice), to + until_it_is_known, ids, to + worth_telling)
            );
        }
    return decision;
}

}  // namespace muster::standup
