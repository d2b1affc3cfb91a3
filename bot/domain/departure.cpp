#include "bot/domain/departure.hpp"

#include <set>

#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::departure {
namespace {

using namespace standup::words;

bool is_asked_there(const Departing& departing) {
    return departing.person.home == departing.account.id;
}

Decision account_stands(Account account, std::optional<Instant> closed_at, const char* event) {
    account.closed_at = closed_at;
    auto logged = Event{event, account.person.value, std::nullopt, {}};
    Decision decision;
    decision.events.push_back(std::move(logged));
    decision.changes.emplace_back(std::move(account));
    return decision;
}

// Once, whichever of their teams it looks after.
void tell_delivery_managers(
    Decision& decision,
    PersonId about,
    const std::vector<Roster>& rosters,
    Instant now,
    IdSource& ids
) {
    std::set<PersonId> told{about};
    for (const auto& roster : rosters) {
        for (auto manager : holders(roster, Role::delivery_manager, now)) {
            if (!told.insert(manager).second) continue;
            auto key = standup::to_person(
                Purpose::account_closed, about.value, manager, standup::day_number(now)
            );
            decision.deliveries.push_back(standup::tell(std::move(key), now, ids));
        }
    }
}

TextList names_of_teams(const std::vector<Team>& teams) {
    TextList names;
    for (const auto& team : teams)
        names.push_back(text("team.name", {{"team", UserText{team.name}}}));
    return names;
}

}  // namespace

Decision account_closed(Departing departing, Instant now, IdSource& ids) {
    if (departing.account.closed_at) return {};
    auto decision = account_stands(departing.account, now, "account.closed");
    if (!is_asked_there(departing)) return decision;

    auto about = departing.person.id;
    std::vector<Roster> left;
    for (auto& roster : departing.rosters) {
        const auto* member = roster.member(about);
        if (!member || member->standing != Standing::participant) continue;
        decision.changes.emplace_back(Membership{roster.team.id, about, Standing::observer, now});
        left.push_back(std::move(roster));
    }
    for (const auto& turn : departing.unfinished)
        append(decision, standup::leave(turn, now, ids));
    tell_delivery_managers(decision, about, left, now, ids);
    return decision;
}

Decision account_opened(Departing departing, Instant now, IdSource& ids) {
    auto closed_at = departing.account.closed_at;
    if (!closed_at) return {};
    auto decision = account_stands(departing.account, std::nullopt, "account.opened");
    if (!is_asked_there(departing)) return decision;

    auto about = departing.person.id;
    std::vector<Roster> rejoined;
    for (auto& roster : departing.rosters) {
        const auto* member = roster.member(about);
        if (!member || member->stopped_at != closed_at) continue;
        decision.changes.emplace_back(Membership{roster.team.id, about, Standing::participant});
        for (const auto& turn : departing.unfinished)
            if (turn.team.id == roster.team.id) append(decision, standup::rejoin(turn, now, ids));
        rejoined.push_back(std::move(roster));
    }
    tell_delivery_managers(decision, about, rejoined, now, ids);
    return decision;
}

bool concerns(const Account& home, const Member& member) {
    return home.closed_at ? member.stopped_at == home.closed_at
                          : member.standing == Standing::participant;
}

Composed told(
    const Person& about,
    bool is_closed,
    const std::vector<Team>& teams,
    const std::vector<Blocker>& open,
    const Reader& reader
) {
    if (teams.empty()) return Pointless{"no_team"};
    const NamedPerson who{about.id, about.name};
    const auto* first = is_closed ? "notice.account_closed" : "notice.account_opened";
    auto message = note(reader, text(first, {{"person", who}, {"teams", names_of_teams(teams)}}));
    if (!is_closed) return message;
    if (!open.empty()) {
        Items blockers;
        for (const auto& blocker : open)
            blockers.items.push_back(standup::words::about("notice.still_open", blocker));
        message.blocks.push_back(Paragraph{text("notice.account_closed_blockers")});
        message.blocks.push_back(std::move(blockers));
    }
    message.blocks.push_back(Paragraph{text("notice.account_closed_next", {{"person", who}})});
    return message;
}

}  // namespace muster::departure
