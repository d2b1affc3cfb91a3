#include "bot/app/settings_change.hpp"

#include "bot/app/homes.hpp"
#include "bot/app/timers.hpp"

namespace muster {

settings::Document settings_document(View& view) {
    settings::Document document;
    if (auto organisation = view.organisation()) document.organisation = *organisation;
    document.connections = view.connections();
    document.people = view.people();
    document.accounts = view.accounts();
    document.teams = view.teams();
    document.channels = view.channels();
    document.memberships = view.memberships();
    document.roles = view.roles();
    document.covers = view.covers();
    document.ceremonies = view.ceremonies();
    for (const auto& [key, calendar] : *view.calendars())
        document.calendars.push_back(calendar);
    return document;
}

settings::ChangeResult change_settings(
    Transaction& transaction, const settings::Wanted& wanted, bool prune, Instant now, IdSource& ids
) {
    auto changed =
        settings::change(settings_document(transaction), wanted, prune, std::nullopt, ids);
    if (!changed) return changed;
    apply_with_homes(transaction, changed->decision, now);
    transaction.apply(plan_again(transaction, changed->teams, now), now);
    return changed;
}

}  // namespace muster
