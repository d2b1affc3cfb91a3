#include "bot/app/courier_room.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

constexpr ConnectionId slow{1}, slower{2}, slowest{3}, fast{4};

// Calls to many places, all under way at the same time.
struct ARoom : testing::Test {
    CourierRoom room;
    int number = 0;

    ARoom() {
        CourierRoom::Paces paces;
        for (auto connection : {slow, slower, slowest, fast})
            for (auto call : {Call::deliver, Call::show})
                paces[{connection, call}] = {};
        room.keep_to(paces);
    }

    CourierJob next_job(ConnectionId connection) {
        ++number;
        return {
            DeliveryId{number},
            Destination{connection, "U" + std::to_string(number), true, std::nullopt}};
    }

    // How many calls begin before the connection has no room left.
    int fill(ConnectionId connection) {
        auto begun = 0;
        while (!room.is_full()) {
            auto job = next_job(connection);
            if (room.free_at(job) > SteadyInstant{}) return begun;
            room.occupy(job, {});
            ++begun;
        }
        return begun;
    }

    bool is_open(ConnectionId connection) const {
        auto open = room.open({});
        return std::ranges::find(open.to_post, connection) != open.to_post.end();
    }
};

TEST_F(ARoom, IsNotTakenUpByAConnectionWhoseCallsDoNotEnd) {
    EXPECT_EQ(fill(slow), 32);
    EXPECT_FALSE(is_open(slow));
    EXPECT_TRUE(is_open(fast));
    EXPECT_EQ(fill(fast), 32);
}

TEST_F(ARoom, HoldsNoMessageUpForAPersonsOwnPage) {
    auto page = next_job(fast);
    page.destination->home = true;
    page.call = Call::show;
    CourierJob message{DeliveryId{++number}, page.destination};
    message.destination->home = false;
    room.occupy(page, {});
    EXPECT_EQ(room.free_at(message), SteadyInstant{}) << "another place";

    const SteadyInstant later{1min};
    room.turns().hold_back(page.place(), Call::show, Scope::call, later, {});
    room.turns().hold_back(page.place(), Call::show, Scope::place, later, {});
    EXPECT_EQ(room.free_at(message), SteadyInstant{}) << "other calls";
    EXPECT_TRUE(is_open(fast));
}

TEST_F(ARoom, LeavesAFewCallsToEachWhenSeveralDoNotEnd) {
    fill(slow);
    fill(slower);
    EXPECT_EQ(fill(slowest), 4) << "half of it is taken";
    EXPECT_TRUE(is_open(fast));
    EXPECT_EQ(fill(fast), 4);
    EXPECT_FALSE(room.is_full());
}

TEST_F(ARoom, IsFreeAgainWhenACallHasEnded) {
    std::vector<CourierJob> jobs;
    for (int call = 0; call < 32; ++call) {
        jobs.push_back(next_job(slow));
        room.occupy(jobs.back(), {});
    }
    EXPECT_FALSE(is_open(slow));
    room.leave(jobs.front());
    EXPECT_TRUE(is_open(slow));
}

}  // namespace
}  // namespace muster
