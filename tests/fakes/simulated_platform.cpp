#include "tests/fakes/simulated_platform.hpp"

#include <algorithm>

namespace muster::sim {
namespace {

using namespace std::chrono_literals;

constexpr auto between_posts = 1'000ms;  // to one place
constexpr auto between_calls = 20ms;     // of the whole connection, with a burst
constexpr int burst = 20;
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
    count_call(destination);
    if (on_call_) on_call_(call, delivery, destination, message ? &*message : nullptr);
    co_await clock_.pause(1ms);
    if (auto refusal = gate(destination)) co_return *refusal;
    if (happens(faults_.try_later)) co_return refuse_for(random_.between(1'000ms, 90'000ms));
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
    count_call(destination);
    if (on_call_) on_call_(Call::find, delivery, destination, nullptr);
    if (auto refusal = gate(destination))
        co_return Found{Found::Kind::try_later, {}, refusal->retry_after};
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

Pace SimulatedPlatform::pace() const {
    return {between_posts, between_calls, burst};
}

void SimulatedPlatform::new_caller() {
    last_call_.clear();
    recent_.clear();
    told_to_wait_ = false;
}

std::vector<Posted> SimulatedPlatform::in_place(const std::string& place) const {
    std::vector<Posted> found;
    for (const auto& [id, message] : messages_)
        if (message.place == place) found.push_back(message);
    return found;
}

// What the caller was told in time, and did not keep to.
void SimulatedPlatform::count_call(const Destination& destination) {
    ++calls_;
    auto now = clock_.steady_now();
    auto when = std::to_string(now.time_since_epoch().count());
    if (told_to_wait_ && now > told_at_ && now < closed_until_)
        violations_.push_back("I8: a call before the time it was told to wait for, at " + when);
    auto& last = last_call_[destination.address];
    if (last != SteadyInstant{} && now - last < between_posts)
        violations_.push_back(
            "I8: two calls within a second to " + destination.address + ", at " + when
        );
    last = now;
    recent_.push_back(now);
    while (recent_.front() < now - 1s)
        recent_.pop_front();
    if (recent_.size() > burst + 1s / between_calls + 1)
        violations_.push_back("I8: too many calls of one connection, at " + when);
}

std::optional<Outcome> SimulatedPlatform::gate(const Destination&) {
    auto now = clock_.steady_now();
    if (now >= closed_until_) return std::nullopt;
    return refuse_for(closed_until_ - now);
}

Outcome SimulatedPlatform::refuse_for(milliseconds wait) {
    auto now = clock_.steady_now();
    closed_until_ = std::max(closed_until_, now + wait);
    told_at_ = now;
    told_to_wait_ = true;
    return {Outcome::Kind::try_later, "", "ratelimited", wait};
}

}  // namespace muster::sim
