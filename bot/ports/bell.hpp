#pragma once

#include <functional>
#include <utility>

namespace muster {

// Wakes one sleeper early. A ring while nobody sleeps is kept: the next sleep returns at once.
// Used from the loop only.
class Bell {
public:
    void ring() {
        rung_ = true;
        if (wake_) wake_();
    }

    // For clocks: was it rung since the last sleep? Forgets the ring.
    bool take() { return std::exchange(rung_, false); }

    // For clocks: what a ring calls while somebody sleeps; {} when the sleep is over.
    void on_ring(std::function<void()> wake) { wake_ = std::move(wake); }

private:
    bool rung_ = false;
    std::function<void()> wake_;
};

}  // namespace muster
