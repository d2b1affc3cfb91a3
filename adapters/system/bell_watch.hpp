#pragma once

#include "bot/ports/bell.hpp"

namespace muster {

// Listens to a bell for as long as one sleep lasts, however the sleep ends.
class BellWatch {
public:
    BellWatch(Bell& bell, std::function<void()> wake) : bell_(bell) {
        bell_.on_ring(std::move(wake));
    }

    ~BellWatch() { bell_.on_ring({}); }

    BellWatch(const BellWatch&) = delete;
    BellWatch& operator=(const BellWatch&) = delete;

private:
    Bell& bell_;
};

}  // namespace muster
