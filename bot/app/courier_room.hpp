#pragma once

#include <map>
#include <set>

#include "bot/app/courier_turns.hpp"
#include "bot/domain/delivery.hpp"
#include "storage/store.hpp"

namespace muster {

// A call that is to be made for a delivery.
struct CourierJob {
    DeliveryId delivery;
    std::optional<Destination> destination;  // none: nobody is to be called
    Call call = Call::deliver;  // the one that it waits for; an edit may turn out a removal
    std::optional<CourierTurns::Turn> turn{};

    Place place() const {
        return {destination->connection, destination->address, destination->home};
    }
};

// What is under way, and what may begin beside it. A value: a look at the store works on a copy,
// and so reads no more than can begin.
class CourierRoom {
public:
    using Paces = std::map<std::pair<ConnectionId, Call>, Pace>;

    // All calls over the connections that are served.
    void keep_to(Paces paces) { paces_ = std::move(paces); }

    bool is_under_way(DeliveryId delivery) const { return under_way_.contains(delivery); }

    bool is_empty() const { return under_way_.empty(); }

    bool is_full() const;

    // Where something may begin now. What goes to another must not fill the list of what is due.
    View::Open open(SteadyInstant now) const;

    // When this job may begin, in the past = now. A place with a call under way, or a connection
    // with too many: SteadyInstant::max(), the end of any of them tells.
    SteadyInstant free_at(const CourierJob& job) const;

    void occupy(CourierJob& job, SteadyInstant now);
    void leave(const CourierJob& job);

    const Pace& pace_of(ConnectionId connection, Call call) const;

    CourierTurns& turns() { return turns_; }

    const CourierTurns& turns() const { return turns_; }

private:
    bool is_crowded(ConnectionId connection) const;
    std::vector<ConnectionId> open_for(Call call, SteadyInstant now) const;

    Paces paces_;
    std::set<DeliveryId> under_way_;
    std::set<Place> busy_;                    // places with a call under way
    std::map<ConnectionId, int> calls_over_;  // how many of them
    CourierTurns turns_;
};

}  // namespace muster
