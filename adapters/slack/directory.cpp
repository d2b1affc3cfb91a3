#include "adapters/slack/directory.hpp"

#include <algorithm>

#include "adapters/slack/inbound_parts.hpp"
#include "adapters/slack/outcome.hpp"
#include "adapters/slack/people.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;
using json::Value;

constexpr int most_tries = 4;  // of one question, while Slack asks for a pause
constexpr auto longest_pause = 60s;
constexpr milliseconds ask_again_after = 30s;
constexpr int page = 200;
constexpr int most_pages = 20;        // some may hold nobody
constexpr int most_workspaces = 100;  // of one organisation, which are asked for a group
constexpr std::string_view no_such_group = "no_such_group";

bool is_set(const Value& object, std::string_view name) {
    const auto* flag = in(object, name).flag();
    return flag && *flag;
}

NotTold not_told(const ApiAnswer& answer) {
    auto reason = answer.error.empty() ? std::string{"unreadable"} : answer.error;
    switch (reading_of(answer)) {
        case Reading::not_now:
        case Reading::suspended:
            return {std::move(reason), std::max(pause_of_reading(answer), ask_again_after)};
        case Reading::answered:
        case Reading::never: break;
    }
    return {std::move(reason), 0ms};
}

Profile profile_in(const Value& user, const std::optional<Identity>& us) {
    Profile profile;
    profile.account = user.text_of("id");
    profile.name = name_of(user);
    if (profile.name.empty()) profile.name = profile.account;
    profile.email = in(user, "profile").text_of("email");
    profile.zone = zone_of(user);
    profile.is_bot = is_bot(user);
    profile.is_closed = is_set(user, "deleted");
    profile.is_guest = is_set(user, "is_restricted") || is_set(user, "is_ultra_restricted");
    profile.is_outsider = is_outsider(user, us ? std::vector{*us} : std::vector<Identity>{});
    return profile;
}

PlaceFacts place_in(const Value& channel) {
    PlaceFacts place;
    place.name = channel.text_of("name");
    place.is_private = is_set(channel, "is_private");
    place.is_shared = is_set(channel, "is_ext_shared") || is_set(channel, "is_pending_ext_shared");
    place.is_archived = is_set(channel, "is_archived");
    return place;
}

std::string lower(std::string text) {
    for (auto& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

// "@payments", "payments", or what stands above its people: "Payments team".
bool is_named(const Value& group, std::string_view typed) {
    if (typed.starts_with('@')) typed.remove_prefix(1);
    auto wanted = lower(std::string{typed});
    return lower(group.text_of("handle")) == wanted || lower(group.text_of("name")) == wanted;
}

}  // namespace

Directory::Directory(WebApi& api, Clock& clock, const std::optional<Identity>& us)
    : api_(api), clock_(clock), us_(us) {}

Task<DirectoryAnswer<Profile>> Directory::person(std::string account) {
    json::Object arguments{{"user", account}};
    auto answer = co_await ask("users.info", std::move(arguments));
    const auto& user = in(answer.body, "user");
    if (!answer.ok || user.text_of("id").empty()) co_return not_told(answer);
    co_return profile_in(user, us_);
}

Task<DirectoryAnswer<PlaceFacts>> Directory::place(std::string place) {
    json::Object arguments{{"channel", place}};
    auto answer = co_await ask("conversations.info", std::move(arguments));
    const auto& channel = in(answer.body, "channel");
    if (!answer.ok || !channel.object()) co_return not_told(answer);
    auto facts = place_in(channel);
    auto failure = co_await add_members(std::move(place), facts);
    if (failure) co_return *failure;
    co_return facts;
}

Task<DirectoryAnswer<GroupFacts>> Directory::group(std::string name) {
    auto workspaces = co_await own_workspaces();
    if (auto* failure = std::get_if<NotTold>(&workspaces)) co_return std::move(*failure);
    for (const auto& workspace : std::get<std::vector<std::string>>(workspaces)) {
        auto found = co_await group_in(workspace, name);
        const auto* failure = std::get_if<NotTold>(&found);
        if (!failure || failure->reason != no_such_group) co_return found;
    }
    co_return NotTold{std::string{no_such_group}, 0ms};
}

// An app of a whole organisation has to say whose groups it asks for (protocols/slack.md 7).
Task<DirectoryAnswer<std::vector<std::string>>> Directory::own_workspaces() {
    std::vector<std::string> workspaces;
    if (!us_ || !us_->team.empty()) {
        workspaces.push_back(us_ ? us_->team : "");
        co_return workspaces;
    }
    json::Object arguments{{"limit", most_workspaces}};
    auto answer = co_await ask("auth.teams.list", std::move(arguments));
    const auto* teams = in(answer.body, "teams").array();
    if (!answer.ok || !teams) co_return not_told(answer);
    for (const auto& team : *teams)
        if (workspaces.size() < most_workspaces) workspaces.push_back(team.text_of("id"));
    co_return workspaces;
}

Task<DirectoryAnswer<GroupFacts>> Directory::group_in(std::string workspace, std::string name) {
    json::Object whose;
    if (!workspace.empty()) whose.push_back({"team_id", workspace});
    auto listed = co_await ask("usergroups.list", whose);
    const auto* groups = in(listed.body, "usergroups").array();
    if (!listed.ok || !groups) co_return not_told(listed);
    auto is_it = [&](const Value& group) { return is_named(group, name); };
    auto found = std::ranges::find_if(*groups, is_it);
    if (found == groups->end()) co_return NotTold{std::string{no_such_group}, 0ms};

    GroupFacts group{found->text_of("id"), "@" + found->text_of("handle"), {}};
    auto arguments = std::move(whose);
    arguments.push_back({"usergroup", group.id});
    auto answer = co_await ask("usergroups.users.list", std::move(arguments));
    const auto* users = in(answer.body, "users").array();
    if (!answer.ok || !users) co_return not_told(answer);
    for (const auto& user : *users)
        if (user.text() && group.members.size() < most_members_told)
            group.members.push_back(*user.text());
    co_return group;
}

Task<std::optional<NotTold>> Directory::add_members(std::string place, PlaceFacts& facts) {
    std::string cursor;
    int pages = 0;
    do {
        json::Object arguments{{"channel", place}, {"limit", page}};
        if (!cursor.empty()) arguments.push_back({"cursor", cursor});
        auto answer = co_await ask("conversations.members", std::move(arguments));
        if (!answer.ok) co_return not_told(answer);
        if (const auto* members = in(answer.body, "members").array())
            for (const auto& member : *members)
                if (member.text() && !(us_ && *member.text() == us_->bot_user))
                    facts.members.push_back(*member.text());
        cursor = in(answer.body, "response_metadata").text_of("next_cursor");
    } while (!cursor.empty() && facts.members.size() < most_members_told && ++pages < most_pages);
    facts.has_more = !cursor.empty() || facts.members.size() > most_members_told;
    if (facts.members.size() > most_members_told) facts.members.resize(most_members_told);
    co_return std::nullopt;
}

Task<ApiAnswer> Directory::ask(std::string method, json::Object arguments) {
    for (int tries = 1;; ++tries) {
        auto answer = co_await api_.call(method, arguments, true);
        auto may_repeat = answer.retry_after > 0ms && answer.retry_after <= longest_pause;
        if (!may_repeat || tries == most_tries) co_return answer;
        co_await clock_.pause(answer.retry_after);
    }
}

}  // namespace muster::slack
