#include "bot/app/intake.hpp"

#include <algorithm>

#include <boost/asio/this_coro.hpp>

#include "bot/app/acts.hpp"
#include "bot/app/homes.hpp"
#include "bot/app/timers.hpp"
#include "bot/domain/standup.hpp"
#include "storage/store.hpp"

namespace muster {
namespace {

constexpr milliseconds patience = 2'500ms;  // a platform waits 3 s
constexpr auto at_once = 10s;               // what comes within this time of being sent
constexpr auto worth_telling = 24h;         // that something was taken late

// A refused form leaves no key: the corrected one carries the same (spec/standups.md, regression
// 18).
bool is_refused(const Reply& reply) {
    return std::holds_alternative<FormErrors>(reply);
}

// What a duplicate is answered with again.
bool is_kept(const Reply& reply) {
    return !is_refused(reply) && !std::holds_alternative<NoReply>(reply);
}

// A line is known by its message too: it may be deleted later.
void keep(Transaction& transaction, const Inbound& inbound, const Reply& reply, Instant now) {
    if (is_refused(reply)) return;
    auto keys = inbound.keys;
    const auto* said = std::get_if<Said>(&inbound.event);
    if (said && !said->message.empty() && !keys.empty()) keys.push_back(key_of_line(said->message));
    transaction.keep(inbound.connection, keys, reply, now);
}

// A form is not put away before it is saved, and may be sent again.
bool is_told_to_try_again(const Inbound& inbound) {
    return std::holds_alternative<Submitted>(inbound.event);
}

// What was done may let somebody's next window open earlier than the one that is planned.
Decision act_and_plan(Transaction& transaction, const Inbound& inbound, Instant at, Instant now) {
    auto decision = act(transaction, inbound, at);
    transaction.apply(decision, now);
    transaction.apply(plan_again_after(transaction, decision, now), now);
    transaction.apply(plan_earlier_after(transaction, decision, inbound, now), now);
    transaction.apply(homes_after(transaction, decision, now), now);
    return decision;
}

// The request that waited for the reply is long over. A form was answered with "not saved", which
// stays true when it is refused.
bool is_told_late(const Inbound& inbound, const Reply& reply) {
    if (is_refused(reply)) return false;
    return is_told_to_try_again(inbound) || !std::holds_alternative<NoReply>(reply);
}

Decision tell_late(View& view, const Inbound& inbound, Instant sent_at, Instant now) {
    auto account = view.account(inbound.connection, inbound.account);
    if (!account) return {};
    IdSource ids{Seed{~inbound.seed.high, inbound.seed.low}};  // not those of the act
    auto sent = sent_at.time_since_epoch().count();
    auto key = standup::to_person(Purpose::taken_late, sent, account->person);
    return {.deliveries = {standup::tell(key, now, ids, now + worth_telling)}};
}

// What was in time when it was sent is in time.
Decision take_late(Transaction& transaction, const Inbound& inbound, Instant now) {
    auto sent_at = std::min(now, inbound.sent_at);
    auto late = inbound;
    late.came_late = true;
    auto decision = act_and_plan(transaction, late, sent_at, now);
    keep(transaction, inbound, decision.reply, now);
    if (is_told_late(inbound, decision.reply))
        transaction.apply(tell_late(transaction, inbound, sent_at, now), now);
    return decision;
}

Result<int> try_again(Transaction& transaction, const Transaction::Quarantined& item, Instant now) {
    const auto& inbound = item.inbound;
    transaction.quarantine_settled(item.id);
    bool was_sent_again = is_told_to_try_again(inbound) &&
                          transaction.seen(inbound.connection, inbound.keys, now).has_value();
    if (was_sent_again) return 0;

    take_late(transaction, inbound, now);
    return 0;
}

// One note of each round, however many lines answered it.
void note_recovered(
    Transaction& transaction, const Decision& decision, std::int64_t downtime, Instant now
) {
    Decision notes;
    for (const auto& change : decision.changes)
        if (const auto* answer = std::get_if<Answer>(&change); answer && !answer->withdrawn)
            notes.changes.push_back(Recovered{downtime, answer->round});
    transaction.apply(notes, now);
}

}  // namespace

struct Intake::Stored {
    Taken taken;
    std::string request;  // the key that the reply is kept under; "" when none is
};

// An input from its arrival to its commit. Whoever waits for it may leave before.
struct Intake::Waiting {
    Inbound inbound;
    bool is_awaited = true;
    std::optional<Result<Taken>> result;
    Bell done;
};

// Whoever waits leaves with an answer, out of patience, or because everything ends.
class Intake::Waiter {
public:
    explicit Waiter(std::shared_ptr<Waiting> waiting) : waiting_(std::move(waiting)) {}

