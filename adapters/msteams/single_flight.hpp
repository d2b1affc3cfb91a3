#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "bot/ports/clock.hpp"
#include "bot/ports/task_group.hpp"

namespace muster::msteams {

// Something that is fetched once, however many want it at a time.
class SingleFlight {
public:
    using Work = std::function<Task<>()>;

    // Both must outlive it, and it must outlive the last task of `tasks`.
    SingleFlight(Clock& clock, TaskGroup& tasks) : clock_(clock), tasks_(tasks) {}

    // In a task of its own, since whoever asked may leave before it ends. Nothing, where it has
    // begun already.
    void begin(Work work);

    // Until the end of what has begun, or so long.
    Task<> wait(milliseconds patience);

private:
    class Flight;

    Task<> fly(Work work);

    Clock& clock_;
    TaskGroup& tasks_;
    bool is_under_way_ = false;
    std::vector<std::shared_ptr<Bell>> waiting_;
};

}  // namespace muster::msteams
