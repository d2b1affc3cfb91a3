#include "bot/app/courier_room.hpp"

namespace muster {
namespace {

// A slow connection leaves room for the others, and several slow ones leave half of it: what is
// over then goes to those that have few calls under way, as fast ones always do.
constexpr std::size_t most_under_way = 128;
constexpr int most_of_one_connection = 32;
constexpr int most_of_one_when_half_full = 4;

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
    auto known = calls_over_.find(connection);
    auto calls = known == calls_over_.end() ? 0 : known->second;
    auto is_half_full = under_way_.size() >= most_under_way / 2;
    return calls >= (is_half_full ? most_of_one_when_half_full : most_of_one_connection);
}

void CourierRoom::occupy(CourierJob& job, SteadyInstant now) {
    under_way_.insert(job.delivery);
    if (!job.destination) return;
    auto place = job.place();
    busy_.insert(place);
    ++calls_over_[place.connection];
    job.turn = turns_.take(place.connection, job.call, pace_of(place.connection, job.call), now);
}

void CourierRoom::leave(const CourierJob& job) {
    under_way_.erase(job.delivery);
    if (!job.destination) return;
    busy_.erase(job.place());
    --calls_over_[job.destination->connection];
}

const Pace& CourierRoom::pace_of(ConnectionId connection, Call call) const {
    return paces_.at({connection, call});
}

}  // namespace muster