    ~Waiter() { waiting_->is_awaited = false; }

    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

private:
    std::shared_ptr<Waiting> waiting_;
};

Intake::Intake(Store& store, Clock& clock, Log& log, TaskGroup& writes)
    : store_(store), clock_(clock), log_(log), writes_(writes) {}

Task<Result<Taken>> Intake::take(Inbound inbound, SteadyInstant arrived) {
    auto waiting = std::make_shared<Waiting>();
    waiting->inbound = std::move(inbound);
    writes_.spawn(record(waiting));

    Waiter waiter{waiting};
    auto time_left = arrived + patience - clock_.steady_now();
    co_await clock_.pause(std::max(time_left, milliseconds{0}), waiting->done);
    if (!waiting->result) {
        log_.warning("intake.too_late");
        co_return Errc::too_late;
    }
    co_return *waiting->result;
}

// Goes on when everything ends: what is stored must say truly whether somebody was given the reply.
Task<> Intake::record(std::shared_ptr<Waiting> waiting) {
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    auto connection = waiting->inbound.connection;
    auto stored = co_await write(waiting->inbound);
    // Looked at too early: the store is being told that the reply was left.
    bool is_left_now =
        stored && stored->taken.carried_before && left_.contains({connection, stored->request});
    if (is_left_now) stored = co_await write(waiting->inbound);

    if (waiting->is_awaited) {
        waiting->result = stored ? Result<Taken>{std::move(stored->taken)} : stored.error();
        waiting->done.ring();
        co_return;
    }
    if (!stored || stored->request.empty() || stored->taken.carried_before) co_return;
    auto request = Request{connection, stored->request};
    co_await leave_to_the_next(std::move(request));
}

// The reply was stored as carried out, but nobody waited for it any more.
Task<> Intake::leave_to_the_next(Request request) {
    left_.insert(request);
    auto note = [request](Transaction& transaction) -> Result<int> {
        transaction.note_carried(request.first, request.second, false);
        return 0;
    };
    auto noted = co_await store_.write(note);
    left_.erase(request);
    if (!noted) log_.warning("intake.reply_lost", {{"error", name(noted.error())}});
}

Task<Result<Intake::Stored>> Intake::write(Inbound inbound) {
    auto now = clock_.now();
    inbound.came_late = inbound.sent_at != Instant{} && now - inbound.sent_at >= at_once;
    std::string error;
    try {
        auto record = [&inbound, now](Transaction& transaction) {
            return Intake::decide_and_keep(transaction, inbound, now);
        };
        co_return co_await store_.write(record);
    } catch (const std::exception& exception) {
        error = exception.what();
    }
    co_return co_await quarantine(std::move(inbound), std::move(error), now);
}

// It should never happen, so nobody knows what it means: keep it whole and look at it again. What
// comes later than it must still count as later.
Task<Result<Intake::Stored>> Intake::quarantine(Inbound inbound, std::string error, Instant now) {
    if (inbound.sent_at == Instant{}) inbound.sent_at = now;
    log_.alarm("intake.quarantined", {{"error", error}});
    auto keep_whole = [&inbound, &error, now](Transaction& transaction) -> Result<Stored> {
        transaction.quarantine(inbound, error, now);
        if (!is_told_to_try_again(inbound))
            transaction.keep(inbound.connection, inbound.keys, NoReply{}, now);
        return Stored{};
    };
    auto kept = co_await store_.write(keep_whole);
    if (kept && is_told_to_try_again(inbound)) co_return Errc::store_failed;
    co_return kept;
}

Task<bool> Intake::take_read_back(Inbound inbound, std::int64_t downtime) {
    auto now = clock_.now();
    std::string error;
    try {
        auto record = [&inbound, downtime, now](Transaction& transaction) -> Result<int> {
            if (transaction.seen(inbound.connection, inbound.keys, now)) return 0;
            auto decision = take_late(transaction, inbound, now);
            note_recovered(transaction, decision, downtime, now);
            return 0;
        };
        auto stored = co_await store_.write(record);
        co_return stored.has_value();
    } catch (const std::exception& exception) {
        error = exception.what();
    }
    auto kept = co_await quarantine(std::move(inbound), std::move(error), now);
    co_return kept.has_value();
}

Result<Intake::Stored> Intake::decide_and_keep(
    Transaction& transaction, const Inbound& inbound, Instant now
) {
    if (auto kept = transaction.seen(inbound.connection, inbound.keys, now)) {
        if (!kept->is_carried) transaction.note_carried(inbound.connection, kept->request, true);
        return Stored{{kept->reply, kept->is_carried}, kept->request};
    }
    auto decision = act_and_plan(transaction, inbound, now, now);
    keep(transaction, inbound, decision.reply, now);
    auto has_key = !inbound.keys.empty() && is_kept(decision.reply);
    auto request = has_key ? inbound.keys.front() : std::string{};
    return Stored{{decision.reply, false}, std::move(request)};
}

Task<> Intake::retry_quarantined() {
    constexpr int batch = 16;
    auto now = clock_.now();
    auto list = [now](Transaction& transaction) -> Result<std::vector<Transaction::Quarantined>> {
        return transaction.take_retryable(now, batch);
    };
    auto waiting = co_await store_.write(list);
    if (!waiting) co_return;
    for (const auto& item : *waiting) {
        if (!item.is_readable) {
            log_.alarm("intake.unreadable", {{"error", item.error}});
            continue;
        }
        std::string error;
        try {
            auto again = [&item, now](Transaction& transaction) {
                return try_again(transaction, item, now);
            };
            auto stored = co_await store_.write(again);
            if (!stored) co_return;  // the store is in trouble: all of them wait
        } catch (const std::exception& exception) {
            error = exception.what();
        }
        if (error.empty()) continue;
        auto count_attempt = [&item, &error, now](Transaction& transaction) -> Result<int> {
            transaction.quarantine(item.inbound, error, now);
            return 0;
        };
        auto counted = co_await store_.write(count_attempt);
        if (!counted) co_return;
        auto attempt = item.attempt + 1;
        auto is_last = attempt == Transaction::most_attempts;
        log_.alarm(
            is_last ? "intake.given_up" : "intake.still_quarantined",
            {{"attempt", std::to_string(attempt)}, {"error", error}}
        );
    }
}

}  // namespace muster
