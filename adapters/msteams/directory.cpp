#include "adapters/msteams/directory.hpp"

#include <algorithm>

#include "adapters/http/message.hpp"
#include "adapters/msteams/activity_parts.hpp"

namespace muster::msteams {
namespace {

using namespace std::chrono_literals;
using json::Value;

constexpr int most_tries = 4;  // of one question, while Microsoft asks for a pause
constexpr auto longest_pause = 60s;
constexpr milliseconds ask_again_after = 30s;
constexpr int most_pages = 20;  // some may hold nobody
constexpr auto known_for = 15min;
constexpr std::size_t most_known = 20'000;

// Whether Microsoft may tell later what it does not tell now.
bool may_tell_later(const ConnectorAnswer& answer) {
    return answer.status == 0 || answer.status == 401 || answer.status == 429 ||
           answer.status >= 500;
}

NotTold not_told(const ConnectorAnswer& answer) {
    auto reason = answer.error.empty() ? std::string{"unreadable"} : answer.error;
    if (!may_tell_later(answer)) return {std::move(reason), 0ms};
    return {std::move(reason), std::max(answer.retry_after, ask_again_after)};
}

std::string account_of(const Value& member) {
    auto account = member.text_of("aadObjectId");
    return account.empty() ? member.text_of("objectId") : account;
}

bool is_guest(const Value& member) {
    constexpr std::string_view mark = "#EXT#";
    return http::same_word(member.text_of("userRole"), "guest") ||
           member.text_of("userPrincipalName").find(mark) != std::string::npos;
}

Profile profile_in(const Value& member, const std::string& tenant) {
    Profile profile;
    profile.account = account_of(member);
    profile.name = member.text_of("name");
    if (profile.name.empty()) profile.name = profile.account;
    profile.email = member.text_of("email");
    profile.is_guest = is_guest(member);
    auto theirs = http::lower_case(member.text_of("tenantId"));
    profile.is_outsider = !theirs.empty() && theirs != tenant;
    return profile;
}

}  // namespace

Task<DirectoryAnswer<Profile>> Directory::person(std::string account) {
    auto known = known_.find(account);
    if (known != known_.end() && clock_.steady_now() < known->second.until)
        co_return known->second.profile;
    const auto* contact = contacts_.find(account);
    if (!contact || contact->conversation.empty())
        co_return NotTold{"MemberNotFoundInConversation", 0ms};
    auto call = to_look_up_member(contact->conversation, account);
    auto answer = co_await ask(contact->service_url, std::move(call));
    if (!answer.ok() || account_of(answer.body).empty()) co_return not_told(answer);
    co_return profile_in(answer.body, tenant_);
}

Task<DirectoryAnswer<PlaceFacts>> Directory::place(std::string place) {
    const auto* known = contacts_.find(place);
    if (!known) co_return NotTold{"ConversationNotFound", 0ms};
    auto channel = *known;
    PlaceFacts facts;
    auto failure = co_await add_members(channel, facts);
    if (failure) co_return *failure;
    facts.name = co_await name_of(std::move(channel));
    co_return facts;
}

Task<DirectoryAnswer<GroupFacts>> Directory::group(std::string) {
    co_return NotTold{"no_such_group", 0ms};
}

Task<std::optional<NotTold>> Directory::add_members(Contact channel, PlaceFacts& facts) {
    std::string more;
    int pages = 0;
    do {
        auto call = to_list_members(channel.conversation, more);
        auto answer = co_await ask(channel.service_url, std::move(call));
        if (!answer.ok()) co_return not_told(answer);
        if (const auto* members = in(answer.body, "members").array())
            for (const auto& member : *members)
                co_await learn(member, channel.service_url, facts);
        more = answer.body.text_of("continuationToken");
    } while (!more.empty() && facts.members.size() < most_members_told && ++pages < most_pages);
    facts.has_more = !more.empty() || facts.members.size() > most_members_told;
    if (facts.members.size() > most_members_told) facts.members.resize(most_members_told);
    co_return std::nullopt;
}

// What they are called there is needed for the first message to them.
Task<> Directory::learn(const Value& member, std::string service_url, PlaceFacts& facts) {
    auto profile = profile_in(member, tenant_);
    if (profile.account.empty()) co_return;
    facts.members.push_back(profile.account);
    Contact contact;
    contact.address = profile.account;
    contact.name_there = member.text_of("id");
    contact.service_url = std::move(service_url);
    co_await contacts_.note(std::move(contact));
    if (known_.size() >= most_known) known_.clear();
    known_[profile.account] = {profile, clock_.steady_now() + known_for};
}

// The channel that every team has is called as the team; "" = not told.
Task<std::string> Directory::name_of(Contact channel) {
    if (channel.name_there.empty()) co_return "";
    auto list = to_list_channels(channel.name_there);
    auto channels = co_await ask(channel.service_url, std::move(list));
    if (const auto* listed = in(channels.body, "conversations").array())
        for (const auto& one : *listed)
            if (one.text_of("id") == channel.address && !one.text_of("name").empty())
                co_return one.text_of("name");
    auto look_up = to_look_up_team(channel.name_there);
    auto team = co_await ask(channel.service_url, std::move(look_up));
    co_return team.body.text_of("name");
}

Task<ConnectorAnswer> Directory::ask(std::string service_url, ConnectorCall call) {
    for (int tries = 1;; ++tries) {
        auto answer = co_await connector_.call(service_url, call);
        auto may_repeat = answer.retry_after > 0ms && answer.retry_after <= longest_pause;
        if (!may_repeat || tries == most_tries) co_return answer;
        co_await clock_.pause(answer.retry_after);
    }
}

}  // namespace muster::msteams
