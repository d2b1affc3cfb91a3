#pragma once

#include <functional>
#include <memory>

#include "bot/domain/decision.hpp"
#include "bot/domain/inbound.hpp"
#include "bot/domain/result.hpp"
#include "bot/domain/turn.hpp"
#include "bot/ports/task.hpp"

namespace muster {

// The read side of the store: named questions, no SQL. All of one View's answers are of one moment.
// A missing row is an empty optional; a row that cannot be read throws.
class View {
public:
    virtual ~View();

    // Connections over which calls may be made now.
    struct Open {
        std::vector<ConnectionId> to_post;
        std::vector<ConnectionId> to_change;  // what is posted

        bool operator==(const Open&) const = default;
    };

    // ---- settings
    virtual std::optional<Organisation> organisation() = 0;  // the one of this database
    virtual std::vector<Connection> connections() = 0;
    virtual std::vector<Person> people() = 0;  // archived ones too
    virtual std::optional<Person> person(PersonId) = 0;
    virtual std::optional<Account> account(ConnectionId, const std::string& external_id) = 0;
    virtual std::optional<Account> account(AccountId) = 0;
    virtual std::vector<Account> accounts() = 0;
    virtual std::vector<Team> teams() = 0;  // archived ones too
    virtual std::optional<Team> team(TeamId) = 0;
    // As participant, observer, role-holder or, on its days in the team's zone, cover; not
    // archived.
    virtual std::vector<TeamId> teams_of(PersonId, Instant now) = 0;
    virtual std::vector<Membership> memberships() = 0;
    virtual std::vector<Channel> channels() = 0;
    virtual std::optional<Channel> channel(ChannelId) = 0;
    virtual std::vector<RoleHolder> roles() = 0;
    virtual std::vector<Cover> covers() = 0;
    virtual std::vector<Ceremony> ceremonies() = 0;  // archived ones too
    virtual std::optional<Ceremony> ceremony(CeremonyId) = 0;
    virtual std::shared_ptr<const CalendarBook> calendars() = 0;
    // With the absences from 40 days before `around` on: older ones are history.
    virtual std::optional<Roster> roster(TeamId, Instant around) = 0;
    virtual std::vector<Absence> absences_of(PersonId) = 0;
    virtual std::optional<Absence> absence(AbsenceId) = 0;

    // ---- stand-ups
    virtual std::optional<PlannedRun> planned_run(CeremonyId) = 0;
    virtual std::optional<Run> run(RunId) = 0;
    virtual std::optional<Run> run(CeremonyId, LocalDate, const std::string& slot) = 0;
    virtual std::vector<Run> runs_of(TeamId, Instant opened_since) = 0;  // oldest first
    virtual std::vector<Run> open_runs(CeremonyId) = 0;                  // not closed
    virtual int runs_held(CeremonyId) = 0;                               // for rotating questions
    virtual std::optional<Round> round(RoundId) = 0;
    virtual std::vector<Round> rounds_of(RunId) = 0;
    virtual std::vector<Round> rounds_of(
        PersonId, Instant opened_since
    ) = 0;  // newest first, with a window
    // Rounds of runs that are not closed: waiting, asked, away, whatever their state.
    virtual std::vector<Round> unfinished_rounds_of(PersonId) = 0;
    virtual std::vector<Answer> answers_of(RoundId) = 0;  // not withdrawn
    virtual std::optional<Answer> answer_by_message(
        PersonId, const std::string& message
    ) = 0;  // withdrawn too
    // The round and everything around it that a decision about it needs.
    virtual std::optional<Turn> turn(RoundId, Instant now) = 0;
    // The rounds this person may answer now: the newest of each ceremony, opened, at most 7 days
    // old.
    virtual std::vector<Turn> answerable_turns(PersonId, Instant now) = 0;
    // A run with everything that its summary shows.
    virtual std::optional<RunBoard> board(RunId) = 0;

