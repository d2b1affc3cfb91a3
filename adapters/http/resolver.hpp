#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bot/ports/clock.hpp"
#include "bot/ports/task.hpp"

namespace muster::http {

using Addresses = std::vector<std::string>;

// Asks somebody who may take seconds; none: the name is unknown, or nobody answered. Called on a
// thread that does nothing else.
using LookUp = std::function<Addresses(const std::string& host)>;

// The system's way: its hosts file, then DNS. A server that does not answer is given up after two
// seconds, and no more than two are asked.
Addresses system_addresses(const std::string& host);

// Names to addresses, one lookup at a time on a thread of its own, answers kept for a minute. When
// names can no longer be looked up, the last addresses known serve for another hour. Used from the
// loop only.
class Resolver {
public:
    using Executor = boost::asio::any_io_executor;
    using Moment = std::chrono::steady_clock::time_point;

    // The loop and `clock` must outlive it.
    Resolver(Executor loop, Clock& clock, LookUp look_up);

    // Waits for a lookup that runs: stop() first.
    ~Resolver();

    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    // None: unknown, or not known in time. IPv4 and IPv6 alternate, in the order of the lookup.
    Task<Addresses> addresses_of(std::string host, Moment until);

    // Nobody listens there any more: look again before the minute is over.
    void doubt(const std::string& host);

    // Everybody who waits gets no addresses, now and later. Resumes when the thread has ended:
    // after the lookup that runs, which nothing can cut short.
    Task<> stop();

private:
    struct State;
    struct Thread;
    std::shared_ptr<State> state_;
    std::unique_ptr<Thread> thread_;
};

}  // namespace muster::http
