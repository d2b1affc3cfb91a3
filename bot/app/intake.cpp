#include "bot/app/intake.hpp"

#include <algorithm>

#include "bot/app/acts.hpp"
#include "bot/app/timers.hpp"

namespace muster {
namespace {

constexpr auto patience = 2'500ms;  // a platform waits 3 s
constexpr auto at_once = 10s;       // what comes within this time of being sent

// A refused form leaves no key: the corrected one carries the same (spec/standups.md, regression
// 18).
bool is_refused(const Reply& reply) {
    return std::holds_alternative<FormErrors>(reply);
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
    transaction.apply(plan_earlier_after(transaction, decision, inbound, now), now);
    return decision;
}

Result<Reply> decide_and_keep(Transaction& transaction, const Inbound& inbound, Instant now) {
    if (auto kept = transaction.seen(inbound.connection, inbound.keys, now)) return *kept;
    auto decision = act_and_plan(transaction, inbound, now, now);
    keep(transaction, inbound, decision.reply, now);
    return decision.reply;
}

}  // namespace

struct Intake::Waiting {
    Inbound inbound;
    std::optional<Result<Reply>> result;
    Bell done;
};

Intake::Intake(Store& store, Clock& clock, Log& log, TaskGroup& writes)
    : store_(store), clock_(clock), log_(log), writes_(writes) {}

Task<Result<Reply>> Intake::take(Inbound inbound) {
    auto waiting = std::make_shared<Waiting>();
    waiting->inbound = std::move(inbound);
    writes_.spawn(record(waiting));

    co_await clock_.pause(patience, waiting->done);
    if (!waiting->result) {
        log_.warning("intake.too_late");
        co_return Errc::too_late;
    }
    co_return *waiting->result;
}

Task<> Intake::record(std::shared_ptr<Waiting> waiting) {
    waiting->result = co_await write(waiting->inbound);
    waiting->done.ring();
}

Task<Result<Reply>> Intake::write(Inbound inbound) {
    auto now = clock_.now();
    inbound.came_late = inbound.sent_at != Instant{} && now - inbound.sent_at >= at_once;
    std::string error;
    try {
        auto record = [&inbound, now](Transaction& transaction) {
            return decide_and_keep(transaction, inbound, now);
        };
        co_return co_await store_.write(record);
    } catch (const std::exception& exception) {
        error = exception.what();
    }
    // It should never happen, so nobody knows what it means: keep it whole and look at it again.
    log_.alarm("intake.quarantined", {{"error", error}});
    auto keep_whole = [&inbound, &error, now](Transaction& transaction) -> Result<Reply> {
        transaction.quarantine(inbound, error, now);
        if (!is_told_to_try_again(inbound))
            transaction.keep(inbound.connection, inbound.keys, NoReply{}, now);
        return Reply{NoReply{}};
    };
    auto kept = co_await store_.write(keep_whole);
    if (kept && is_told_to_try_again(inbound)) co_return Errc::store_failed;
    co_return kept;
}

Task<> Intake::retry_quarantined() {
    constexpr int batch = 16;
    auto now = clock_.now();
    auto list = [now](Transaction& transaction) -> Result<std::vector<Transaction::Quarantined>> {
        return transaction.retryable(now, batch);
    };
    auto waiting = co_await store_.write(list);
    if (!waiting) co_return;
    for (const auto& item : *waiting) {
        std::string error;
        try {
            auto again = [&item, now](Transaction& transaction) -> Result<Reply> {
                const auto& keys = item.inbound.keys;
                if (is_told_to_try_again(item.inbound) &&
                    transaction.seen(item.inbound.connection, keys, now)) {
                    transaction.quarantine_settled(item.id);  // the person did so
                    return Reply{NoReply{}};
                }
                // What was in time when it was sent is in time.
                auto sent_at =
                    item.inbound.sent_at == Instant{} ? now : std::min(now, item.inbound.sent_at);
                auto late = item.inbound;
                late.came_late = true;
                auto decision = act_and_plan(transaction, late, sent_at, now);
                transaction.quarantine_settled(item.id);
                keep(transaction, item.inbound, decision.reply, now);
                return decision.reply;
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
        log_.alarm("intake.still_quarantined", {{"attempt", std::to_string(item.attempt)}});
    }
}

}  // namespace muster
