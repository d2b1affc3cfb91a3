#include "adapters/http/places.hpp"

#include <deque>
#include <map>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace muster::http {

namespace asio = boost::asio;

namespace {

struct Waiter {
    Waiter(const Places::Executor& loop, Places::Moment until) : woken(loop, until) {}

    asio::steady_timer woken;
    std::unique_ptr<Place> place;
};

struct Host {
    std::size_t taken = 0;
    std::deque<std::shared_ptr<Waiter>> waiting;
};

}  // namespace

struct Places::State : std::enable_shared_from_this<State> {
    State(Executor executor, std::size_t taken_limit, std::size_t waiting_limit)
        : loop(std::move(executor)), most_taken(taken_limit), most_waiting(waiting_limit) {}

    void leave(const std::string& name);

    Executor loop;
    std::size_t most_taken;
    std::size_t most_waiting;
    bool is_closed = false;
    std::map<std::string, Host> hosts;
};

Places::Places(Executor loop, std::size_t most_taken, std::size_t most_waiting)
    : state_(std::make_shared<State>(std::move(loop), most_taken, most_waiting)) {}

Task<std::unique_ptr<Place>> Places::enter(std::string host, Moment until) {
    auto state = state_;
    if (state->is_closed) co_return nullptr;
    auto& queue = state->hosts[host];
    if (queue.taken < state->most_taken) {
        auto place = std::make_unique<Place>(state, host);
        ++queue.taken;
        co_return place;
    }
    if (queue.waiting.size() >= state->most_waiting) co_return nullptr;

    auto waiter = std::make_shared<Waiter>(state->loop, until);
    queue.waiting.push_back(waiter);
    co_await waiter->woken.async_wait(asio::as_tuple(asio::use_awaitable));
    if (!waiter->place) std::erase(state->hosts[host].waiting, waiter);
    co_return std::move(waiter->place);
}

std::size_t Places::taken(const std::string& host) const {
    auto found = state_->hosts.find(host);
    return found == state_->hosts.end() ? 0 : found->second.taken;
}

void Places::close() {
    state_->is_closed = true;
    for (auto& [name, host] : state_->hosts)
        for (const auto& waiter : host.waiting)
            waiter->woken.cancel();
}

// A place that is free goes to the first who waits, not to whoever comes next.
void Places::State::leave(const std::string& name) {
    auto found = hosts.find(name);
    auto& host = found->second;
    if (host.waiting.empty() || is_closed) {
        if (--host.taken == 0 && host.waiting.empty()) hosts.erase(found);
        return;
    }
    auto waiter = host.waiting.front();
    host.waiting.pop_front();
    waiter->place = std::make_unique<Place>(shared_from_this(), name);
    waiter->woken.cancel();
}

Place::Place(std::shared_ptr<Places::State> state, std::string host)
    : state_(std::move(state)), host_(std::move(host)) {}

Place::~Place() {
    state_->leave(host_);
}

}  // namespace muster::http