    virtual std::optional<Draft> draft(DraftId) = 0;
    virtual std::vector<Draft> drafts_of(PersonId) = 0;
    // An input with this key was taken: known for 10 days.
    virtual bool is_key_known(ConnectionId, const std::string& key) = 0;

    // ---- teams that are set up in chat
    virtual std::optional<Setup> setup(SetupId) = 0;
    virtual std::vector<Setup> setups_at(ConnectionId, const std::string& place) = 0;
    virtual std::vector<Setup> setups_to_look_up() = 0;  // looking or checking

    virtual std::optional<Blocker> blocker(BlockerId) = 0;
    virtual std::optional<Blocker> blocker(TeamId, int number) = 0;
    virtual std::vector<Blocker> open_blockers(TeamId) = 0;                  // by number
    virtual std::vector<Blocker> blockers_ended_since(TeamId, Instant) = 0;  // by number
    // Those that this person raised by that typed line; ended ones too.
    virtual std::vector<Blocker> blockers_by_message(PersonId, const std::string& message) = 0;
    virtual std::vector<BlockerNote> notes_of(BlockerId) = 0;  // oldest first

    // ---- what is to be done
    virtual std::optional<Instant> earliest_timer() = 0;
    // Openings first, then the earliest; at one instant in the order of TimerKind.
    virtual std::vector<Timer> due_timers(Instant now, int limit) = 0;
    virtual std::vector<Timer> timers() = 0;  // all, for explanations and checks
    virtual std::optional<Timer> timer(TimerKind, std::int64_t ref) = 0;
    // The earliest delivery due later than that, pending and not waiting for its thread: what is
    // due and cannot go does not hide it.
    virtual std::optional<Instant> next_delivery_after(Instant now) = 0;
    // Due, not posted and not worth posting any more; the earliest first.
    virtual std::vector<Delivery> late_deliveries(Instant now, int limit) = 0;
    virtual std::optional<Instant> next_expiry_after(Instant now) = 0;
    virtual std::optional<Delivery> delivery(DeliveryId) = 0;
    virtual std::optional<Delivery> delivery(const DeliveryKey&) = 0;
    // By its provider id, or by that of its first part (bot/ports/chat_platform.hpp).
    virtual std::optional<Delivery> delivery_by_message(
        ConnectionId, const std::string& provider_id
    ) = 0;
    // By priority, then due: those that may go now, or go nowhere at all. Until `go_on` says false.
    virtual void visit_due_deliveries(
        Instant now, const Open& open, const std::function<bool(const Delivery&)>& go_on
    ) = 0;
    virtual std::vector<Delivery> unsettled_deliveries() = 0;  // sending or uncertain
    virtual std::vector<Delivery> deliveries_of(Purpose, std::int64_t subject) = 0;
    virtual std::vector<Downtime> downtimes() = 0;
    // Rounds that were asked, and whose window was open at some time between the two.
    virtual std::vector<Round> rounds_open_between(Instant from, Instant to) = 0;
    virtual std::vector<RoundId> recovered_in(std::int64_t downtime) = 0;
    virtual std::optional<Instant> last_alive() = 0;

    // How much is waiting, for operators.
    struct Backlog {
        int pending = 0;
        int sending = 0;
        int uncertain = 0;
        int due = 0;  // of those pending
        std::optional<Instant> oldest_due;
        int quarantined = 0;
    };

    virtual Backlog backlog(Instant now) = 0;

    // ---- the log
    struct LoggedEvent {
        std::int64_t number = 0;
        Instant at{};
        Event event;
    };

    virtual std::vector<LoggedEvent> events(std::int64_t after, int limit) = 0;  // oldest first
};

// The write side: everything is true at commit, or nothing.
class Transaction : public View {
public:
    // Stores what was decided: rows, timers, deliveries (a row that exists gets a higher revision),
    // log.
    virtual void apply(const Decision&, Instant now) = 0;

