#include "bot/app/look_ups.hpp"

#include <algorithm>

#include "bot/domain/onboarding.hpp"
#include "bot/domain/team_people.hpp"
#include "storage/store.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds first_wait = 5s;
constexpr milliseconds longest_wait = 10min;
constexpr auto longest_sleep = 1h;

milliseconds wait_after(const NotTold& why, int tries) {
    auto doubled = first_wait * (1 << std::min(tries, 8));
    return std::min<milliseconds>(std::max(why.retry_after, doubled), longest_wait);
}

}  // namespace

LookUps::LookUps(
    Store& store,
    Clock& clock,
    Entropy& entropy,
    Log& log,
    Intake& intake,
    TaskGroup& asks,
    Directories directories
)
    : store_(store),
      clock_(clock),
      entropy_(entropy),
      log_(log),
      intake_(intake),
      asks_(asks),
      directories_(std::move(directories)) {}

Task<> LookUps::run() {
    for (;;) {
        auto next = co_await ask_for_all();
        idle_ = true;
        co_await clock_.sleep_until(next, bell_);
        idle_ = false;
    }
}

// When there is something to be tried again.
Task<Instant> LookUps::ask_for_all() {
    auto list = [](View& view) { return view.setups_to_look_up(); };
    auto setups = co_await store_.read(list);
    forget_all_but(setups);
    auto now = clock_.now();
    auto next = now + longest_sleep;
    for (auto& setup : setups) {
        auto pending = pending_.find({setup.id, setup.state});
        if (busy_.contains(setup.id)) continue;
        if (pending != pending_.end() && pending->second.again_at > now) {
            next = std::min(next, pending->second.again_at);
            continue;
        }
        busy_.insert(setup.id);
        asks_.spawn(ask_for(std::move(setup)));
    }
    co_return next;
}

Task<> LookUps::ask_for(Setup setup) {
    auto key = Key{setup.id, setup.state};
    auto tries = pending_[key].tries;
    auto wait = co_await look_up(std::move(setup), tries);
    // Where the row waits all the same, it is asked for anew, and not at once.
    pending_[key] = {wait ? tries + 1 : 0, clock_.now() + wait.value_or(first_wait)};
    busy_.erase(key.first);
    bell_.ring();
}

void LookUps::forget_all_but(const std::vector<Setup>& waiting) {
    std::erase_if(pending_, [&](const auto& entry) {
        auto is_it = [&](const Setup& setup) { return entry.first == Key{setup.id, setup.state}; };
        return std::ranges::none_of(waiting, is_it);
    });
}

// How long to wait before the next try; none: it is handed in, or nobody can tell.
Task<std::optional<milliseconds>> LookUps::look_up(Setup setup, int tries) {
    auto directory = directories_.find(setup.connection);
    if (directory == directories_.end()) co_return longest_wait;
    const bool is_last = tries + 1 >= most_tries && setup.state != SetupState::looking;
    LookedUp found;
    found.setup = setup.id;
    found.state = setup.state;
    auto place = setup.found;
    if (setup.state == SetupState::looking) {
        auto told = co_await directory->second->place(setup.place);
        if (const auto* why = std::get_if<NotTold>(&told)) {
            log_.warning("look_up.place", {{"reason", why->reason}});
            if (why->retry_after > 0ms && !is_last) co_return wait_after(*why, tries);
        } else {
            place = std::get<PlaceFacts>(std::move(told));
            found.place = place;
        }
    }
    if (auto group = team_people::group_to_look_up(setup); !group.empty()) {
        auto told = co_await directory->second->group(std::move(group));
        if (const auto* why = std::get_if<NotTold>(&told)) {
            log_.warning("look_up.group", {{"reason", why->reason}});
            if (why->retry_after > 0ms && !is_last) co_return wait_after(*why, tries);
        } else {
            found.group = std::get<GroupFacts>(std::move(told));
            setup = team_people::with_group(std::move(setup), *found.group);
        }
    }
    for (const auto& account : onboarding::people_to_look_up(setup, place)) {
        found.asked.push_back(account);
        auto told = co_await directory->second->person(account);
        if (const auto* why = std::get_if<NotTold>(&told)) {
            log_.warning("look_up.person", {{"reason", why->reason}});
            if (why->retry_after > 0ms && !is_last) co_return wait_after(*why, tries);
        } else {
            found.people.push_back(std::get<Profile>(std::move(told)));
        }
    }
    co_return co_await hand_in(setup.connection, std::move(found));
}

// What is not stored is asked for again: the row still waits for it.
Task<std::optional<milliseconds>> LookUps::hand_in(ConnectionId connection, LookedUp found) {
    Inbound inbound;
    inbound.connection = connection;
    inbound.seed = entropy_.seed();
    inbound.event = std::move(found);
    auto taken = co_await intake_.take(std::move(inbound), clock_.steady_now());
    if (taken) co_return std::nullopt;
    log_.warning("look_up.not_stored", {{"error", name(taken.error())}});
    co_return first_wait;
}

}  // namespace muster
