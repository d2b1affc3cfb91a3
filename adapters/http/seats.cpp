#include "adapters/http/seats.hpp"

namespace muster::http {

std::size_t Seats::taken_from(const std::string& address) const {
    auto known = by_address.find(address);
    return known == by_address.end() ? 0 : known->second;
}

Seat::Seat(std::shared_ptr<Seats> seats, std::string address)
    : seats_(std::move(seats)), address_(std::move(address)) {
    ++seats_->taken;
    ++seats_->by_address[address_];
}

Seat::~Seat() {
    --seats_->taken;
    auto here = seats_->by_address.find(address_);
    if (--here->second == 0) seats_->by_address.erase(here);
}

LargeBody::LargeBody(std::shared_ptr<Seats> seats) : seats_(std::move(seats)) {
    ++seats_->large_bodies;
}

LargeBody::~LargeBody() {
    --seats_->large_bodies;
}

StreamSeat::StreamSeat(std::shared_ptr<Seats> seats, std::shared_ptr<EventStream> events)
    : seats_(std::move(seats)), events_(std::move(events)) {
    seats_->streams.insert(events_);
}

StreamSeat::~StreamSeat() {
    events_->on_change({});
    events_->close();
    seats_->streams.erase(events_);
}

}  // namespace muster::http
