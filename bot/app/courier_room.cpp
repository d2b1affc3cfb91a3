#include "bot/app/courier_room.hpp"

#include <algorithm>

namespace muster {
namespace {

constexpr std::size_t most_under_way = 64;
constexpr std::ptrdiff_t most_of_one_connection = 32;  // a slow one leaves room for the others

}  // namespace

bool CourierRoom::is_full() const {
    return under_way_.size() >= most_under_way;
}

View::Open CourierRoom::open(SteadyInstant now) const {
    return {open_for(Call::deliver, now), open_for(Call::update, now)};
}

std::vector<ConnectionId> CourierRoom::open_for(Call call, SteadyInstant now) const {
    std::vector<ConnectionId> open;
    for (const auto& [road, pace] : paces_)
        if (road.second == call && !is_crowded(road.first) &&
            turns_.free_at(road.first, call) <= now)
            open.push_back(road.first);
    return open;
}

SteadyInstant CourierRoom::free_at(const CourierJob& job) const {
    if (!job.destination) return {};
    auto place = job.place();
    auto is_served = paces_.contains({place.connection, job.call});
    if (!is_served || busy_.contains(place) || is_crowded(place.connection))
        return SteadyInstant::max();
    return turns_.free_at(place, job.call);
}

bool CourierRoom::is_crowded(ConnectionId connection) const {
    auto of_connection = [&](const Place& busy) { return busy.connection == connection; };
    return std::ranges::count_if(busy_, of_connection) >= most_of_one_connection;
}

void CourierRoom::occupy(CourierJob& job, SteadyInstant now) {
    under_way_.insert(job.delivery);
    if (!job.destination) return;
    auto place = job.place();
    busy_.insert(place);
    job.turn = turns_.take(place.connection, job.call, pace_of(place.connection, job.call), now);
}

void CourierRoom::leave(const CourierJob& job) {
    under_way_.erase(job.delivery);
    if (job.destination) busy_.erase(job.place());
}

const Pace& CourierRoom::pace_of(ConnectionId connection, Call call) const {
    return paces_.at({connection, call});
}

}  // namespace muster
