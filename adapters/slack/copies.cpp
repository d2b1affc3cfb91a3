#include "adapters/slack/copies.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace muster::slack {
namespace {

struct Parts {
    std::vector<std::string> all;
    std::optional<int> announced;  // none: the first part is gone
};

}  // namespace

std::vector<Sighted> posts_of(
    DeliveryId delivery, const Identity& us, const json::Array& messages
) {
    std::vector<Sighted> posts;
    for (const auto& message : messages) {
        auto mark = mark_of(message);
        auto ts = message.text_of("ts");
        auto is_own = is_ours(us, message.text_of("user"), message.text_of("bot_id"));
        if (is_own && mark && mark->delivery == delivery && !ts.empty())
            posts.push_back({ts, *mark});
    }
    return posts;
}

// Parts are in their order by when they were posted, not by the number in their mark: an edit
// writes what each of them shows, so that one too many, or none in between, does no harm.
std::vector<Copy> copies_in(const std::vector<Sighted>& posts) {
    std::map<std::string, Parts> by_first;
    for (const auto& [ts, mark] : posts) {
        auto& copy = by_first[mark.part == 1 ? ts : mark.first];
        if (mark.part == 1) copy.announced = mark.parts;
        copy.all = merged(std::move(copy.all), {ts});
    }
    std::vector<Copy> copies;
    for (auto& [first, parts] : by_first) {
        auto is_whole = parts.announced && std::ssize(parts.all) >= *parts.announced;
        copies.push_back({std::move(parts.all), is_whole});
    }
    auto goes_first = [](const Copy& one, const Copy& other) {
        if (one.is_whole != other.is_whole) return one.is_whole;
        return is_older(one.parts.front(), other.parts.front());
    };
    std::ranges::sort(copies, goes_first);
    return copies;
}

bool is_older(std::string_view ts, std::string_view other) {
    auto order = [](std::string_view text) {
        auto seconds = text.substr(0, text.find('.'));
        return std::tuple{seconds.size(), text};
    };
    return order(ts) < order(other);
}

std::vector<std::string> merged(std::vector<std::string> parts, std::vector<std::string> others) {
    std::ranges::move(others, std::back_inserter(parts));
    std::ranges::sort(parts, is_older);
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    return parts;
}

}  // namespace muster::slack
