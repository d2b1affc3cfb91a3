#include <algorithm>
#include <array>

#include "adapters/slack/inbound_parts.hpp"
#include "adapters/slack/people.hpp"
#include "adapters/slack/status.hpp"

namespace muster::slack {
namespace {

using json::Value;
using News = std::variant<InboundEvent, Nothing>;

// Each begins with "channel_" or, of private ones, with "group_".
constexpr std::array<std::string_view, 3> losses{"archive", "deleted", "left"};

News lost_tokens(const Value& event, const std::vector<Identity>& ours);
News changed_person(const Value& event, const std::vector<Identity>& ours);
News quiet_wanted(const Value& event);
News leaver(const Value& event, const std::vector<Identity>& ours);
News joined(const Value& event, const std::vector<Identity>& ours);
News moved(const Value& event);
News changed_group(const Value& event);
std::string_view change_of_a_channel(std::string_view type);

bool is_ours(const std::vector<Identity>& ours, const std::string& user) {
    return !user.empty() && std::ranges::find(ours, user, &Identity::bot_user) != ours.end();
}

template <class Event>
News of_channel(const Value& event) {
    auto channel = event.text_of("channel");
    if (channel.empty()) return Nothing{why::unreadable};
    return Event{std::move(channel)};
}

}  // namespace

std::optional<News> news_in(const Value& event, const std::vector<Identity>& ours) {
    auto type = event.text_of("type");
    if (type == "app_uninstalled") return ConnectionLost{type};
    if (type == "tokens_revoked") return lost_tokens(event, ours);
    if (type == "team_access_revoked") return ConnectionLost{type};
    if (type == "user_change") return changed_person(event, ours);
    if (type == "dnd_updated_user") return quiet_wanted(event);
    if (type == "member_left_channel") return leaver(event, ours);
    if (type == "member_joined_channel") return joined(event, ours);
    if (type == "subteam_members_changed") return changed_group(event);
    auto change = change_of_a_channel(type);
    if (std::ranges::find(losses, change) != losses.end()) return of_channel<Left>(event);
    if (change == "unarchive") return of_channel<Reopened>(event);
    if (change == "id_changed") return moved(event);
    return std::nullopt;
}

namespace {

// People may have tokens of their own; only without the bot's nothing goes any more.
News lost_tokens(const Value& event, const std::vector<Identity>& ours) {
    const auto* bots = in(in(event, "tokens"), "bot").array();
    auto is_own = [&](const Value& bot) { return bot.text() && is_ours(ours, *bot.text()); };
    if (!bots || std::ranges::none_of(*bots, is_own)) return Nothing{why::tokens_revoked};
    return ConnectionLost{"tokens_revoked"};
}

// Of those who left Slack tells no more than that.
News changed_person(const Value& event, const std::vector<Identity>& ours) {
    const auto& user = in(event, "user");
    auto id = user.text_of("id");
    const auto* is_deleted = in(user, "deleted").flag();
    if (id.empty() || !is_deleted) return Nothing{why::unreadable};
    PersonChanged changed{std::move(id), *is_deleted};
    if (*is_deleted) return changed;
    if (auto name = name_of(user); !name.empty()) changed.name = std::move(name);
    if (auto zone = zone_of(user); !zone.empty()) changed.zone = std::move(zone);
    if (!user.text_of("team_id").empty()) changed.is_outsider = is_outsider(user, ours);
    changed.away = away_hint_in(in(user, "profile"));
    return changed;
}

News quiet_wanted(const Value& event) {
    auto user = event.text_of("user");
    const auto& status = in(event, "dnd_status");
    const auto* is_on = in(status, "dnd_enabled").flag();
    if (user.empty() || !is_on) return Nothing{why::unreadable};
    QuietWanted wanted{std::move(user)};
    if (!*is_on) return wanted;
    wanted.from = instant_in(in(status, "next_dnd_start_ts"));
    wanted.to = instant_in(in(status, "next_dnd_end_ts"));
    return wanted;
}

News leaver(const Value& event, const std::vector<Identity>& ours) {
    if (!is_ours(ours, event.text_of("user"))) return Nothing{why::not_for_us};
    return of_channel<Left>(event);
}

// The inviter is not told where nobody invited: Muster was in a channel from its beginning, or
// added by an administrator.
News joined(const Value& event, const std::vector<Identity>& ours) {
    auto user = event.text_of("user");
    auto channel = event.text_of("channel");
    if (channel.empty() || user.empty()) return Nothing{why::unreadable};
    if (!is_ours(ours, user)) return MemberJoined{std::move(channel), std::move(user)};
    return Joined{std::move(channel), event.text_of("inviter")};
}

News moved(const Value& event) {
    auto from = event.text_of("old_channel_id");
    auto to = event.text_of("new_channel_id");
    if (from.empty() || to.empty()) return Nothing{why::unreadable};
    return PlaceMoved{std::move(from), std::move(to)};
}

std::vector<std::string> accounts_in(const Value& list) {
    std::vector<std::string> accounts;
    if (const auto* users = list.array())
        for (const auto& user : *users)
            if (user.text() && !user.text()->empty()) accounts.push_back(*user.text());
    return accounts;
}

News changed_group(const Value& event) {
    GroupChanged changed{
        event.text_of("subteam_id"),
        accounts_in(in(event, "added_users")),
        accounts_in(in(event, "removed_users"))};
    const bool says_nothing = changed.came.empty() && changed.left.empty();
    if (changed.group.empty() || says_nothing) return Nothing{why::unreadable};
    return changed;
}

std::string_view change_of_a_channel(std::string_view type) {
    for (std::string_view kind : {"channel_", "group_"})
        if (type.starts_with(kind)) return type.substr(kind.size());
    return {};
}

}  // namespace
}  // namespace muster::slack