    // What a request was answered with.
    struct Answered {
        std::string request;     // its first key
        Reply reply;             // kept for 24 h
        bool is_carried = true;  // somebody was given the reply to carry it out
    };

    // What was kept for any of these keys: this request was seen before.
    virtual std::optional<Answered> seen(
        ConnectionId, const std::vector<std::string>& keys, Instant now
    ) = 0;
    // The reply of the request that is being answered: carried out, unless it is noted otherwise.
    virtual void keep(
        ConnectionId, const std::vector<std::string>& keys, const Reply&, Instant now
    ) = 0;
    virtual void note_carried(ConnectionId, const std::string& request, bool is_carried) = 0;

    // An input whose decision threw: kept whole, to be tried again or looked at. `attempt` counts
    // from 1.
    static constexpr int most_attempts = 5;

    struct Quarantined {
        std::int64_t id = 0;
        Inbound inbound;
        int attempt = 0;
        std::string error;
        bool is_readable = true;  // no: `error` says why; kept, and not listed again
    };

    virtual void quarantine(const Inbound&, const std::string& error, Instant now) = 0;
    // Those that are due; what cannot be read any more is noted so, and not taken again.
    virtual std::vector<Quarantined> take_retryable(Instant now, int limit) = 0;
    virtual void quarantine_settled(std::int64_t id) = 0;

    virtual void timer_fired(
        TimerKind, std::int64_t ref, Instant due
    ) = 0;                                     // removes it unless it was set again
    virtual void update(const Delivery&) = 0;  // the courier's book-keeping
    virtual void still_alive(Instant now) = 0;
    virtual int forget(Instant now
    ) = 0;  // inbox keys over 24 h (replies) and 10 days (keys); returns rows removed
};

// What a commit held. It may have moved timers or deliveries: whoever sleeps until the earliest of
// them looks again.
struct Moved {
    bool timers = false;
    bool deliveries = false;
    std::vector<Event> events;  // as logged, without those that were rolled back
    int quarantined = 0;        // new ones
};

// The only door to what is stored. Used from the event loop only.
class Store {
public:
    virtual ~Store();

    // Runs `work` in the writer and resumes after commit or rollback; ignores cancellation. An Errc
    // from `work` rolls back this write alone. A thrown exception rolls it back too and is rethrown
    // here. `work` touches only its arguments and immutable snapshots: it runs on the writer's
    // thread, and once.
    template <class Work>
    auto write(Work work) -> Task<std::invoke_result_t<Work&, Transaction&>> {
        std::optional<std::invoke_result_t<Work&, Transaction&>> result;
        std::function<std::optional<Errc>(Transaction&)> run = [&](Transaction& transaction
                                                               ) -> std::optional<Errc> {
            result.emplace(work(transaction));
            if (result->has_error()) return result->error();
            return std::nullopt;
        };
        auto failure = co_await commit(std::move(run));
        if (failure) co_return *failure;
        co_return std::move(*result);
    }

    // Runs `work` on a reader, on one consistent snapshot.
    template <class Work>
    auto read(Work work) -> Task<std::invoke_result_t<Work&, View&>> {
        std::optional<std::invoke_result_t<Work&, View&>> result;
        std::function<void(View&)> run = [&](View& view) { result.emplace(work(view)); };
        co_await look(std::move(run));
        co_return std::move(*result);
    }

    // Called on the loop after each commit.
    virtual void on_commit(std::function<void(Moved)> listener) = 0;

    // Waits for the queue to drain, then stops the threads. Later calls fail with store_failed.
    virtual Task<> close() = 0;

protected:
    // The error that rolled the write back, whether work's own or the store's.
    virtual Task<std::optional<Errc>> commit(std::function<std::optional<Errc>(Transaction&)> work
    ) = 0;
    virtual Task<> look(std::function<void(View&)> work) = 0;
};

}  // namespace muster
