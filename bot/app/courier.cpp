#include "bot/app/courier.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "bot/ports/measures.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

constexpr int batch = 1'000;
constexpr std::size_t most_under_way = 64;
constexpr int most_late = 2 * most_under_way;          // there are others beside those under way
constexpr std::ptrdiff_t most_of_one_connection = 32;  // a slow one leaves room for the others
constexpr auto longest_sleep = 1h;
constexpr auto between_looks = 50ms;  // each reads all that is due: a burst of commits shares one
constexpr auto lease = 60s;    // a call ends within 10 s: older than this, its process is gone
constexpr auto a_moment = 1s;  // what is due over a suspended connection goes when it is served
constexpr auto longest_pause = 1h;  // a platform that asks for more is not to be believed

// What is posted is edited; only the claim knows whether it has to go instead.
Call call_for(const Delivery& delivery) {
    if (delivery.state == DeliveryState::uncertain || delivery.state == DeliveryState::sending)
        return Call::find;
    return is_posted(delivery) ? Call::update : Call::deliver;
}

Call call_of(Claim::Action action) {
    switch (action) {
        case Claim::Action::edit: return Call::update;
        case Claim::Action::remove: return Call::remove;
        case Claim::Action::post: break;
    }
    return Call::deliver;
}

// A definite word on one message shows that the connection is served.
Reception told_by(const Outcome& outcome) {
    switch (outcome.kind) {
        case Outcome::Kind::suspended: return Reception::refused;
        case Outcome::Kind::sent:
        case Outcome::Kind::refused: return Reception::served;
        case Outcome::Kind::try_later:
        case Outcome::Kind::ambiguous: break;
    }
    return Reception::unknown;
}

Reception told_by(const Found& found) {
    switch (found.kind) {
        case Found::Kind::suspended: return Reception::refused;
        case Found::Kind::present:
        case Found::Kind::absent: return Reception::served;
        case Found::Kind::cannot_tell:
        case Found::Kind::try_later: break;
    }
    return Reception::unknown;
}

Found not_found_yet(milliseconds wait) {
    Found found;
    found.kind = Found::Kind::try_later;
    found.retry_after = wait;
    return found;
}

// A turn is held until it is known what to call for, and given back however that ends: the call
// that it comes to takes its own.
class HeldTurn {
public:
    HeldTurn(CourierTurns& turns, std::optional<CourierTurns::Turn> turn)
        : turns_(turns), turn_(turn) {}

    ~HeldTurn() {
        if (turn_) turns_.give_back(*turn_);
    }

    HeldTurn(const HeldTurn&) = delete;
    HeldTurn& operator=(const HeldTurn&) = delete;

private:
    CourierTurns& turns_;
    std::optional<CourierTurns::Turn> turn_;
};

}  // namespace

Courier::Courier(
    Store& store,
    Clock& clock,
    Entropy& entropy,
    Log& log,
    Metrics& metrics,
    Platforms platforms,
    TaskGroup& sends
)
    : store_(store),
      clock_(clock),
      entropy_(entropy),
      log_(log),
      metrics_(metrics),
      platforms_(std::move(platforms)),
      sends_(sends) {}

Task<> Courier::run() {
    co_await take_over();
    for (;;) {
        auto looked = clock_.steady_now();
        auto next = co_await start_what_is_due();
        idle_ = true;
        co_await clock_.sleep_until(next, bell_);
        idle_ = false;
        auto rest = looked + between_looks - clock_.steady_now();
        if (rest > 0ms) co_await clock_.pause(rest);
    }
}

Task<> Courier::take_over() {
    auto now = clock_.now();
    auto mark = [now](Transaction& transaction) -> Result<int> {
        return mark_uncertain(transaction, Instant::max(), now);
    };
    auto marked = co_await store_.write(mark);
    if (!marked) log_.alarm("delivery.take_over_not_stored", {{"error", name(marked.error())}});
    if (marked) metrics_.count(measures::send_ambiguous, {}, *marked);
    // A start is often what mends it: the first probe is made at once.
    auto list = [](View& view) { return view.connections(); };
    auto connections = co_await store_.read(list);
    for (const auto& connection : connections)
        if (connection.suspended_since) turns_.suspend(connection.id, clock_.steady_now());
}

