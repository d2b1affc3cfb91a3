#include "adapters/msteams/single_flight.hpp"

#include <utility>

namespace muster::msteams {

// Its end wakes whoever waits, also when it failed or was cancelled.
class SingleFlight::Flight {
public:
    explicit Flight(SingleFlight& owner) : owner_(owner) {}

    ~Flight() {
        owner_.is_under_way_ = false;
        for (auto& bell : std::exchange(owner_.waiting_, {}))
            bell->ring();
    }

    Flight(const Flight&) = delete;
    Flight& operator=(const Flight&) = delete;

private:
    SingleFlight& owner_;
};

void SingleFlight::begin(Work work) {
    if (std::exchange(is_under_way_, true)) return;
    tasks_.spawn(fly(std::move(work)));
}

Task<> SingleFlight::fly(Work work) {
    Flight flight{*this};
    co_await work();
}

Task<> SingleFlight::wait(milliseconds patience) {
    if (!is_under_way_) co_return;
    auto end = std::make_shared<Bell>();
    waiting_.push_back(end);
    co_await clock_.pause(patience, *end);
}

}  // namespace muster::msteams
