#include "bot/app/service.hpp"

#include <algorithm>

#include "bot/app/settings_change.hpp"
#include "bot/app/tally.hpp"
#include "bot/app/timers.hpp"
#include "bot/domain/onboarding.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/suspension.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

constexpr auto heartbeat = 60s;
constexpr auto worth_a_report =
    3min;                       // away for longer: the delivery managers are told what it meant
constexpr auto retrying = 30s;  // inputs in quarantine
constexpr auto cleaning = 10min;

// A decision did: the courier calls nobody any more, and raises the alarm.
bool has_suspended(const Moved& moved) {
    return std::ranges::find(moved.events, suspended_event, &Event::kind) != moved.events.end();
}

bool has_asked_for_look_ups(const Moved& moved) {
    auto found = std::ranges::find(moved.events, onboarding::look_up_event, &Event::kind);
    return found != moved.events.end();
}

}  // namespace

Service::Service(
    TaskGroup::Executor executor,
    Store& store,
    Clock& clock,
    Entropy& entropy,
    Log& log,
    Metrics& metrics
)
    : store_(store),
      clock_(clock),
      entropy_(entropy),
      log_(log),
      metrics_(metrics),
      tasks_(executor, [this](std::exception_ptr problem) { report(problem); }),
      sends_(executor, [this](std::exception_ptr problem) { report(problem); }),
      fires_(executor, [this](std::exception_ptr problem) { report(problem); }),
      intake_(store, clock, log, tasks_),
      timekeeper_(store, clock, entropy, log, metrics, fires_),
      back_fill_(store, clock, entropy, log, intake_, tasks_) {
    begin_tally(metrics);
}

Service::~Service() = default;

// The loop ends: better started anew than half alive.
void Service::report(std::exception_ptr problem) {
    try {
        std::rethrow_exception(problem);
    } catch (const std::exception& exception) {
        log_.alarm("task.failed", {{"error", exception.what()}});
        throw;
    }
}

Task<> Service::start(Platforms platforms, Directories directories, Histories histories) {
    courier_ = std::make_unique<Courier>(
        store_, clock_, entropy_, log_, metrics_, std::move(platforms), sends_
    );
    look_ups_ = std::make_unique<LookUps>(
        store_, clock_, entropy_, log_, intake_, tasks_, std::move(directories)
    );
    store_.on_commit([this](Moved moved) {
        tally(metrics_, moved);
        if (moved.timers) timekeeper_.look_again();
        if (moved.deliveries || has_suspended(moved)) courier_->look_again();
        if (has_asked_for_look_ups(moved)) look_ups_->look_again();
        auto is_downtime = [](const Event& event) { return event.kind == standup::was_down_event; };
        if (std::ranges::any_of(moved.events, is_downtime)) back_fill_.look_again();
    });
    downtime_to_note_ = clock_.now();
    co_await beat();
    tasks_.spawn(timekeeper_.run());
    tasks_.spawn(courier_->run());
    tasks_.spawn(look_ups_->run());
    tasks_.spawn(back_fill_.run(std::move(histories)));
    tasks_.spawn(keep_alive());
    tasks_.spawn(retry_quarantined());
    tasks_.spawn(clean_up());
}

void Service::serve(ConnectionId connection, ChatPlatform& platform, PeopleDirectory& directory) {
    courier_->serve(connection, platform);
    look_ups_->serve(connection, directory);
}

Task<> Service::stop(milliseconds grace) {
    stopping_ = true;
    tasks_.cancel();
    co_await tasks_.join();
    auto deadline = clock_.steady_now() + grace;
    while (sends_.size() > 0 && clock_.steady_now() < deadline)
        co_await clock_.pause(20ms);
    sends_.cancel();
    co_await sends_.join();
    store_.on_commit({});
}

Task<> Service::keep_alive() {
    while (!stopping_) {
        auto next = clock_.now() + heartbeat;
        co_await clock_.sleep_until(next, alive_);
        co_await beat();
    }
}

// Until the downtime is noted there is no heartbeat: it would cover the gap up.
Task<> Service::beat() {
    if (downtime_to_note_) {
        auto is_noted = co_await note_downtime(*downtime_to_note_);
        if (is_noted) downtime_to_note_.reset();
        co_return;
    }
    auto now = clock_.now();
    auto note = [now](Transaction& transaction) -> Result<int> {
        transaction.still_alive(now);
        return 0;
    };
    auto stored = co_await store_.write(note);
    if (!stored) log_.alarm("heartbeat.not_stored", {{"error", name(stored.error())}});
}

Task<bool> Service::note_downtime(Instant now) {
    IdSource ids{entropy_.seed()};
    auto note = [now, ids](Transaction& transaction) mutable -> Result<int> {
        auto last = transaction.last_alive();
        if (last && now - *last > worth_a_report)
            transaction.apply(was_down(transaction, *last, now, ids), now);
        transaction.still_alive(now);
        return 0;
    };
    auto stored = co_await store_.write(note);
    if (!stored) log_.alarm("downtime.not_stored", {{"error", name(stored.error())}});
    co_return stored.has_value();
}

Task<> Service::retry_quarantined() {
    while (!stopping_) {
        auto next = clock_.now() + retrying;
        co_await clock_.sleep_until(next, retrying_);
        co_await intake_.retry_quarantined();
    }
}

Task<> Service::clean_up() {
    while (!stopping_) {
        auto next = clock_.now() + cleaning;
        co_await clock_.sleep_until(next, cleaning_);
        auto now = clock_.now();
        auto forget = [now](Transaction& transaction) -> Result<int> {
            return transaction.forget(now);
        };
        auto stored = co_await store_.write(forget);
        if (!stored) log_.warning("forgetting.not_stored", {{"error", name(stored.error())}});
    }
}

bool Service::is_idle() const {
    return timekeeper_.is_idle() && courier_->is_idle() && look_ups_->is_idle();
}

Task<> Service::settled() {
    constexpr auto look_every = 2ms;
    constexpr int quiet_looks =
        3;  // a commit's effects reach the others at the next turns of the loop
    for (int quiet = 0; quiet < quiet_looks;) {
        co_await clock_.pause(look_every);
        quiet = is_idle() ? quiet + 1 : 0;
    }
}

Task<Result<settings::ChangeResult>> Service::change(settings::Wanted wanted, bool prune) {
    auto now = clock_.now();
    IdSource ids{entropy_.seed()};
    auto apply = [wanted = std::move(wanted), prune, now, ids](Transaction& transaction
                 ) mutable -> Result<settings::ChangeResult> {
        return change_settings(transaction, wanted, prune, now, ids);
    };
    co_return co_await store_.write(std::move(apply));
}

}  // namespace muster
