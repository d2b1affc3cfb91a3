#pragma once

#include <functional>
#include <memory>

#include "bot/ports/task.hpp"

namespace muster {

// Does on a thread of its own what may have to wait for a disk, so that the loop does not.
class SideThread {
public:
    SideThread();
    ~SideThread();  // when what is under way is done

    // Resumes on the loop when it is done there, with what it threw. One after the other.
    Task<> run(std::function<void()> work);

private:
    struct Pool;
    std::unique_ptr<Pool> pool_;
};

}  // namespace muster
