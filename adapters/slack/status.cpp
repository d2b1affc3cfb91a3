#include "adapters/slack/status.hpp"

#include <algorithm>
#include <array>

#include "adapters/slack/inbound_parts.hpp"

namespace muster::slack {
namespace {

using json::Value;

// Of the statuses that Slack offers, those of whoever is not at work.
constexpr std::array<std::string_view, 2> emoji{":face_with_thermometer:", ":palm_tree:"};
constexpr std::array<std::string_view, 2> texts{"Out sick", "Vacationing"};

constexpr std::int64_t latest_second = 253'402'300'799;  // of the year 9999

bool is_one_of(const auto& known, const std::string& said) {
    return std::ranges::find(known, said) != known.end();
}

}  // namespace

std::optional<AwayHint> away_hint_in(const Value& profile) {
    const auto* picture = in(profile, "status_emoji").text();
    const auto* words = in(profile, "status_text").text();
    if (!picture && !words) return std::nullopt;
    AwayHint hint;
    hint.is_away = (picture && is_one_of(emoji, *picture)) || (words && is_one_of(texts, *words));
    if (hint.is_away) hint.until = instant_in(in(profile, "status_expiration"));
    return hint;
}

std::optional<Instant> instant_in(const Value& seconds) {
    const auto* number = seconds.number();
    if (!number || *number <= 1 || *number > latest_second) return std::nullopt;
    return Instant{std::chrono::seconds{*number}};
}

}  // namespace muster::slack