Task<Instant> Courier::start_what_is_due() {
    auto now = clock_.now();
    auto steady = clock_.steady_now();
    View::Open open{open_for(Call::deliver, steady), open_for(Call::update, steady)};
    auto served = served_for_certain();
    auto look = [now, open](View& view) {
        Work work;
        for (const auto& connection : view.connections())
            if (connection.suspended_since) work.suspended.push_back(connection.id);
        auto later = [&](Instant when) { work.next = std::min(work.next.value_or(when), when); };
        // What is too late needs no call, and waits for no connection to open again.
        for (const auto& delivery : view.late_deliveries(now, most_late))
            work.jobs.push_back({delivery.id, std::nullopt, Call::deliver});
        // Then what may have been sent already: it has waited longest.
        for (const auto& delivery : view.unsettled_deliveries()) {
            auto due = delivery.state == DeliveryState::uncertain
                           ? delivery.due
                           : delivery.sending_since.value_or(now) + lease;
            if (due > now) {
                later(due);
            } else {
                work.jobs.push_back(
                    {delivery.id, destination_of(view, delivery), call_for(delivery)}
                );
            }
        }
        for (const auto& delivery : view.due_deliveries(now, open, batch))
            work.jobs.push_back({delivery.id, destination_of(view, delivery), call_for(delivery)});
        if (auto following = view.next_delivery_after(now)) later(*following);
        if (auto expiry = view.next_expiry_after(now)) later(*expiry);
        return work;
    };
    auto work = co_await store_.read(look);
    // A decision has suspended these, and no call: nothing is called but a probe, as after a call.
    for (auto connection : work.suspended)
        if (served.contains(connection))
            turns_.suspend(connection, CourierTurns::next_probe(steady));
    auto next = std::min(work.next.value_or(now + longest_sleep), now + longest_sleep);
    if (auto free = turns_.next_after(steady)) next = std::min(next, now + (*free - steady));
    for (auto& job : work.jobs) {
        if (under_way_.contains(job.delivery)) continue;
        if (under_way_.size() >= most_under_way) break;  // the end of any of them rings the bell
        auto free = free_at(job);
        if (free > steady) {
            if (free < SteadyInstant::max()) next = std::min(next, now + (free - steady));
            continue;
        }
        occupy(job);
        sends_.spawn(carry(job));
    }
    co_return next;
}

// Where a row that calls them suspended is news: the row of one that was just served again is
// written after that was learned.
std::set<ConnectionId> Courier::served_for_certain() const {
    std::set<ConnectionId> served;
    for (const auto& [connection, platform] : platforms_)
        if (!turns_.is_suspended(connection)) served.insert(connection);
    for (const auto& [delivery, connection] : resuming_)
        served.erase(connection);
    return served;
}

// Those that are served and may be called so now. What goes to another must not fill the list of
// what is due.
std::vector<ConnectionId> Courier::open_for(Call call, SteadyInstant now) const {
    std::vector<ConnectionId> open;
    for (const auto& [connection, platform] : platforms_)
        if (turns_.free_at(connection, call) <= now) open.push_back(connection);
    return open;
}

// When this job may begin. A place with a call under way, or a connection with too many: the end of
// any rings the bell.
SteadyInstant Courier::free_at(const Job& job) const {
    if (!job.destination) return {};
    auto place = place_of(job);
    auto is_of_connection = [&](const Place& busy) { return busy.connection == place.connection; };
    if (!platforms_.contains(place.connection) || busy_.contains(place) ||
        std::ranges::count_if(busy_, is_of_connection) >= most_of_one_connection)
        return SteadyInstant::max();
    return turns_.free_at(place, job.call);
}

Place Courier::place_of(const Job& job) {
    return {job.destination->connection, job.destination->address};
}

Pace Courier::pace_of(ConnectionId connection, Call call) const {
    return platforms_.at(connection)->pace(call);
}

void Courier::occupy(Job& job) {
    under_way_.insert(job.delivery);
    if (!job.destination) return;
    auto place = place_of(job);
    busy_.insert(place);
    auto pace = pace_of(place.connection, job.call);
    job.turn = turns_.take(place.connection, job.call, pace, clock_.steady_now());
}

