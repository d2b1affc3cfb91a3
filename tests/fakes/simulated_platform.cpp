#include "tests/fakes/simulated_platform.hpp"

#include <algorithm>

namespace muster::sim {
namespace {

using namespace std::chrono_literals;

// As at Slack: many posts over a connection, but one a second to one place; and of every other call
// about fifty a minute.
constexpr Pace pace_of_posts{1'000ms, 20ms, 20};
constexpr Pace pace_of_the_rest{0ms, 1'200ms, 10};
constexpr int calls_looked_back_at = 50;
constexpr auto between_probes = 9min;
constexpr auto callers_patience = 10s;
constexpr auto longest_answer = 30'000ms;
constexpr auto longest_lag = 25'000ms;

std::string number_text(int number) {
    auto digits = std::to_string(number);
    return "m" + std::string(7 - std::min<std::size_t>(7, digits.size()), '0') + digits;
}

}  // namespace

SimulatedPlatform::SimulatedPlatform(Clock& clock, TaskGroup& afterwards, Random random)
    : clock_(clock), afterwards_(afterwards), random_(random) {}

Task<Outcome> SimulatedPlatform::deliver(
    DeliveryId delivery, Destination destination, Message message
) {
    return write(Call::deliver, delivery, std::move(destination), "", std::move(message));
}

Task<Outcome> SimulatedPlatform::update(
    DeliveryId delivery, Destination destination, std::string provider_id, Message message
) {
    return write(
        Call::update, delivery, std::move(destination), std::move(provider_id), std::move(message)
    );
}

Task<Outcome> SimulatedPlatform::remove(
    DeliveryId delivery, Destination destination, std::string provider_id
) {
    return write(
        Call::remove, delivery, std::move(destination), std::move(provider_id), std::nullopt
    );
}

Task<Outcome> SimulatedPlatform::write(
    Call call,
    DeliveryId delivery,
    Destination destination,
    std::string provider_id,
    std::optional<Message> message
) {
    count_call(call, destination);
    if (on_call_) on_call_(call, delivery, destination, message ? &*message : nullptr);
    co_await clock_.pause(1ms);
    if (is_suspended_) refused_all_at_ = clock_.steady_now();
    if (is_suspended_) co_return Outcome{Outcome::Kind::suspended, "", "token_revoked", {}};
    if (auto refusal = bad_luck(call, destination)) co_return *refusal;
    if (happens(faults_.refused) || closed_.contains(destination.address))
        co_return Outcome{Outcome::Kind::refused, "", "channel_is_archived", {}};
    if (happens(faults_.ambiguous_before)) {
        co_await clock_.pause(random_.between(0ms, milliseconds{callers_patience}));
        co_return Outcome{Outcome::Kind::ambiguous, "", "connection reset", {}};
    }

    auto answer_is_lost = happens(faults_.ambiguous_after);
    auto takes =
        happens(faults_.slow) ? random_.between(0ms, longest_answer) : random_.between(5ms, 300ms);
    if (takes > callers_patience) {
        auto finish = [](SimulatedPlatform& self,
                         Call late_call,
                         DeliveryId late_delivery,
                         Destination place,
                         std::string id,
                         std::optional<Message> words,
                         milliseconds wait) -> Task<> {
            co_await self.clock_.pause(wait);
            self.carry_out(late_call, late_delivery, place, id, words);
        };
        afterwards_.spawn(finish(*this, call, delivery, destination, provider_id, message, takes));
        co_await clock_.pause(callers_patience);
        co_return Outcome{Outcome::Kind::ambiguous, "", "no answer in time", {}};
    }
    // Half of the time an answer takes is the way there: who dies in between has posted or not.
    co_await clock_.pause(takes / 2);
    auto outcome = carry_out(call, delivery, destination, provider_id, message);
    co_await clock_.pause(takes - takes / 2);
    if (answer_is_lost) co_return Outcome{Outcome::Kind::ambiguous, "", "answer lost", {}};
    co_return outcome;
}

Outcome SimulatedPlatform::carry_out(
    Call call,
    DeliveryId delivery,
    const Destination& destination,
    const std::string& provider_id,
    const std::optional<Message>& message
) {
    auto refused = [](const char* reason) {
        return Outcome{Outcome::Kind::refused, "", reason, {}};
    };
    if (call == Call::deliver) {
        if (destination.thread) {
            auto parent = messages_.find(*destination.thread);
            auto exists = parent != messages_.end() && !parent->second.removed &&
                          parent->second.place == destination.address;
            if (!exists) return refused("thread_not_found");
        }
        auto id = number_text(next_id_++);
        auto& posted = messages_[id];
        posted = {
            id,
            destination.address,
            destination.direct,
            destination.thread,
            delivery,
            *message,
            clock_.steady_now(),
            clock_.now(),
            0,
            false};
        if (happens(faults_.find_lags)) found_after_[delivery] = random_.between(0ms, longest_lag);
        if (on_seen_) on_seen_(posted, false);
        if (on_posted_) on_posted_(posted);
        return {Outcome::Kind::sent, id, "", {}};
    }
    auto found = messages_.find(provider_id);
    auto is_gone = found != messages_.end() && found->second.removed;
    if (is_gone && call == Call::remove) return {Outcome::Kind::sent, provider_id, "", {}};
    if (is_gone || found == messages_.end()) return refused("message_not_found");
    auto& posted = found->second;
    if (posted.delivery != delivery)
        violations_.push_back("message " + provider_id + " touched for another delivery");
    if (call == Call::remove) {
        posted.removed = true;
    } else {
        posted.message = *message;
        ++posted.edits;
        if (on_seen_) on_seen_(posted, true);
    }
    return {Outcome::Kind::sent, provider_id, "", {}};
}

// A thread has a history of its own, as on every platform.
Task<Found> SimulatedPlatform::find(DeliveryId delivery, Destination destination, Instant since) {
    count_call(Call::find, destination);
    if (on_call_) on_call_(Call::find, delivery, destination, nullptr);
    if (is_suspended_) refused_all_at_ = clock_.steady_now();
    if (is_suspended_) co_return Found{Found::Kind::suspended, {}, {}, {}, "token_revoked"};
    if (auto refusal = bad_luck(Call::find, destination))
        co_return Found{Found::Kind::try_later, {}, refusal->retry_after, refusal->scope};
    co_await clock_.pause(random_.between(5ms, 300ms));
    if (happens(faults_.find_cannot_tell)) {
        untellable_.insert(delivery);
        co_return Found{Found::Kind::cannot_tell, {}};
    }
    Found found{Found::Kind::absent, {}};
    auto lag = found_after_.contains(delivery) ? found_after_.at(delivery) : 0ms;
    for (const auto& [id, message] : messages_)
        if (message.delivery == delivery && !message.removed &&
            message.thread == destination.thread && message.shown_as_of >= since &&
            message.at + lag <= clock_.steady_now())
            found.provider_ids.push_back(id);
    if (!found.provider_ids.empty()) found.kind = Found::Kind::present;
    co_return found;
}

Pace SimulatedPlatform::pace(Call call) const {
    return call == Call::deliver ? pace_of_posts : pace_of_the_rest;
}

void SimulatedPlatform::resume() {
    is_suspended_ = false;
    refused_all_at_.reset();
}

void SimulatedPlatform::new_caller() {
    refused_all_at_.reset();
    last_post_.clear();
    recent_.clear();
    for (auto& [name, pause] : pauses_)
        pause.told_at.reset();
}

std::vector<Posted> SimulatedPlatform::in_place(const std::string& place) const {
    std::vector<Posted> found;
    for (const auto& [id, message] : messages_)
        if (message.place == place) found.push_back(message);
    return found;
}

// What the caller was told in time, and did not keep to.
void SimulatedPlatform::count_call(Call call, const Destination& destination) {
    ++calls_;
    auto now = clock_.steady_now();
    auto violate = [&](const std::string& how) {
        auto when = std::to_string(now.time_since_epoch().count());
        violations_.push_back("I8: " + how + ", at " + when);
    };
    for (auto scope : {Scope::call, Scope::place, Scope::connection}) {
        auto pause = pauses_.find(name_of(scope, call, destination.address));
        if (pause == pauses_.end() || !pause->second.told_at) continue;
        if (now > *pause->second.told_at && now < pause->second.until)
            violate("a call before the time that was told for " + pause->first);
    }
    auto probes_too_often =
        refused_all_at_ && now > *refused_all_at_ && now < *refused_all_at_ + between_probes;
    if (probes_too_often) violate("a call soon after the whole connection was refused");
    auto pace = this->pace(call);
    if (call == Call::deliver) {
        auto& last = last_post_[destination.address];
        if (last != SteadyInstant{} && now - last < pace.per_destination)
            violate("two posts within a second to " + destination.address);
        last = now;
    }
    auto& recent = recent_[call];
    recent.push_back(now);
    while (recent.front() < now - calls_looked_back_at * pace.per_connection)
        recent.pop_front();
    if (recent.size() > static_cast<std::size_t>(pace.burst + calls_looked_back_at + 1))
        violate("too many calls of " + name_of(Scope::call, call, ""));
}

std::optional<Outcome> SimulatedPlatform::bad_luck(Call call, const Destination& destination) {
    if (auto refusal = gate(call, destination)) return refusal;
    if (!happens(faults_.try_later)) return std::nullopt;
    auto scope = random_.chance(0.7)   ? Scope::call
                 : random_.chance(0.5) ? Scope::place
                                       : Scope::connection;
    hold_back(call, destination.address, scope, random_.between(1'000ms, 90'000ms));
    return gate(call, destination);
}

// The caller is told of one pause at a time.
std::optional<Outcome> SimulatedPlatform::gate(Call call, const Destination& destination) {
    auto now = clock_.steady_now();
    for (auto scope : {Scope::call, Scope::place, Scope::connection}) {
        auto pause = pauses_.find(name_of(scope, call, destination.address));
        if (pause == pauses_.end() || pause->second.until <= now) continue;
        pause->second.told_at = now;
        return Outcome{
            Outcome::Kind::try_later, "", "ratelimited", pause->second.until - now, scope};
    }
    return std::nullopt;
}

void SimulatedPlatform::hold_back(
    Call call, const std::string& place, Scope scope, milliseconds length
) {
    auto& pause = pauses_[name_of(scope, call, place)];
    pause.until = std::max(pause.until, clock_.steady_now() + length);
    pause.told_at.reset();
}

std::string SimulatedPlatform::name_of(Scope scope, Call call, const std::string& place) {
    switch (scope) {
        case Scope::call: return "call " + std::to_string(static_cast<int>(call));
        case Scope::place: return "place " + place;
        case Scope::connection: break;
    }
    return "all";
}

}  // namespace muster::sim
