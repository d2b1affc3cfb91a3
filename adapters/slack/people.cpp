#include "adapters/slack/people.hpp"

#include <algorithm>

#include "adapters/slack/inbound_parts.hpp"

namespace muster::slack {
namespace {

using json::Value;

bool is_set(const Value& user, std::string_view name) {
    const auto* flag = in(user, name).flag();
    return flag && *flag;
}

}  // namespace

std::string name_of(const Value& user) {
    const auto& shown = in(user, "profile");
    for (auto name :
         {shown.text_of("real_name"),
          user.text_of("real_name"),
          shown.text_of("display_name"),
          user.text_of("name")})
        if (!name.empty()) return name;
    return {};
}

ZoneName zone_of(const Value& user) {
    auto zone = user.text_of("tz");
    return is_zone(zone) ? zone : ZoneName{};
}

bool is_bot(const Value& user) {
    return is_set(user, "is_bot") || is_set(user, "is_app_user") ||
           user.text_of("id") == "USLACKBOT";
}

bool is_outsider(const Value& user, const std::vector<Identity>& ours) {
    if (is_set(user, "is_stranger")) return true;
    auto team = user.text_of("team_id");
    auto enterprise = in(user, "enterprise_user").text_of("enterprise_id");
    auto is_of = [&](const Identity& us) {
        if (us.team.empty() || team.empty() || team == us.team) return true;
        return !us.enterprise.empty() && enterprise == us.enterprise;
    };
    return !ours.empty() && std::ranges::none_of(ours, is_of);
}

}  // namespace muster::slack
