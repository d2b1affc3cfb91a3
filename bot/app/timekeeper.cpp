#include "bot/app/timekeeper.hpp"

#include <algorithm>

#include "bot/app/homes.hpp"
#include "bot/app/timers.hpp"
#include "bot/domain/standup.hpp"
#include "bot/ports/measures.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

constexpr int batch = 64;
constexpr auto longest_sleep = 1h;
constexpr auto suspicious_jump = 5min;
constexpr auto hold_after_jump = 60s;
constexpr int attempts_before_alarm = 5;

}  // namespace

Timekeeper::Timekeeper(
    Store& store, Clock& clock, Entropy& entropy, Log& log, Metrics& metrics, TaskGroup& fires
)
    : store_(store),
      clock_(clock),
      entropy_(entropy),
      log_(log),
      metrics_(metrics),
      fires_(fires) {}

Task<> Timekeeper::run() {
    last_look_ = clock_.now();
    last_steady_ = clock_.steady_now();
    for (;;) {
        co_await notice_a_jump();
        for (auto fired = co_await fire_due(); fired > 0;)
            fired = co_await fire_due();
        auto find_earliest = [](View& view) { return view.earliest_timer(); };
        auto earliest = co_await store_.read(find_earliest);
        auto now = clock_.now();
        if (earliest && *earliest <= now) continue;
        idle_ = true;
        co_await clock_.sleep_until(
            std::min(earliest.value_or(Instant::max()), now + longest_sleep), bell_
        );
        idle_ = false;
    }
}

// The wall clock went another way than the steady one: somebody set it, or the machine slept.
Task<> Timekeeper::notice_a_jump() {
    auto now = clock_.now();
    auto steady = clock_.steady_now();
    auto jump = (now - last_look_) - (steady - last_steady_);
    auto before = std::exchange(last_look_, now);
    last_steady_ = steady;
    if (jump < suspicious_jump && jump > -suspicious_jump) co_return;

    log_.alarm("clock.jumped", {{"by_ms", std::to_string(jump.count())}});
    if (jump > suspicious_jump) {
        IdSource ids{entropy_.seed()};
        auto record = [before, now, ids](Transaction& transaction) mutable -> Result<int> {
            transaction.apply(was_down(transaction, before, now, ids), now);
            return 0;
        };
        auto stored = co_await store_.write(record);
        if (!stored) log_.alarm("clock.jump_not_stored", {{"error", name(stored.error())}});
    }
    co_await clock_.pause(hold_after_jump);
    last_look_ = clock_.now();
    last_steady_ = clock_.steady_now();
}

// Openings come first: a round that is due must know of a newer one.
Task<int> Timekeeper::fire_due() {
    auto now = clock_.now();
    auto find_due = [now](View& view) { return view.due_timers(now, batch); };
    auto due = co_await store_.read(find_due);
    auto opens = [](const Timer& timer) { return timer.kind == TimerKind::open_run; };
    if (std::ranges::any_of(due, opens))
        std::erase_if(due, [&](const Timer& timer) { return !opens(timer); });
    for (const auto& timer : due)
        fires_.spawn(fire(timer));
    co_await fires_.join();
    co_return static_cast<int>(due.size());
}

Task<> Timekeeper::fire(Timer timer) {
    std::string error;
    try {
        auto now = clock_.now();
        IdSource ids{entropy_.seed()};
        auto decide = [timer, now, ids](Transaction& transaction
                      ) mutable -> Result<std::vector<Event>> {
            auto held = transaction.timer(timer.kind, timer.ref);
            if (!held || held->due != timer.due)
                return std::vector<Event>{};  // moved or cancelled since it was read
            auto decision = on_timer(transaction, timer, now, ids);
            transaction.timer_fired(timer.kind, timer.ref, timer.due);
            apply_with_homes(transaction, decision, now);
            return decision.events;
        };
        auto done = co_await store_.write(decide);
        if (done) {
            failures_.erase({timer.kind, timer.ref});
            auto late = std::max<milliseconds>(0ms, clock_.now() - timer.due);
            metrics_.observe(measures::timer_lateness, {name(timer.kind)}, late);
            raise_alarms(*done);
            co_return;
        }
        error = name(done.error());
    } catch (const std::exception& exception) {
        error = exception.what();
    }
    co_await postpone(timer, error);
}

// Nobody did this: a run does not add up by a fault of the program.
void Timekeeper::raise_alarms(const std::vector<Event>& events) {
    for (const auto& event : events)
        if (event.kind == standup::sums_differ_event)
            log_.alarm(event.kind, {{"run", std::to_string(event.subject)}});
}

// A timer that cannot be carried out must not stop the others: it comes again, later each time.
Task<> Timekeeper::postpone(Timer timer, std::string error) {
    auto attempts = ++failures_[{timer.kind, timer.ref}];
    log_.write(
        attempts < attempts_before_alarm ? Log::Severity::error : Log::Severity::alarm,
        "timer.failed",
        {{"kind", name(timer.kind)}, {"attempt", std::to_string(attempts)}, {"error", error}}
    );
    auto now = clock_.now();
    auto again = now + std::min<milliseconds>(24h, 10s * (1 << std::min(attempts, 13)));
    auto set = [timer, now, again](Transaction& transaction) -> Result<int> {
        auto held = transaction.timer(timer.kind, timer.ref);
        if (!held || held->due != timer.due) return 0;  // moved or cancelled meanwhile
        transaction.apply(Decision{.timers = {SetTimer{timer.kind, timer.ref, again}}}, now);
        return 0;
    };
    auto stored = co_await store_.write(set);
    if (!stored) co_await clock_.pause(1s);  // the store itself is in trouble: do not spin
}

}  // namespace muster
