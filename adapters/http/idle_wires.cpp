#include "adapters/http/idle_wires.hpp"

#include <algorithm>

#include "adapters/http/wire.hpp"

namespace muster::http {

std::shared_ptr<Wire> IdleWires::take(
    const std::string& host, milliseconds age, SteadyInstant now
) {
    drop_dead();
    auto fits = [&](const Idle& idle) { return idle.host == host && now - idle.since < age; };
    auto found = std::find_if(wires_.rbegin(), wires_.rend(), fits);
    if (found == wires_.rend()) return nullptr;
    auto wire = found->wire;
    wires_.erase(std::next(found).base());
    return wire;
}

void IdleWires::keep(std::string host, std::shared_ptr<Wire> wire, SteadyInstant now) {
    drop_dead();
    wires_.push_back({std::move(host), std::move(wire), now});
    if (wires_.size() > most_) wires_.pop_front();
}

void IdleWires::limit(const std::string& host, std::size_t most) {
    auto is_theirs = [&](const Idle& idle) { return idle.host == host; };
    auto count = static_cast<std::size_t>(std::ranges::count_if(wires_, is_theirs));
    for (; count > most; --count)
        wires_.erase(std::ranges::find_if(wires_, is_theirs));
}

void IdleWires::drop_dead() {
    std::erase_if(wires_, [](const Idle& idle) { return !idle.wire->is_quiet(); });
}

}  // namespace muster::http
