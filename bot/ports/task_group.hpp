#pragma once

#include <exception>
#include <functional>
#include <memory>

#include "bot/ports/task.hpp"

namespace muster {

// Every coroutine of ours is spawned by a group, and whoever owns the group waits for it: nothing
// is detached. Used from the loop only.
class TaskGroup {
public:
    using Executor = boost::asio::any_io_executor;
    using Failed = std::function<void(std::exception_ptr)>;

    // `failed` gets every exception that escapes a child. An operation_aborted is not a failure.
    // What `failed` itself throws leaves the loop's run().
    TaskGroup(Executor executor, Failed failed);

    // Nobody may be running any more: join() first.
    ~TaskGroup();

    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    // The child starts at the next turn of the loop, or ends without starting if it is cancelled
    // before. A child of a group that was cancelled is cancelled at once.
    void spawn(Task<> child);

    // Asks all children, and all that will be spawned, to end. Returns before they have.
    void cancel();

    // Resumes when nobody runs, also when the caller was cancelled meanwhile.
    Task<> join();

    std::size_t size() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace muster
