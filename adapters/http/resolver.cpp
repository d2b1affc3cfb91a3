#include "adapters/http/resolver.hpp"

#include <algorithm>
#include <atomic>
#include <map>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <netdb.h>
#include <resolv.h>
#include <sys/socket.h>

namespace muster::http {

namespace asio = boost::asio;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr auto fresh_time = 60s;
constexpr auto longest_trust = 1h;        // in addresses that can no longer be looked up
constexpr auto patience = 5s;             // for a name that was never known
constexpr auto patience_with_known = 1s;  // the known addresses serve meanwhile
constexpr std::size_t most_hosts = 256;

using Timer = asio::steady_timer;

// What is known of one host.
struct Entry {
    bool is_fresh(SteadyInstant now) const {
        return !addresses.empty() && !is_doubted && now - asked_at < fresh_time;
    }

    bool is_usable(SteadyInstant now) const {
        return !addresses.empty() && now - found_at < longest_trust;
    }

    Addresses addresses;
    SteadyInstant found_at;
    SteadyInstant asked_at;  // the last answer, whatever it was
    bool is_doubted = false;
    bool is_being_asked = false;
    std::vector<std::shared_ptr<Timer>> waiting;
};

bool is_v6(const std::string& address) {
    return address.find(':') != address.npos;
}

// IPv4 and IPv6 alternate, so that the one that leads nowhere here leaves time for the other.
Addresses in_turns(const Addresses& found) {
    Addresses leading;
    Addresses other;
    for (const auto& address : found)
        (is_v6(address) == is_v6(found.front()) ? leading : other).push_back(address);
    Addresses result;
    for (std::size_t turn = 0; turn < std::max(leading.size(), other.size()); ++turn) {
        if (turn < leading.size()) result.push_back(leading[turn]);
        if (turn < other.size()) result.push_back(other[turn]);
    }
    return result;
}

void wake_all(Entry& entry) {
    for (const auto& timer : entry.waiting)
        timer->cancel();
    entry.waiting.clear();
}

}  // namespace

// Shared with the jobs on the thread and their answers.
struct Resolver::State {
    State(Executor executor, Clock& used, LookUp asked)
        : loop(std::move(executor)), clock(used), look_up(std::move(asked)) {}

    Entry* entry_of(const std::string& host);
    void answered(const std::string& host, const Addresses& addresses);

    Addresses looked_up(const std::string& host) const {
        try {
            if (!is_stopping) return in_turns(look_up(host));
        } catch (const std::exception&) {
            // As good as no answer.
        }
        return {};
    }

    const Executor loop;
    Clock& clock;
    const LookUp look_up;
    std::atomic<bool> is_stopping = false;  // the thread skips what still waits there
    std::map<std::string, Entry> entries;
};

struct Resolver::Thread : asio::thread_pool {
    Thread() : asio::thread_pool(1) {}
};

Resolver::Resolver(Executor loop, Clock& clock, LookUp look_up)
    : state_(std::make_shared<State>(std::move(loop), clock, std::move(look_up))),
      thread_(std::make_unique<Thread>()) {}

Resolver::~Resolver() {
    state_->is_stopping = true;
}

Task<Addresses> Resolver::addresses_of(std::string host, Moment until) {
    auto state = state_;
    auto* entry = state->entry_of(host);
    auto now = state->clock.steady_now();
    if (!entry || state->is_stopping) co_return Addresses{};
    if (entry->is_fresh(now)) co_return entry->addresses;

    if (!entry->is_being_asked) {
        entry->is_being_asked = true;
        auto ask = [state, host] {
            auto addresses = state->looked_up(host);
            auto answer = [state, host, addresses] { state->answered(host, addresses); };
            asio::post(state->loop, answer);
        };
        asio::post(*thread_, std::move(ask));
    }
    auto waiter = std::make_shared<Timer>(state->loop);
    if (entry->is_usable(now))
        waiter->expires_after(patience_with_known);
    else
        waiter->expires_after(patience);
    if (waiter->expiry() > until) waiter->expires_at(until);
    entry->waiting.push_back(waiter);
    co_await waiter->async_wait(quietly);

    auto known = state->entries.find(host);
    bool is_usable = known != state->entries.end() && !state->is_stopping &&
                     known->second.is_usable(state->clock.steady_now());
    co_return is_usable ? known->second.addresses : Addresses{};
}

void Resolver::doubt(const std::string& host) {
    auto known = state_->entries.find(host);
    if (known != state_->entries.end()) known->second.is_doubted = true;
}

Task<> Resolver::stop() {
    auto state = state_;
    co_await asio::this_coro::throw_if_cancelled(false);
    state->is_stopping = true;
    for (auto& [host, entry] : state->entries)
        wake_all(entry);

    if (!thread_) co_return;
    auto last = std::make_shared<Timer>(state->loop, Timer::time_point::max());
    auto say_so = [state, last] { asio::post(state->loop, [last] { last->cancel(); }); };
    asio::post(*thread_, std::move(say_so));
    auto uncancellable = asio::bind_cancellation_slot(asio::cancellation_slot{}, quietly);
    co_await last->async_wait(uncancellable);
    if (!thread_) co_return;  // somebody else has stopped it meanwhile
    thread_->join();
    thread_.reset();
}

// nullptr when too many hosts are being asked for.
Entry* Resolver::State::entry_of(const std::string& host) {
    auto is_spare = [now = clock.steady_now()](const auto& known) {
        return !known.second.is_being_asked && !known.second.is_fresh(now);
    };
    if (entries.size() >= most_hosts && !entries.contains(host)) std::erase_if(entries, is_spare);
    if (entries.size() >= most_hosts && !entries.contains(host)) return nullptr;
    return &entries[host];
}

void Resolver::State::answered(const std::string& host, const Addresses& addresses) {
    if (is_stopping) return;
    auto& entry = entries[host];
    entry.is_being_asked = false;
    entry.is_doubted = false;
    entry.asked_at = clock.steady_now();
    if (!addresses.empty()) {
        entry.found_at = entry.asked_at;
        entry.addresses = addresses;
    }
    wake_all(entry);
}

namespace {

// For the thread that calls it. The system's own patience is up to half a minute, and a stop waits
// for the lookup that runs.
void hurry() {
    res_init();        // reads the configuration anew: it may have changed since the last lookup
    _res.retrans = 1;  // seconds for each server
    _res.retry = 2;    // rounds
    _res.nscount = std::min(_res.nscount, 2);
    _res.options &= ~static_cast<unsigned long>(RES_DNSRCH);  // names with a dot are complete
    _res.ndots = 1;
}

}  // namespace

Addresses system_addresses(const std::string& host) {
    hurry();
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    Addresses addresses;
    if (::getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0) return addresses;
    auto owner = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>{list, &::freeaddrinfo};
    for (auto* found = list; found; found = found->ai_next) {
        asio::ip::tcp::endpoint endpoint;
        if (found->ai_addrlen > endpoint.capacity()) continue;
        endpoint.resize(found->ai_addrlen);
        std::copy_n(
            reinterpret_cast<const char*>(found->ai_addr),
            found->ai_addrlen,
            reinterpret_cast<char*>(endpoint.data())
        );
        addresses.push_back(endpoint.address().to_string());
    }
    return addresses;
}

}  // namespace muster::http
