#pragma once

#include <list>
#include <memory>
#include <string>

#include "bot/domain/instant.hpp"

namespace muster::http {

class Wire;

// Open connections that wait for their next call. They close themselves when they have waited long
// enough (Wire::close_at); here is whose they are and since when. Used from the loop only.
class IdleWires {
public:
    explicit IdleWires(std::size_t most) : most_(most) {}

    // The one to `host` that was used last, if it waits for less than `age` and is still good;
    // nullptr when there is none.
    std::shared_ptr<Wire> take(const std::string& host, milliseconds age, SteadyInstant now);

    // The oldest goes when there are too many.
    void keep(std::string host, std::shared_ptr<Wire> wire, SteadyInstant now);

    // At most so many to this host stay.
    void limit(const std::string& host, std::size_t most);

    void clear() { wires_.clear(); }

private:
    struct Idle {
        std::string host;
        std::shared_ptr<Wire> wire;
        SteadyInstant since;
    };

    void drop_dead();

    std::size_t most_;
    std::list<Idle> wires_;  // the one used last is the last
};

}  // namespace muster::http
