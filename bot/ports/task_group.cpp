#include "bot/ports/task_group.hpp"

#include <cassert>
#include <set>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace muster {

namespace asio = boost::asio;

namespace {

using Child = std::shared_ptr<asio::cancellation_signal>;

bool is_abort(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& error) {
        return error.code() == asio::error::operation_aborted;
    } catch (...) {
        return false;
    }
}

// co_spawn starts a coroutine inside the call when it is made on the loop; the spawner must be able
// to finish its own thought first.
Task<> at_next_turn(TaskGroup::Executor executor, Task<> child) {
    co_await asio::post(executor, asio::use_awaitable);
    co_await std::move(child);
}

}  // namespace

// Shared with the completion of each child, which runs in the loop's own time.
struct TaskGroup::State {
    State(Executor used, Failed told)
        : executor(std::move(used)),
          failed(std::move(told)),
          emptied(executor, asio::steady_timer::time_point::max()) {}

    void ended(const Child& child, const std::exception_ptr& failure) {
        children.erase(child);
        if (children.empty()) emptied.cancel();
        if (failure && !is_abort(failure)) failed(failure);
    }

    Executor executor;
    Failed failed;
    asio::steady_timer emptied;  // never expires; its waiters are woken by cancel()
    std::set<Child> children;
    bool cancelled = false;
};

TaskGroup::TaskGroup(Executor executor, Failed failed)
    : state_(std::make_shared<State>(std::move(executor), std::move(failed))) {}

TaskGroup::~TaskGroup() {
    assert(state_->children.empty() && "join() the group before it goes");
}

void TaskGroup::spawn(Task<> child) {
    auto signal = std::make_shared<asio::cancellation_signal>();
    auto ended = [state = state_, signal](const std::exception_ptr& failure) {
        state->ended(signal, failure);
    };
    state_->children.insert(signal);
    asio::co_spawn(
        state_->executor,
        at_next_turn(state_->executor, std::move(child)),
        asio::bind_cancellation_slot(signal->slot(), std::move(ended))
    );
    if (state_->cancelled) signal->emit(asio::cancellation_type::terminal);
}

void TaskGroup::cancel() {
    state_->cancelled = true;
    // A child may end while it is told so, and change the set.
    auto told = std::vector<Child>{state_->children.begin(), state_->children.end()};
    for (const auto& child : told)
        child->emit(asio::cancellation_type::terminal);
}

Task<> TaskGroup::join() {
    auto state = state_;
    auto throwing = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!state->children.empty()) {
        auto uncancellable = asio::bind_cancellation_slot(
            asio::cancellation_slot{}, asio::as_tuple(asio::use_awaitable)
        );
        co_await state->emptied.async_wait(uncancellable);
    }
    co_await asio::this_coro::throw_if_cancelled(throwing);
}

std::size_t TaskGroup::size() const {
    return state_->children.size();
}

}  // namespace muster
