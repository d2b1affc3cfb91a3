#include <set>

#include "bot/domain/messages.hpp"
#include "bot/domain/standup.hpp"

namespace muster::standup {
namespace {

using namespace std::chrono_literals;

constexpr auto until_it_is_known = 2min;  // what is due was fired by then
constexpr auto worth_telling = 24h;

// At night nobody can make up for what was missed.
Instant when_at_work(const Roster& roster, PersonId manager, Instant earliest) {
    const auto* member = roster.member(manager);
    auto pattern = member ? work_pattern(member->person, member->absences, *roster.calendars)
                          : work_pattern(roster.team, *roster.calendars);
    return next_working_instant(pattern, earliest).value_or(earliest);
}

// One report, whatever the number of teams.
void report_to_managers(
    Decision& decision,
    std::int64_t downtime,
    const std::vector<Roster>& rosters,
    Instant now,
    Instant earliest,
    IdSource& ids
) {
    std::set<PersonId> told;
    for (const auto& roster : rosters)
        for (auto manager : holders(roster, Role::delivery_manager, now)) {
            if (!told.insert(manager).second) continue;
            auto due = when_at_work(roster, manager, earliest);
            auto report = to_person(Purpose::downtime, downtime, manager);
            decision.deliveries.push_back(tell(std::move(report), due, ids, due + worth_telling));
        }
}

}  // namespace

void count_in(DowntimeItem& item, const Downtime& away, const Round& round, bool was_recovered) {
    auto is_unread = away.read_back == ReadBack::in_part || away.read_back == ReadBack::impossible;
    auto was_open = round.asked_at && *round.asked_at <= away.to && round.closes_at &&
                    *round.closes_at >= away.from;
    if (was_recovered) ++item.recovered;
    if (is_unread && was_open && !round.answered_at) ++item.unread;
    auto was_due = round.opens_at && *round.opens_at >= away.from - worth_an_excuse &&
                   *round.opens_at <= away.to;
    if (!was_due) return;
    if (round.not_asked == NotAsked::downtime) ++item.not_asked;
    if (round.asked_at && *round.asked_at >= away.to) ++item.asked_late;
}

bool says_something(const DowntimeItem& item) {
    return item.asked_late + item.not_asked + item.recovered + item.unread > 0;
}

Decision was_down(Instant from, Instant to, const std::vector<Roster>& rosters, IdSource& ids) {
    Decision decision;
    Downtime downtime{ids.next<DeliveryId>().value, from, to};
    decision.changes = {downtime};
    decision.events = {
        {std::string{was_down_event},
         downtime.id,
         std::nullopt,
         {{"from", to_text(from)}, {"to", to_text(to)}}}};
    report_to_managers(decision, downtime.id, rosters, to, to + until_it_is_known, ids);
    return decision;
}

Decision was_read_back(
    Downtime downtime, const std::vector<Roster>& rosters, Instant now, IdSource& ids
) {
    Decision decision;
    decision.changes = {downtime};
    auto earliest = std::max<Instant>(now, downtime.to + until_it_is_known);
    report_to_managers(decision, downtime.id, rosters, now, earliest, ids);
    return decision;
}

}  // namespace muster::standup
