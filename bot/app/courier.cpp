#include "bot/app/courier.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "bot/ports/measures.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_sleep = 1h;
constexpr auto between_looks = 50ms;  // a burst of commits shares one
constexpr auto a_moment = 1s;  // what is due over a suspended connection goes when it is served
constexpr auto longest_pause = 1h;  // a platform that asks for more is not to be believed

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

void Courier::serve(ConnectionId connection, ChatPlatform& platform) {
    platforms_[connection] = &platform;
    if (turns().is_suspended(connection)) turns().suspend(connection, clock_.steady_now());
    look_again();
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
        if (connection.suspended_since) turns().suspend(connection.id, clock_.steady_now());
}

Task<Instant> Courier::start_what_is_due() {
    auto now = clock_.now();
    auto steady = clock_.steady_now();
    auto served = served_for_certain();
    room_.keep_to(paces());
    auto look = [now, steady, room = room_](View& view) {
        return look_for_work(view, room, now, steady);
    };
    auto work = co_await store_.read(look);
    // A decision has suspended these, and no call: nothing is called but a probe, and that at once,
    // since what was told may be long over.
    for (auto connection : work.suspended) {
        if (!served.contains(connection)) continue;
        turns().suspend(connection, steady);
        log_.alarm("connection.suspended", {{"connection", std::to_string(connection.value)}});
    }
    auto next = std::min(work.next.value_or(now + longest_sleep), now + longest_sleep);
    for (auto& job : work.jobs) {
        // Meanwhile the platform may have asked for a pause, or the connection was suspended: what
        // else there is room for is found by the next look.
        auto free = room_.free_at(job);
        if (free > steady) {
            if (free < SteadyInstant::max()) next = std::min(next, now + (free - steady));
            bell_.ring();
            continue;
        }
        room_.occupy(job, steady);
        sends_.spawn(carry(job));
    }
    // What there was no room for was not read.
    if (auto free = turns().next_after(steady)) next = std::min(next, now + (*free - steady));
    co_return next;
}

CourierRoom::Paces Courier::paces() const {
    CourierRoom::Paces paces;
    for (const auto& [connection, platform] : platforms_)
        for (auto call : {Call::deliver, Call::update, Call::remove, Call::find, Call::show})
            paces[{connection, call}] = platform->pace(call);
    return paces;
}

// Where a row that calls them suspended is news: the row of one that was just served again is
// written after that was learned.
std::set<ConnectionId> Courier::served_for_certain() const {
    std::set<ConnectionId> served;
    for (const auto& [connection, platform] : platforms_)
        if (!room_.turns().is_suspended(connection)) served.insert(connection);
    for (const auto& [delivery, connection] : resuming_)
        served.erase(connection);
    return served;
}

// The call that the job has come to, in its turn: nought = it is to be made now. Otherwise it must
// wait so long, since it is of another kind than was thought, or because the platform asked for a
// pause meanwhile.
milliseconds Courier::begin(Job& job, Call call) {
    auto now = clock_.steady_now();
    auto place = job.place();
    auto free = turns().free_at(place, call);
    if (free > now && turns().is_suspended(place.connection)) return a_moment;
    if (free > now) return free - now;
    auto pace = room_.pace_of(place.connection, call);
    job.turn = turns().take(place.connection, call, pace, now);
    turns().rest(place, pace, now);
    return 0ms;
}

// Returns how long the pause is.
milliseconds Courier::hold_back(const Place& place, Call call, Scope scope, milliseconds wait) {
    if (wait > longest_pause) {
        log_.alarm("platform.absurd_pause", {{"seconds", std::to_string(wait / 1s)}});
        wait = longest_pause;
    }
    auto now = clock_.steady_now();
    if (wait > 0ms) turns().hold_back(place, call, scope, now + wait, now);
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
        turns().suspend(unrecorded.mapped(), clock_.steady_now());
    room_.leave(job);
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
    if (auto wait = begin(job, claim.call); wait > 0ms) {
        co_await give_lease_back(claim, wait);
        co_return;
    }
    auto outcome = co_await call(*platforms_.at(claim.destination.connection), claim);
    auto reception = learn_reception(job, told_by(outcome), outcome.reason);
    outcome.retry_after = hold_back(job.place(), claim.call, outcome.scope, outcome.retry_after);
    co_await record(job, claim, outcome, reception);
}

Task<Result<std::optional<Claim>>> Courier::take_lease(Job job) {
    HeldTurn turn{turns(), job.turn};
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
Reception Courier::learn_reception(const Job& job, Reception told, const std::string& reason) {
    auto connection = job.destination->connection;
    auto which = std::to_string(connection.value);
    if (told == Reception::refused) {
        auto is_news = !turns().is_suspended(connection);
        turns().suspend(connection, CourierTurns::next_probe(clock_.steady_now()));
        resuming_.erase(job.delivery);
        if (is_news)
            log_.alarm("connection.suspended", {{"connection", which}, {"reason", reason}});
        return told;
    }
    if (told == Reception::unknown || !job.turn->is_probe) return Reception::unknown;
    turns().resume(connection);
    resuming_[job.delivery] = connection;
    log_.info("connection.resumed", {{"connection", which}});
    return told;
}

Task<Outcome> Courier::call(ChatPlatform& platform, Claim claim) {
    const auto& delivery = claim.delivery;
    switch (claim.call) {
        case Call::deliver:
            co_return co_await platform.deliver(delivery.id, claim.destination, claim.message);
        case Call::update:
            co_return co_await platform.update(
                delivery.id, claim.destination, delivery.provider_id, claim.message
            );
        case Call::remove:
            co_return co_await platform.remove(
                delivery.id, claim.destination, delivery.provider_id
            );
        case Call::show:
            if (is_posted(delivery))
                co_return co_await platform.update(
                    delivery.id, claim.destination, delivery.provider_id, claim.message
                );
            co_return co_await platform.deliver(delivery.id, claim.destination, claim.message);
        case Call::find: break;
    }
    throw std::logic_error("a claim of no known call");
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
    if (claim.call != Call::deliver) co_return;
    if (outcome.kind == Outcome::Kind::sent) measure_post(claim.delivery, now);
    if (outcome.kind == Outcome::Kind::ambiguous) metrics_.count(measures::send_ambiguous);
}

void Courier::measure_post(const Delivery& delivery, Instant posted_at) {
    if (delivery.key.purpose != Purpose::prompt) return;
    auto late = std::max<milliseconds>(0ms, posted_at - delivery.told_at);
    metrics_.observe(measures::prompt_lateness, {}, late);
}

milliseconds Courier::backoff(int attempt) {
    auto base = std::min<milliseconds>(5min, 1s * (1 << std::min(attempt, 9)));
    auto jittered = static_cast<double>(base.count()) * (0.5 + entropy_.fraction() / 2);
    return milliseconds{static_cast<std::int64_t>(jittered)};
}

}  // namespace muster
