#include "adapters/msteams/activity_parts.hpp"

#include "adapters/msteams/formats.hpp"

namespace muster::msteams {

const json::Value& in(const json::Value& value, std::string_view key) {
    static const json::Value null;
    const auto* member = value.find(key);
    return member ? *member : null;
}

PlaceKind kind_of_place(const json::Value& activity) {
    auto type = in(activity, "conversation").text_of("conversationType");
    if (type == "personal") return PlaceKind::personal;
    return type == "channel" ? PlaceKind::channel : PlaceKind::group;
}

std::string channel_in(const json::Value& activity) {
    const auto& data = in(activity, "channelData");
    auto chosen = in(in(data, "settings"), "selectedChannel").text_of("id");
    if (!chosen.empty()) return chosen;
    auto named = in(data, "channel").text_of("id");
    if (!named.empty()) return named;
    return channel_of(in(activity, "conversation").text_of("id"));
}

}  // namespace muster::msteams
