#include "tests/fakes/slack/conduct.hpp"

#include <algorithm>

namespace muster::fake_slack {
namespace {

constexpr auto between_posts = 1s;  // on average
constexpr int burst_of_posts = 3;
constexpr auto between_probes = 9min;
constexpr auto between_introductions = 1min;  // who asks who it is asks for nothing else

// Tiers promise "50+": bursts are let in, how long nobody says.
int most_of_tier(int per_minute) {
    return per_minute + per_minute / 5 + 1;
}

std::string key_of_place(const CallMade& call) {
    return call.method + " to " + call.posts_to;
}

}  // namespace

std::vector<std::string> Conduct::made(const CallMade& call, SteadyInstant at) {
    std::vector<std::string> broken;
    for (const auto& key : {call.method, key_of_place(call)}) {
        auto pause = pauses_.find(key);
        auto was_told = pause != pauses_.end() && pause->second.told_at;
        if (was_told && at > *pause->second.told_at && at < pause->second.until)
            broken.push_back("called again before its Retry-After had passed");
    }
    auto refused = refused_at_.find(call.token);
    auto is_refused = call.method != "response_url" && refused != refused_at_.end();
    auto quiet = call.method == "auth.test" ? between_introductions : between_probes;
    if (is_refused && at > refused->second && at < refused->second + quiet)
        broken.push_back("called soon after the whole workspace had refused the token");
    if (is_too_fast(call, at)) {
        broken.push_back("more than one post a second to " + call.posts_to);
        auto& pause = pauses_[key_of_place(call)];
        pause = {at + between_posts};
    }
    if (call.per_minute > 0 && crowds(call.method, most_of_tier(call.per_minute), at)) {
        broken.push_back("more calls in a minute than its tier allows");
        hold_back(call.method, 30s, at);
    }
    if (!call.posts_to.empty() && crowds("all posts", posts_per_minute_, at)) {
        broken.push_back("more posts in a minute than a workspace takes");
        hold_back(call.method, 30s, at);
    }
    return broken;
}

// A bucket that holds three posts and gets one more each second.
bool Conduct::is_too_fast(const CallMade& call, SteadyInstant at) {
    if (call.posts_to.empty()) return false;
    auto& room = room_again_[call.posts_to];
    room = std::max(room, at);
    if (room - at > (burst_of_posts - 1) * between_posts) return true;
    room += between_posts;
    return false;
}

bool Conduct::crowds(const std::string& key, int most_in_a_minute, SteadyInstant at) {
    auto& recent = recent_[key];
    while (!recent.empty() && recent.front() <= at - 1min)
        recent.pop_front();
    if (std::ssize(recent) >= most_in_a_minute) return true;
    recent.push_back(at);
    return false;
}

void Conduct::hold_back(const std::string& method, std::chrono::seconds length, SteadyInstant at) {
    auto& pause = pauses_[method];
    if (pause.until >= at + length) return;
    pause = {at + length};
}

std::optional<std::chrono::seconds> Conduct::held_back(const CallMade& call, SteadyInstant at)
    const {
    std::optional<std::chrono::seconds> longest;
    for (const auto& key : {call.method, key_of_place(call)}) {
        auto pause = pauses_.find(key);
        if (pause == pauses_.end() || pause->second.until <= at) continue;
        auto rest = std::chrono::ceil<std::chrono::seconds>(pause->second.until - at);
        longest = std::max(longest.value_or(rest), rest);
    }
    return longest;
}

void Conduct::told_to_wait(const CallMade& call, SteadyInstant at) {
    for (const auto& key : {call.method, key_of_place(call)}) {
        auto pause = pauses_.find(key);
        if (pause == pauses_.end() || pause->second.until <= at) continue;
        if (!pause->second.told_at) pause->second.told_at = at;
    }
}

void Conduct::new_caller() {
    for (auto& [key, pause] : pauses_)
        pause.told_at.reset();
    recent_.clear();
    room_again_.clear();
    refused_at_.clear();
}

}  // namespace muster::fake_slack
