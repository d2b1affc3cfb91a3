#include "adapters/slack/post_turns.hpp"

#include <algorithm>

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

constexpr auto between_posts = 1s;
// More are forgotten, the next to be free first: at worst Slack refuses a post.
constexpr std::size_t most_places = 10'000;

}  // namespace

milliseconds PostTurns::wait_at(const std::string& place, SteadyInstant now) const {
    auto next = next_.find(place);
    if (next == next_.end()) return 0ms;
    return std::max<milliseconds>(next->second - now, 0ms);
}

void PostTurns::take(const std::string& place, SteadyInstant now) {
    auto turn = now + wait_at(place, now);
    std::erase_if(next_, [now](const auto& known) { return known.second <= now; });
    if (next_.size() >= most_places) {
        auto is_sooner = [](const auto& one, const auto& other) {
            return one.second < other.second;
        };
        next_.erase(std::ranges::min_element(next_, is_sooner));
    }
    next_[place] = turn + between_posts;
}

void PostTurns::is_also(const std::string& place, const std::string& other) {
    auto known = next_.find(place);
    if (known == next_.end()) return;
    auto& next = next_[other];
    next = std::max(next, known->second);
}

}  // namespace muster::slack