// The call that the job has come to, in its turn: nought = it is to be made now. Otherwise it must
// wait so long, since it is of another kind than was thought, or because the platform asked for a
// pause meanwhile.
milliseconds Courier::begin(Job& job, Call call) {
    auto now = clock_.steady_now();
    auto place = place_of(job);
    auto free = turns_.free_at(place, call);
    if (free > now && turns_.is_suspended(place.connection)) return a_moment;
    if (free > now) return free - now;
    auto pace = pace_of(place.connection, call);
    job.turn = turns_.take(place.connection, call, pace, now);
    turns_.rest(place, pace, now);
    return 0ms;
}

// Returns how long the pause is.
milliseconds Courier::hold_back(const Place& place, Call call, Scope scope, milliseconds wait) {
    if (wait > longest_pause) {
        log_.alarm("platform.absurd_pause", {{"seconds", std::to_string(wait / 1s)}});
        wait = longest_pause;
    }
    auto now = clock_.steady_now();
    if (wait > 0ms) turns_.hold_back(place, call, scope, now + wait, now);
    return wait;
}

Task<> Courier::carry(Job job) {
    std::string error;
    auto is_stopping = false;
    try {
        if (job.call == Call::find) {
            co_await reconcile(job);
        } else {
            co_await send(job);
        }
    } catch (const boost::system::system_error& problem) {
        is_stopping = problem.code() == boost::asio::error::operation_aborted;
        error = problem.what();
    } catch (const std::exception& problem) {
        error = problem.what();
    }
    if (!error.empty() && !is_stopping) co_await put_off(job, error);
    if (auto unrecorded = resuming_.extract(job.delivery))
        turns_.suspend(unrecorded.mapped(), clock_.steady_now());
    under_way_.erase(job.delivery);
    if (job.destination) busy_.erase(place_of(job));
    bell_.ring();
}

// A delivery that cannot be carried out must not stop the others at its place: it comes again,
// later each time.
Task<> Courier::put_off(Job job, std::string error) {
    log_.alarm(
        "delivery.failed", {{"delivery", std::to_string(job.delivery.value)}, {"error", error}}
    );
    auto now = clock_.now();
    IdSource ids{entropy_.seed()};
    auto set = [id = job.delivery, error, now, ids](Transaction& transaction
               ) mutable -> Result<int> {
        set_back(transaction, id, error, now, ids);
        return 0;
    };
    auto stored = co_await store_.write(set);
    if (!stored) co_await let_the_store_recover();
}

Task<> Courier::send(Job job) {
    auto claimed = co_await take_lease(job);
    if (!claimed) co_await let_the_store_recover();
    if (!claimed || !*claimed) co_return;
    auto claim = **claimed;
    auto kind = call_of(claim.action);
    if (auto wait = begin(job, kind); wait > 0ms) {
        co_await give_lease_back(claim, wait);
        co_return;
    }
    auto outcome = co_await call(*platforms_.at(claim.destination.connection), claim);
    auto reception = note(job, told_by(outcome), outcome.reason);
    outcome.retry_after = hold_back(place_of(job), kind, outcome.scope, outcome.retry_after);
    co_await record(job, claim, outcome, reception);
}

Task<Result<std::optional<Claim>>> Courier::take_lease(Job job) {
    HeldTurn turn{turns_, job.turn};
    auto now = clock_.now();
    IdSource ids{entropy_.seed()};
    auto take = [job, now, ids](Transaction& transaction) mutable -> Result<std::optional<Claim>> {
        return claim(transaction, job.delivery, job.destination, now, ids);
    };
    co_return co_await store_.write(take);
}

Task<> Courier::give_lease_back(Claim claim, milliseconds wait) {
    auto due = clock_.now() + std::max<milliseconds>(wait, a_moment);
    auto give_back = [=](Transaction& transaction) -> Result<int> {
        lease_not_used(transaction, claim, due);
        return 0;
    };
    auto stored = co_await store_.write(give_back);
    if (!stored) log_.alarm("delivery.outcome_not_stored", {{"error", name(stored.error())}});
}

// Nothing may be sent that is not recorded: until it can be, calls are not to be looked for in vain
// over and over.
Task<> Courier::let_the_store_recover() {
    co_await clock_.pause(1s);
}

