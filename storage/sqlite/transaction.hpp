#pragma once

#include "storage/sqlite/database.hpp"
#include "storage/store.hpp"

namespace muster::sqlite {

// The holidays that were read last, kept from one transaction to the next on the same connection.
struct KnownCalendars {
    std::string revisions;  // of which rows
    std::shared_ptr<const CalendarBook> book;
};

// Makes the salt of one logged event. Called on the writer's thread only.
using Salt = std::function<Digest()>;

// All questions and all writes, over one connection inside one transaction of it. A reader gets it
// as a View. The functions stand in *_rows.cpp, by what they are about.
class SqliteTransaction final : public Transaction {
public:
    SqliteTransaction(Database& database, KnownCalendars& calendars, const Salt& salt)
        : database_(database), calendars_(calendars), salt_(salt) {}

    Database& database() { return database_; }

    // settings_rows.cpp
    std::optional<Organisation> organisation() override;
    std::vector<Connection> connections() override;
    std::vector<Person> people() override;
    std::optional<Person> person(PersonId) override;
    std::optional<Account> account(ConnectionId, const std::string& external_id) override;
    std::optional<Account> account(AccountId) override;
    std::vector<Account> accounts() override;
    std::vector<Team> teams() override;
    std::optional<Team> team(TeamId) override;
    std::vector<TeamId> teams_of(PersonId, Instant now) override;
    std::vector<Membership> memberships() override;
    std::vector<Channel> channels() override;
    std::optional<Channel> channel(ChannelId) override;
    std::vector<RoleHolder> roles() override;
    std::vector<Cover> covers() override;
    std::vector<Ceremony> ceremonies() override;
    std::optional<Ceremony> ceremony(CeremonyId) override;
    std::shared_ptr<const CalendarBook> calendars() override;
    std::optional<Roster> roster(TeamId, Instant around) override;
    std::vector<Absence> absences_of(PersonId) override;
    std::optional<Absence> absence(AbsenceId) override;

    // run_rows.cpp
    std::optional<PlannedRun> planned_run(CeremonyId) override;
    std::optional<Run> run(RunId) override;
    std::optional<Run> run(CeremonyId, LocalDate, const std::string& slot) override;
    std::vector<Run> runs_of(TeamId, Instant opened_since) override;
    std::vector<Run> open_runs(CeremonyId) override;
    int runs_held(CeremonyId) override;
    std::optional<Round> round(RoundId) override;
    std::vector<Round> rounds_of(RunId) override;
    std::vector<Round> rounds_of(PersonId, Instant opened_since) override;
    std::vector<Round> unfinished_rounds_of(PersonId) override;
    std::vector<Answer> answers_of(RoundId) override;
    std::optional<Answer> answer_by_message(PersonId, const std::string& message) override;
    std::optional<Draft> draft(DraftId) override;
    std::vector<Draft> drafts_of(PersonId) override;
    std::optional<Setup> setup(SetupId) override;
    std::vector<Setup> setups_at(ConnectionId, const std::string& place) override;
    std::vector<Setup> setups_to_look_up() override;

    // turn_rows.cpp
    std::optional<Turn> turn(RoundId, Instant now) override;
    std::vector<Turn> answerable_turns(PersonId, Instant now) override;
    std::optional<RunBoard> board(RunId) override;

    // blocker_rows.cpp
    std::optional<Blocker> blocker(BlockerId) override;
    std::optional<Blocker> blocker(TeamId, int number) override;
    std::vector<Blocker> open_blockers(TeamId) override;
    std::vector<Blocker> blockers_ended_since(TeamId, Instant) override;
    std::vector<Blocker> blockers_by_message(PersonId, const std::string& message) override;
    std::vector<BlockerNote> notes_of(BlockerId) override;

    // due_rows.cpp
    std::optional<Instant> earliest_timer() override;
    std::vector<Timer> due_timers(Instant now, int limit) override;
    std::vector<Timer> timers() override;
    std::optional<Timer> timer(TimerKind, std::int64_t ref) override;
    void timer_fired(TimerKind, std::int64_t ref, Instant due) override;
    std::vector<Downtime> downtimes() override;
    std::vector<Round> rounds_open_between(Instant from, Instant to) override;
    std::vector<RoundId> recovered_in(std::int64_t downtime) override;
    std::optional<Instant> last_alive() override;
    void still_alive(Instant now) override;

    // delivery_rows.cpp
    std::optional<Instant> next_delivery_after(Instant now) override;
    std::vector<Delivery> late_deliveries(Instant now, int limit) override;
    std::optional<Instant> next_expiry_after(Instant now) override;
    std::optional<Delivery> delivery(DeliveryId) override;
    std::optional<Delivery> delivery(const DeliveryKey&) override;
    std::optional<Delivery> delivery_by_message(ConnectionId, const std::string& id) override;
    void visit_due_deliveries(
        Instant now, const Open& open, const std::function<bool(const Delivery&)>& go_on
    ) override;
    std::vector<Delivery> unsettled_deliveries() override;
    std::vector<Delivery> deliveries_of(Purpose, std::int64_t subject) override;
    void update(const Delivery&) override;
    Backlog backlog(Instant now) override;

    // inbox_rows.cpp
    bool is_key_known(ConnectionId, const std::string& key) override;
    std::optional<Answered> seen(ConnectionId, const std::vector<std::string>&, Instant now)
        override;
    void keep(ConnectionId, const std::vector<std::string>&, const Reply&, Instant now) override;
    void note_carried(ConnectionId, const std::string& request, bool is_carried) override;
    void quarantine(const Inbound&, const std::string& error, Instant now) override;
    std::vector<Quarantined> take_retryable(Instant now, int limit) override;
    void quarantine_settled(std::int64_t id) override;
    int forget(Instant now) override;

    // log_rows.cpp
    std::vector<LoggedEvent> events(std::int64_t after, int limit) override;

    // apply_rows.cpp
    void apply(const Decision&, Instant now) override;

    // What was written since it was taken last.
    Moved take_moved() { return std::exchange(moved_, {}); }

private:
    // A team's roster of only those members who hold a role: enough to ask who holds it now.
    Roster roster_of_roles(const Team&, Instant around);
    void fill_roles(Roster&);
    std::vector<TeamId> teams_covered_by(PersonId, Instant now);

    Turn turn_of(Person, Round, Run, Instant now);
    std::optional<LastPlan> last_plan(const Round& before, const Run&);
    bool is_newest(const Round&, const Run&, Instant now);
    std::vector<LocalDate> gap_before(const Run&);
    bool was_late_and_untold(const Run&);
    std::map<PersonId, std::string> names_around(TeamId, Instant ended_since);
    std::vector<std::string> platforms_of(const std::vector<Channel>&);

    void see_to(const Tell&);
    void log(const Event&, Instant now);

    Database& database_;
    KnownCalendars& calendars_;
    const Salt& salt_;
    Moved moved_;
};

}  // namespace muster::sqlite
