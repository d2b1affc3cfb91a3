#pragma once

#include <map>

#include "bot/domain/instant.hpp"
#include "bot/ports/chat_platform.hpp"

namespace muster {

// Where one message at a time goes. Somebody's own page is another place than their direct message.
struct Place {
    ConnectionId connection;
    std::string address;
    bool home = false;

    auto operator<=>(const Place&) const = default;
};

// When the next call may be made: the paces of the platforms and the pauses that they asked for.
// Each is kept for what it concerns: a pause of edits holds no prompt up.
class CourierTurns {
public:
    struct Turn {
        ConnectionId connection;
        Call call = Call::deliver;
        Pace pace;
        bool is_probe = false;  // of a suspended connection
    };

    // When such a call may be made there; in the past = now.
    SteadyInstant free_at(const Place&, Call) const;

    // The same wherever it goes: places may have to wait longer.
    SteadyInstant free_at(ConnectionId, Call) const;

    // The earliest moment after `now` at which a kind of call becomes free over some connection.
    std::optional<SteadyInstant> next_after(SteadyInstant now) const;

    // A turn is taken before it is known whether there is anything to call for, so that calls which
    // begin side by side keep to the pace together; it is given back when there is nothing.
    Turn take(ConnectionId, Call, const Pace&, SteadyInstant now);
    void give_back(const Turn&);

    // A call is made: its place rests.
    void rest(const Place&, const Pace&, SteadyInstant now);

    // The platform asked for a pause.
    void hold_back(const Place&, Call, Scope, SteadyInstant until, SteadyInstant now);

    // The connection is refused as a whole: from `probe_at` on one call is made, and another ten
    // minutes after it, until one of them goes through.
    void suspend(ConnectionId, SteadyInstant probe_at);
    void resume(ConnectionId);
    bool is_suspended(ConnectionId) const;
    static SteadyInstant next_probe(SteadyInstant now);

private:
    using Road = std::pair<ConnectionId, Call>;

    void keep_from(const Place&, SteadyInstant until, SteadyInstant now);

    std::map<Road, SteadyInstant> paced_;
    std::map<Road, SteadyInstant> held_;
    std::map<ConnectionId, SteadyInstant> held_connections_;
    std::map<ConnectionId, SteadyInstant> probes_;  // of those that are suspended
    std::map<Place, SteadyInstant> places_;         // those that must wait now
};

// A turn is held until it is known what to call for, and given back however that ends: the call
// that it comes to takes its own.
class HeldTurn {
public:
    HeldTurn(CourierTurns& turns, std::optional<CourierTurns::Turn> turn)
        : turns_(turns), turn_(turn) {}

    ~HeldTurn() {
        if (turn_) turns_.give_back(*turn_);
    }

    HeldTurn(const HeldTurn&) = delete;
    HeldTurn& operator=(const HeldTurn&) = delete;

private:
    CourierTurns& turns_;
    std::optional<CourierTurns::Turn> turn_;
};

}  // namespace muster
