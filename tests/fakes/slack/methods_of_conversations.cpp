#include <algorithm>

#include "tests/fakes/slack/objects.hpp"
#include "tests/fakes/slack/slack_json.hpp"
#include "tests/fakes/slack/web_methods.hpp"

namespace muster::fake_slack {
namespace {

constexpr std::int64_t usual_page = 100;
constexpr std::int64_t longest_limit = 999;
constexpr std::string_view cursor_begin = "bmV4dF90czox-";

// As Slack's: it must be taken as it is, and does not survive a URL unescaped.
std::string cursor_after(const std::string& last) {
    return std::string{cursor_begin} + last + "==";
}

std::optional<std::string> last_before(const std::string& cursor) {
    if (!cursor.starts_with(cursor_begin) || !cursor.ends_with("==")) return std::nullopt;
    return cursor.substr(cursor_begin.size(), cursor.size() - cursor_begin.size() - 2);
}

bool reads_as_time(const std::string& ts) {
    auto is_part = [](char letter) { return letter == '.' || (letter >= '0' && letter <= '9'); };
    return std::ranges::all_of(ts, is_part) && std::ranges::count(ts, '.') <= 1;
}

// Only digits and one point, so that leading zeros are all that texts hide.
std::int64_t microseconds_of(const std::string& ts) {
    auto point = std::min(ts.find('.'), ts.size());
    auto fraction = (ts.substr(std::min(ts.size(), point + 1)) + "000000").substr(0, 6);
    auto whole = ts.substr(0, point);
    return std::stoll((whole.empty() ? "0" : whole)) * 1'000'000 + std::stoll(fraction);
}

std::string scope_prefix(const Channel& channel) {
    if (channel.is_direct()) return "im:";
    return channel.is_private ? "groups:" : "channels:";
}

}  // namespace

json::Object WebMethods::open_conversation(const Arguments& arguments) {
    if (arguments.has("channel")) {
        auto* channel = workspace_.channel(arguments.text("channel"));
        if (!channel || !channel->is_direct())
            return blame("channel_not_found", "opens what is no direct message");
        return {{"ok", true}, {"channel", json::Object{{"id", channel->id}}}};
    }
    auto users = arguments.text("users");
    if (users.empty()) return blame("users_list_not_supplied", "says neither users nor channel");
    if (users.find(',') != std::string::npos)
        return blame("too_many_users", "opens a conversation of several people");
    auto* person = workspace_.user(users);
    if (!person || person->is_bot) return refuse("user_not_found", "nobody is " + users);
    if (person->is_deleted) return refuse("user_disabled", users + " has left");
    auto& channel = workspace_.direct_with(users);
    auto object = json::Object{{"id", channel.id}};
    if (arguments.flag("return_im"))
        object = channel_object(workspace_.installation, channel, workspace_.installation.bot_user);
    return {{"ok", true}, {"channel", std::move(object)}};
}

json::Object WebMethods::conversation_info(const Arguments& arguments) {
    auto target = place_to_read(arguments.text("channel"), "read");
    if (!target.channel) return target.refusal;
    auto object =
        channel_object(workspace_.installation, *target.channel, workspace_.installation.bot_user);
    if (arguments.flag("include_num_members"))
        put(object, "num_members", static_cast<int>(target.channel->members.size()));
    return {{"ok", true}, {"channel", std::move(object)}};
}

json::Object WebMethods::conversation_members(const Arguments& arguments) {
    auto target = place_to_read(arguments.text("channel"), "read");
    if (!target.channel) return target.refusal;
    auto members = target.channel->members;
    std::ranges::sort(members);
    if (arguments.has("cursor")) {
        auto last = last_before(arguments.text("cursor"));
        if (!last) return blame("invalid_cursor", "a cursor that Slack never gave");
        std::erase_if(members, [&](const std::string& member) { return member <= *last; });
    }
    auto limit = static_cast<std::size_t>(arguments.number("limit").value_or(usual_page));
    auto page = std::min(limit, workspace_.installation.longest_page);
    auto has_more = members.size() > page;
    if (has_more) members.resize(page);
    return {
        {"ok", true},
        {"members", texts(members)},
        {"response_metadata",
         json::Object{{"next_cursor", has_more ? cursor_after(members.back()) : ""}}}};
}

// The newest first. Replies are not shown, but for those that were shown to all as well.
json::Object WebMethods::history(const Arguments& arguments) {
    auto target = place_to_read(arguments.text("channel"), "history");
    if (!target.channel) return target.refusal;
    if (!target.channel->has(workspace_.installation.bot_user))
        return refuse("not_in_channel", "the app is not in " + target.channel->id);
    std::vector<const Message*> shown;
    for (const auto& [ts, message] : workspace_.messages[target.channel->id]) {
        auto is_top = message.thread.empty() || message.subtype == "thread_broadcast";
        auto is_tombstone = message.is_deleted && !workspace_.replies_to(message).empty();
        if (is_top && (!message.is_deleted || is_tombstone)) shown.push_back(&message);
    }
    std::ranges::reverse(shown);
    return page_of(std::move(shown), arguments);
}

// The parent, then the oldest first.
json::Object WebMethods::replies(const Arguments& arguments) {
    auto target = place_to_read(arguments.text("channel"), "history");
    if (!target.channel) return target.refusal;
    auto ts = arguments.text("ts");
    auto* parent = workspace_.message(target.channel->id, ts);
    if (!parent) return blame("thread_not_found", "there never was a message " + ts);
    auto replies = workspace_.replies_to(*parent);
    if (parent->is_deleted && replies.empty())
        return refuse("thread_not_found", "the message " + ts + " was deleted");
    replies.insert(replies.begin(), parent);
    return page_of(std::move(replies), arguments);
}

WebMethods::Target WebMethods::place_to_read(
    const std::string& id, const std::string& kind_of_scope
) {
    auto* channel = workspace_.channel(id);
    auto is_hidden =
        channel && channel->is_private && !channel->has(workspace_.installation.bot_user);
    if (!channel || is_hidden)
        return {nullptr, refuse("channel_not_found", "there is no " + id + " for the app")};
    auto scope = scope_prefix(*channel) + kind_of_scope;
    if (!has_scope(scope)) return {nullptr, lacks_scope(scope)};
    return {channel};
}

json::Object WebMethods::page_of(std::vector<const Message*> messages, const Arguments& arguments) {
    for (const auto* key : {"oldest", "latest"})
        if (!reads_as_time(arguments.text(key)))
            return blame(std::string{"invalid_ts_"} + key, std::string{key} + " is no time");
    auto limit = arguments.number("limit").value_or(usual_page);
    if (limit < 1 || limit > longest_limit)
        return blame("invalid_limit", "limit is not from 1 to 999");
    std::erase_if(messages, [&](const Message* message) {
        return !is_in_range(*message, arguments);
    });
    if (arguments.has("cursor")) {
        auto last = last_before(arguments.text("cursor"));
        if (!last || !workspace_.message(arguments.text("channel"), *last))
            return blame("invalid_cursor", "a cursor that Slack never gave");
        // It is a place in time: what stood there may be deleted by now.
        auto newest_first = messages.size() > 1 && messages.front()->ts > messages.back()->ts;
        std::erase_if(messages, [&](const Message* message) {
            return newest_first ? message->ts >= *last : message->ts <= *last;
        });
    }
    auto page = std::min(static_cast<std::size_t>(limit), workspace_.installation.longest_page);
    auto has_more = messages.size() > page;
    if (has_more) messages.resize(page);
    json::Array shown;
    for (const auto* message : messages)
        shown.emplace_back(message_object(workspace_, *message));
    json::Object body{{"ok", true}, {"messages", std::move(shown)}, {"has_more", has_more}};
    if (has_more)
        put(body,
            "response_metadata",
            json::Object{{"next_cursor", cursor_after(messages.back()->ts)}});
    return body;
}

bool WebMethods::is_in_range(const Message& message, const Arguments& arguments) const {
    if (message.in_history_from > now_) return false;
    auto at = microseconds_of(message.ts);
    auto is_inclusive = arguments.flag("inclusive");
    if (arguments.has("oldest")) {
        auto oldest = microseconds_of(arguments.text("oldest"));
        if (at < oldest || (at == oldest && !is_inclusive)) return false;
    }
    if (arguments.has("latest")) {
        auto latest = microseconds_of(arguments.text("latest"));
        if (at > latest || (at == latest && !is_inclusive)) return false;
    }
    return true;
}

}  // namespace muster::fake_slack