// From a refusal of the whole connection on nothing is called but a probe; what was under way then
// tells nothing new. One probe that goes through, and it is served again.
Reception Courier::note(const Job& job, Reception told, const std::string& reason) {
    auto connection = job.destination->connection;
    auto which = std::to_string(connection.value);
    if (told == Reception::refused) {
        auto is_news = !turns_.is_suspended(connection);
        turns_.suspend(connection, CourierTurns::next_probe(clock_.steady_now()));
        resuming_.erase(job.delivery);
        if (is_news)
            log_.alarm("connection.suspended", {{"connection", which}, {"reason", reason}});
        return told;
    }
    if (told == Reception::unknown || !job.turn->is_probe) return Reception::unknown;
    turns_.resume(connection);
    resuming_[job.delivery] = connection;
    log_.info("connection.resumed", {{"connection", which}});
    return told;
}

Task<Outcome> Courier::call(ChatPlatform& platform, Claim claim) {
    const auto& delivery = claim.delivery;
    switch (claim.action) {
        case Claim::Action::post:
            co_return co_await platform.deliver(delivery.id, claim.destination, claim.message);
        case Claim::Action::edit:
            co_return co_await platform.update(
                delivery.id, claim.destination, delivery.provider_id, claim.message
            );
        case Claim::Action::remove:
            co_return co_await platform.remove(
                delivery.id, claim.destination, delivery.provider_id
            );
    }
    throw std::logic_error("a claim of no known action");
}

Task<> Courier::record(Job job, Claim claim, Outcome outcome, Reception reception) {
    auto now = clock_.now();
    auto retry_at = now + std::max(outcome.retry_after, backoff(claim.delivery.attempt));
    IdSource ids{entropy_.seed()};
    auto connection = job.destination->connection;
    auto store = [=](Transaction& transaction) mutable -> Result<int> {
        settle(transaction, claim, outcome, retry_at, now, ids);
        keep_reception(transaction, connection, reception, outcome.reason, now);
        return 0;
    };
    // Not recorded = still `sending`: when the lease is over, the platform is asked.
    auto stored = co_await store_.write(store);
    if (!stored) {
        log_.alarm("delivery.outcome_not_stored", {{"error", name(stored.error())}});
        co_return;
    }
    resuming_.erase(job.delivery);
    if (claim.action != Claim::Action::post) co_return;
    if (outcome.kind == Outcome::Kind::sent) measure_post(claim.delivery, now);
    if (outcome.kind == Outcome::Kind::ambiguous) metrics_.count(measures::send_ambiguous);
}

void Courier::measure_post(const Delivery& delivery, Instant posted_at) {
    if (delivery.key.purpose != Purpose::prompt) return;
    auto late = std::max<milliseconds>(0ms, posted_at - delivery.told_at);
    metrics_.observe(measures::prompt_lateness, {}, late);
}

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
        found.retry_after = hold_back(place_of(job), Call::find, found.scope, found.retry_after);
    metrics_.count(measures::reconciled, {name(found.kind)});
    look.reception = note(job, told_by(found), found.reason);
    if (found.kind == Found::Kind::present) measure_post(delivery, clock_.now());
    if (found.kind == Found::Kind::present) look = co_await without_copies(job, delivery, look);
    co_await record_found(job, look.found, look.reception);
}

Task<Result<std::optional<Delivery>>> Courier::still_uncertain(Job job) {
    HeldTurn turn{turns_, job.turn};
    auto now = clock_.now();
    IdSource ids{entropy_.seed()};
    auto marked = 0;
    auto load = [job, now, ids, &marked](Transaction& transaction
                ) mutable -> Result<std::optional<Delivery>> {
        marked = mark_uncertain(transaction, now - lease, now);
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
        auto told = note(job, told_by(removed), removed.reason);
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
                    hold_back(place_of(job), Call::remove, removed.scope, removed.retry_after);
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

milliseconds Courier::backoff(int attempt) {
    auto base = std::min<milliseconds>(5min, 1s * (1 << std::min(attempt, 9)));
    auto jittered = static_cast<double>(base.count()) * (0.5 + entropy_.fraction() / 2);
    return milliseconds{static_cast<std::int64_t>(jittered)};
}

}  // namespace muster
