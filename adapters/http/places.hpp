#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "bot/ports/task.hpp"

namespace muster::http {

class Place;

// How many calls may be under way to one host. The others wait in the order in which they came.
// Used from the loop only; its places keep what they need alive.
class Places {
public:
    using Executor = boost::asio::any_io_executor;
    using Moment = std::chrono::steady_clock::time_point;

    Places(Executor loop, std::size_t most_taken, std::size_t most_waiting);

    // nullptr: not in time, too many wait already, or closed.
    Task<std::unique_ptr<Place>> enter(std::string host, Moment until);

    std::size_t taken(const std::string& host) const;

    // Nobody gets a place any more; who waits hears so.
    void close();

private:
    friend class Place;
    struct State;
    std::shared_ptr<State> state_;
};

// Given on to the next when it goes.
class Place {
public:
    Place(std::shared_ptr<Places::State> state, std::string host);
    ~Place();

    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    std::shared_ptr<Places::State> state_;
    std::string host_;
};

}  // namespace muster::http
