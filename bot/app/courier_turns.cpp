#include "bot/app/courier_turns.hpp"

#include <algorithm>

namespace muster {
namespace {

using namespace std::chrono_literals;

// More are forgotten, the next to be free first: at worst a platform refuses a call.
constexpr std::size_t most_places = 10'000;
constexpr auto between_probes = 10min;

template <class Key>
SteadyInstant time_of(const std::map<Key, SteadyInstant>& times, const Key& key) {
    auto known = times.find(key);
    return known == times.end() ? SteadyInstant{} : known->second;
}

template <class Key>
void put_later(std::map<Key, SteadyInstant>& times, const Key& key, SteadyInstant until) {
    auto& time = times[key];
    time = std::max(time, until);
}

}  // namespace

SteadyInstant CourierTurns::free_at(const Place& place, Call call) const {
    return std::max(free_at(place.connection, call), time_of(places_, place));
}

SteadyInstant CourierTurns::free_at(ConnectionId connection, Call call) const {
    auto road = Road{connection, call};
    auto held = std::max(time_of(held_, road), time_of(held_connections_, connection));
    return std::max({held, time_of(paced_, road), time_of(probes_, connection)});
}

std::optional<SteadyInstant> CourierTurns::next_after(SteadyInstant now) const {
    auto next = std::optional<SteadyInstant>{};
    auto consider = [&](const auto& times) {
        for (const auto& [key, free] : times)
            if (free > now) next = std::min(next.value_or(free), free);
    };
    consider(paced_);
    consider(held_);
    consider(held_connections_);
    consider(probes_);
    return next;
}

CourierTurns::Turn CourierTurns::take(
    ConnectionId connection, Call call, const Pace& pace, SteadyInstant now
) {
    if (pace.per_connection > 0ms) {
        auto rested = now - (pace.burst - 1) * pace.per_connection;
        auto& free = paced_[{connection, call}];
        free = std::max(free, rested) + pace.per_connection;
    }
    auto is_probe = is_suspended(connection);
    if (is_probe) probes_[connection] = next_probe(now);
    return {connection, call, pace, is_probe};
}

void CourierTurns::give_back(const Turn& turn) {
    if (turn.pace.per_connection > 0ms)
        paced_[{turn.connection, turn.call}] -= turn.pace.per_connection;
    if (turn.is_probe && is_suspended(turn.connection)) probes_[turn.connection] = {};
}

void CourierTurns::rest(const Place& place, const Pace& pace, SteadyInstant now) {
    if (pace.per_destination > 0ms) keep_from(place, now + pace.per_destination, now);
}

void CourierTurns::hold_back(
    const Place& place, Call call, Scope scope, SteadyInstant until, SteadyInstant now
) {
    switch (scope) {
        case Scope::call: return put_later(held_, {place.connection, call}, until);
        case Scope::place: return keep_from(place, until, now);
        case Scope::connection: return put_later(held_connections_, place.connection, until);
    }
}

void CourierTurns::suspend(ConnectionId connection, SteadyInstant probe_at) {
    probes_[connection] = probe_at;
}

void CourierTurns::resume(ConnectionId connection) {
    probes_.erase(connection);
}

bool CourierTurns::is_suspended(ConnectionId connection) const {
    return probes_.contains(connection);
}

SteadyInstant CourierTurns::next_probe(SteadyInstant now) {
    return now + between_probes;
}

void CourierTurns::keep_from(const Place& place, SteadyInstant until, SteadyInstant now) {
    std::erase_if(places_, [now](const auto& known) { return known.second <= now; });
    if (places_.size() >= most_places) {
        auto is_sooner = [](const auto& one, const auto& other) {
            return one.second < other.second;
        };
        places_.erase(std::ranges::min_element(places_, is_sooner));
    }
    put_later(places_, place, until);
}

}  // namespace muster
