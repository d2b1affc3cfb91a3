#include <algorithm>

#include "storage/sqlite/tables_of_settings.hpp"
#include "storage/sqlite/tables_of_work.hpp"
#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {
namespace {

// Writes one change each: over the row of the same key, or removes it.
struct Changer {
    Database& database;

    template <class Row>
    void operator()(const Row& row) const {
        database.put(row);
    }

    void operator()(const CalendarRow& row) const {
        database.run(
            "INSERT INTO calendar (organisation, key, days, data_ends, builds_on, revision) VALUES "
            "(?, ?, ?, ?, ?, 1) ON CONFLICT (organisation, key) DO UPDATE SET days = "
            "excluded.days, "
            "data_ends = excluded.data_ends, builds_on = excluded.builds_on, revision = "
            "calendar.revision + 1",
            row.organisation,
            row.calendar.key,
            row.calendar.days,
            row.calendar.data_ends,
            row.calendar.builds_on
        );
    }

    void operator()(const MembershipEnds& gone) const {
        database.run(
            "DELETE FROM membership WHERE team = ? AND person = ?", gone.team, gone.person
        );
    }

    void operator()(const RoleEnds& gone) const {
        database.run(
            "DELETE FROM role_holder WHERE team = ? AND role = ? AND person = ?",
            gone.team.value_or(TeamId{}),
            gone.role,
            gone.person
        );
    }

    void operator()(const CoverEnds& gone) const {
        database.run("DELETE FROM cover WHERE id = ?", gone.cover);
    }

    void operator()(const AccountEnds& gone) const {
        database.run("DELETE FROM account WHERE id = ?", gone.account);
    }

    void operator()(const ChannelEnds& gone) const {
        database.run("DELETE FROM channel WHERE id = ?", gone.channel);
    }

    void operator()(const AbsenceEnds& gone) const {
        database.run("DELETE FROM absence WHERE id = ?", gone.absence);
    }

    void operator()(const DraftEnds& gone) const {
        database.run("DELETE FROM draft WHERE id = ?", gone.draft);
    }

    void operator()(const PlanEnds& gone) const {
        database.run("DELETE FROM planned_run WHERE ceremony = ?", gone.ceremony);
    }

    void operator()(const SetTimer& timer) const {
        database.put(Timer{timer.kind, timer.ref, timer.due});
    }

    void operator()(const CancelTimer& timer) const {
        database.run("DELETE FROM timer WHERE kind = ? AND ref = ?", timer.kind, timer.ref);
    }
};

}  // namespace

void SqliteTransaction::apply(const Decision& decision, Instant now) {
    auto changer = Changer{database_};
    for (const auto& change : decision.changes)
        std::visit(changer, change);
    for (const auto& timer : decision.timers)
        std::visit(changer, timer);
    moved_.timers |= !decision.timers.empty();
    auto is_delivery = [](const Change& row) { return std::holds_alternative<Delivery>(row); };
    moved_.deliveries |=
        !decision.deliveries.empty() || std::ranges::any_of(decision.changes, is_delivery);

    // The first message of a thread must be there before one that joins it, whatever their order.
    for (const auto& tell : decision.deliveries)
        if (!tell.in_thread_of) see_to(tell);
    for (const auto& tell : decision.deliveries)
        if (tell.in_thread_of) see_to(tell);

    for (const auto& event : decision.events)
        log(event, now);
}

}  // namespace muster::sqlite
