#pragma once

#include <memory>
#include <set>
#include <string>
#include <unordered_map>

#include "adapters/http/event_stream.hpp"

namespace muster::http {

// Who counts against the limits of a listener. Its seats keep it alive.
struct Seats {
    std::size_t taken = 0;
    std::size_t large_bodies = 0;
    std::unordered_map<std::string, std::size_t> by_address;
    std::set<std::shared_ptr<EventStream>> streams;

    std::size_t taken_from(const std::string& address) const;
};

// A connection, or a handler that outlived its connection's patience.
class Seat {
public:
    Seat(std::shared_ptr<Seats> seats, std::string address);
    ~Seat();

    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;

private:
    std::shared_ptr<Seats> seats_;
    std::string address_;
};

// A body that takes room. Nobody has proved who they are before all of it was there.
class LargeBody {
public:
    explicit LargeBody(std::shared_ptr<Seats> seats);
    ~LargeBody();

    LargeBody(const LargeBody&) = delete;
    LargeBody& operator=(const LargeBody&) = delete;

private:
    std::shared_ptr<Seats> seats_;
};

// An event stream that is written, or soon will be. It closes with its seat.
class StreamSeat {
public:
    StreamSeat(std::shared_ptr<Seats> seats, std::shared_ptr<EventStream> events);
    ~StreamSeat();

    StreamSeat(const StreamSeat&) = delete;
    StreamSeat& operator=(const StreamSeat&) = delete;

private:
    std::shared_ptr<Seats> seats_;
    std::shared_ptr<EventStream> events_;
};

}  // namespace muster::http
