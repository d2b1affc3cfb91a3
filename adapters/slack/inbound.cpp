#include "adapters/slack/inbound.hpp"

#include "adapters/slack/inbound_parts.hpp"
#include "adapters/slack/timestamps.hpp"

namespace muster::slack {

bool is_of(const Workspace& workspace, const Identity& identity) {
    if (!identity.team.empty()) return workspace.team == identity.team;
    return !identity.enterprise.empty() && workspace.enterprise == identity.enterprise;
}

const json::Value& in(const json::Value& value, std::string_view key) {
    static const json::Value null;
    const auto* member = value.find(key);
    return member ? *member : null;
}

void add_workspace(std::vector<Workspace>& workspaces, std::string team, std::string enterprise) {
    if (team.empty() && enterprise.empty()) return;
    workspaces.push_back({std::move(team), std::move(enterprise)});
}

std::optional<std::string> message_id(std::string_view channel, std::string_view ts) {
    if (channel.empty() || !instant_of(ts)) return std::nullopt;
    return provider_id(channel, ts);
}

}  // namespace muster::slack
