#pragma once

#include "bot/app/courier_claim.hpp"
#include "bot/app/courier_look.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/entropy.hpp"
#include "bot/ports/log.hpp"
#include "bot/ports/metrics.hpp"
#include "bot/ports/task_group.hpp"

namespace muster {

using Platforms = std::map<ConnectionId, ChatPlatform*>;

// Carries deliveries to the platforms: claims what is due, composes it from the state of that
// moment, posts, edits or removes it, and records what became of it (spec/reliability.md,
// "Exactly-once prompts").
//
// One message at a time to one place; different places do not wait for each other. What may have
// been posted is never posted again before the platform was asked.
class Courier {
public:
    // Everything must outlive run(); `sends` runs the calls. Connections without a platform keep
    // their deliveries.
    Courier(
        Store& store,
        Clock& clock,
        Entropy& entropy,
        Log& log,
        Metrics& metrics,
        Platforms platforms,
        TaskGroup& sends
    );

    // Runs until cancelled. Begins with what an earlier process left half done.
    Task<> run();

    // A connection that was not there at the start, or has just been mended: what waits for it goes
    // at once, the first of it as a probe where it was suspended. `platform` must outlive run().
    void serve(ConnectionId connection, ChatPlatform& platform);

    // A write may have added a delivery: look again. From the loop only.
    void look_again() { bell_.ring(); }

    // Asleep, with nothing under way.
    bool is_idle() const { return idle_ && room_.is_empty(); }

private:
    using Job = CourierJob;

    struct Look {  // at the platform, for what was perhaps posted
        Found found;
        Reception reception = Reception::unknown;
    };

    Task<> take_over();
    Task<Instant> start_what_is_due();
    Task<> carry(Job job);
    Task<> put_off(Job job, std::string error);
    Task<> send(Job job);
    Task<Result<std::optional<Claim>>> take_lease(Job job);
    Task<> give_lease_back(Claim claim, milliseconds wait);
    Task<> let_the_store_recover();
    Task<> reconcile(Job job);
    Task<Result<std::optional<Delivery>>> still_uncertain(Job job);
    Task<Look> without_copies(Job job, Delivery delivery, Look look);
    Task<> record_found(Job job, Found found, Reception reception);
    Task<> record(Job job, Claim claim, Outcome outcome, Reception reception);
    void measure_post(const Delivery& delivery, Instant posted_at);
    Reception learn_reception(const Job& job, Reception told, const std::string& reason);
    Task<Outcome> call(ChatPlatform& platform, Claim claim);

    CourierTurns& turns() { return room_.turns(); }

    CourierRoom::Paces paces() const;
    std::set<ConnectionId> served_for_certain() const;
    milliseconds begin(Job& job, Call call);
    milliseconds hold_back(const Place& place, Call call, Scope scope, milliseconds wait);
    milliseconds backoff(int attempt);

    Store& store_;
    Clock& clock_;
    Entropy& entropy_;
    Log& log_;
    Metrics& metrics_;
    Platforms platforms_;
    TaskGroup& sends_;
    Bell bell_;
    bool idle_ = false;
    std::map<DeliveryId, ConnectionId> resuming_;  // by a call of that one: not yet in its row
    CourierRoom room_;
};

}  // namespace muster
