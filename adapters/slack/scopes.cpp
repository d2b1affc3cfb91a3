#include "adapters/slack/scopes.hpp"

#include <algorithm>
#include <array>

namespace muster::slack {
namespace {

// As in config/slack-manifest.json; what that asks for beyond these only `doctor` looks up.
constexpr std::array<std::string_view, 5> needed{
    "app_mentions:read", "chat:write", "commands", "im:history", "im:write"};

std::vector<std::string_view> listed_in(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        auto comma = std::min(text.find(','), text.size());
        auto word = text.substr(0, comma);
        while (word.starts_with(' '))
            word.remove_prefix(1);
        while (word.ends_with(' '))
            word.remove_suffix(1);
        words.push_back(word);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return words;
}

}  // namespace

std::vector<std::string> missing_scopes(std::string_view granted) {
    auto has = listed_in(granted);
    std::vector<std::string> missing;
    for (auto scope : needed)
        if (std::ranges::find(has, scope) == has.end()) missing.emplace_back(scope);
    return missing;
}

}  // namespace muster::slack
