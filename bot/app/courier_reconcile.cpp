#include "bot/app/courier.hpp"
#include "bot/ports/measures.hpp"

// What may have been posted is looked for at the platform before anything is sent again
// (spec/reliability.md, "Exactly-once prompts").
namespace muster {
namespace {

using namespace std::chrono_literals;

Found not_found_yet(milliseconds wait) {
    Found found;
    found.kind = Found::Kind::try_later;
    found.retry_after = wait;
    return found;
}

}  // namespace

// Nobody knows whether it was posted: ask the platform before anything is sent again.
Task<> Courier::reconcile(Job job) {
    auto uncertain = co_await still_uncertain(job);
    if (!uncertain) co_await let_the_store_recover();
    if (!uncertain || !*uncertain) co_return;
    auto delivery = **uncertain;
    auto since = delivery.tried_since.value_or(clock_.now()) - 60s;
    auto destination = *job.destination;
    if (auto wait = begin(job, Call::find); wait > 0ms) {
        co_await record_found(job, not_found_yet(wait), Reception::unknown);
        co_return;
    }
    Look look;
    look.found =
        co_await platforms_.at(destination.connection)->find(job.delivery, destination, since);
    auto& found = look.found;
    if (found.kind == Found::Kind::try_later)
        found.retry_after = hold_back(job.place(), Call::find, found.scope, found.retry_after);
    metrics_.count(measures::reconciled, {name(found.kind)});
    look.reception = learn_reception(job, told_by(found), found.reason);
    if (found.kind == Found::Kind::present) measure_post(delivery, clock_.now());
    if (found.kind == Found::Kind::present) look = co_await without_copies(job, delivery, look);
    co_await record_found(job, look.found, look.reception);
}

Task<Result<std::optional<Delivery>>> Courier::still_uncertain(Job job) {
    HeldTurn turn{turns(), job.turn};
    auto now = clock_.now();
    IdSource ids{entropy_.seed()};
    auto marked = 0;
    auto load = [job, now, ids, &marked](Transaction& transaction
                ) mutable -> Result<std::optional<Delivery>> {
        marked = mark_uncertain(transaction, now - lease_of_a_call, now);
        auto delivery = transaction.delivery(job.delivery);
        if (!delivery || delivery->state != DeliveryState::uncertain)
            return std::optional<Delivery>{};
        if (job.destination) return delivery;
        give_up(transaction, *delivery, "no account", now, ids);
        return std::optional<Delivery>{};
    };
    auto loaded = co_await store_.write(load);
    if (loaded) metrics_.count(measures::send_ambiguous, {}, marked);
    co_return loaded;
}

// The oldest copy stays. Where another cannot be removed now, the platform is asked again; one that
// can never be removed stays too.
Task<Courier::Look> Courier::without_copies(Job job, Delivery delivery, Look look) {
    auto destination = *job.destination;
    auto& platform = *platforms_.at(destination.connection);
    auto copies = look.found.provider_ids;
    for (std::size_t copy = 1; copy < copies.size(); ++copy) {
        if (auto wait = begin(job, Call::remove); wait > 0ms) {
            look.found = not_found_yet(wait);
            co_return look;
        }
        auto removed = co_await platform.remove(delivery.id, destination, copies[copy]);
        auto told = learn_reception(job, told_by(removed), removed.reason);
        if (told != Reception::unknown) look.reception = told;
        switch (removed.kind) {
            case Outcome::Kind::sent:
                log_.warning(
                    "delivery.duplicate_healed", {{"purpose", name(delivery.key.purpose)}}
                );
                metrics_.count(measures::duplicates_healed);
                break;
            case Outcome::Kind::refused:
                log_.alarm("delivery.duplicate_stays", {{"reason", removed.reason}});
                break;
            case Outcome::Kind::suspended:
            case Outcome::Kind::try_later:
            case Outcome::Kind::ambiguous: {
                auto pause =
                    hold_back(job.place(), Call::remove, removed.scope, removed.retry_after);
                look.found = not_found_yet(std::max<milliseconds>(pause, 5s));
                look.found.reason = removed.reason;
                co_return look;
            }
        }
    }
    co_return look;
}

Task<> Courier::record_found(Job job, Found found, Reception reception) {
    auto now = clock_.now();
    IdSource ids{entropy_.seed()};
    auto connection = job.destination->connection;
    auto store = [=, delivery = job.delivery](Transaction& transaction) mutable -> Result<bool> {
        settle_found(transaction, delivery, found, now, ids);
        keep_reception(transaction, connection, reception, found.reason, now);
        auto row = transaction.delivery(delivery);
        return found.kind == Found::Kind::cannot_tell && row &&
               row->state == DeliveryState::pending;
    };
    auto repeats_blindly = co_await store_.write(store);
    if (!repeats_blindly) {
        log_.alarm("delivery.look_not_stored", {{"error", name(repeats_blindly.error())}});
        co_return;
    }
    resuming_.erase(job.delivery);
    if (*repeats_blindly) {
        auto which = std::to_string(job.delivery.value);
        log_.warning("delivery.possible_duplicate", {{"delivery", which}});
        metrics_.count(measures::duplicates_possible);
    }
}

}  // namespace muster
