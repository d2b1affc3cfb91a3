#include "adapters/slack/scopes.hpp"

#include <algorithm>

namespace muster::slack {
namespace {

constexpr bool yes = true;
constexpr bool no = false;

constexpr Scope all[]{
    {"app_mentions:read", yes, "hears \"@Muster status\" in a channel"},
    {"channels:read",
     no,
     "knows the names of public channels and who is in them, and notices when one is archived"},
    {"chat:write", yes, "sends prompts, reminders and summaries, and edits them"},
    {"commands", yes, "offers /muster and its shortcuts"},
    {"dnd:read", no, "reminds nobody who wants no notifications now"},
    {"groups:read", no, "does in private channels what channels:read does in public ones"},
    {"im:history",
     yes,
     "hears what people type to it, and looks there before it sends anything twice"},
    {"im:write", yes, "opens a direct message with those who are asked"},
    {"usergroups:read", no, "adds the people of a user group to a team, and notices who joins it"},
    {"users:read", no, "knows names and time zones, and who has left"},
};

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

std::span<const Scope> scopes() {
    return all;
}

std::vector<std::string> missing_scopes(std::string_view granted) {
    auto has = listed_in(granted);
    std::vector<std::string> missing;
    for (const auto& scope : all)
        if (scope.needed && std::ranges::find(has, scope.name) == has.end())
            missing.emplace_back(scope.name);
    return missing;
}

}  // namespace muster::slack
