#include "tests/fakes/slack/objects.hpp"
#include "tests/fakes/slack/slack_json.hpp"
#include "tests/fakes/slack/web_methods.hpp"

namespace muster::fake_slack {
namespace {

constexpr std::size_t longest_edit = 4'000;

}  // namespace

json::Object WebMethods::post_message(const Arguments& arguments) {
    auto target = place_to_post(arguments.text("channel"));
    if (!target.channel) return target.refusal;
    auto content = read_content(arguments.value("text"), arguments.value("blocks"));
    if (auto refusal = content_refused(content)) return *refusal;
    auto thread = arguments.text("thread_ts");
    if (auto refusal = thread_refused(*target.channel, thread)) return *refusal;
    for (const auto* key : {"unfurl_links", "unfurl_media"})
        if (!arguments.has(key) || arguments.flag(key))
            complaints_.violation(now_, name_, std::string{"does not turn "} + key + " off");

    auto is_broadcast = arguments.flag("reply_broadcast") && !thread.empty();
    Message message{
        .channel = target.channel->id,
        .thread = thread,
        .user = workspace_.installation.bot_user,
        .bot = workspace_.installation.bot,
        .text = std::move(content.text),
        .blocks = std::move(content.blocks),
        .subtype = is_broadcast ? "thread_broadcast" : ""};
    auto& posted = workspace_.post(std::move(message), now_);
    posted.in_history_from = now_ + hidden_;
    outbox_.posted(posted, now_);
    return {
        {"ok", true},
        {"channel", posted.channel},
        {"ts", posted.ts},
        {"message", message_object(workspace_, posted)}};
}

json::Object WebMethods::post_ephemeral(const Arguments& arguments) {
    auto target = place_to_post(arguments.text("channel"));
    if (!target.channel) return target.refusal;
    auto content = read_content(arguments.value("text"), arguments.value("blocks"));
    if (auto refusal = content_refused(content)) return *refusal;
    auto user = arguments.text("user");
    if (!target.channel->has(user))
        return refuse("user_not_in_channel", user + " is not in " + target.channel->id);
    auto thread = arguments.text("thread_ts");
    if (auto refusal = thread_refused(*target.channel, thread)) return *refusal;
    Ephemeral ephemeral{
        .channel = target.channel->id,
        .thread = thread,
        .user = user,
        .text = std::move(content.text),
        .blocks = std::move(content.blocks),
        .through = name_};
    auto& shown = workspace_.show(std::move(ephemeral), now_);
    return {{"ok", true}, {"message_ts", shown.ts}};
}

// What is not given stays as it was.
json::Object WebMethods::update(const Arguments& arguments) {
    auto own = own_message(arguments, "cant_update_message");
    if (!own.message) return own.refusal;
    auto content = read_content(arguments.value("text"), arguments.value("blocks"));
    if (auto refusal = content_refused(content)) return *refusal;
    if (characters_in(content.text) > longest_edit)
        return blame("msg_too_long", "text of an edit is longer than 4000 characters");

    auto before = *own.message;
    auto& message = *own.message;
    Message changed = message;
    if (!content.text.empty()) changed.text = std::move(content.text);
    if (content.has_blocks) changed.blocks = std::move(content.blocks);
    workspace_.fill_in(changed.blocks);
    changed.edited_by = workspace_.installation.bot_user;
    changed.edited_ts = workspace_.new_ts(now_);
    ++changed.edits;
    message = std::move(changed);
    outbox_.edited(before, message, now_);
    return {
        {"ok", true},
        {"channel", message.channel},
        {"ts", message.ts},
        {"text", message.text},
        {"message", message_object(workspace_, message)}};
}

json::Object WebMethods::remove(const Arguments& arguments) {
    auto own = own_message(arguments, "cant_delete_message");
    if (!own.message) return own.refusal;
    auto before = *own.message;
    own.message->is_deleted = true;
    outbox_.deleted(before, now_);
    return {{"ok", true}, {"channel", before.channel}, {"ts", before.ts}};
}

// A person's id opens the direct message, or means the one that is open.
WebMethods::Target WebMethods::place_to_post(const std::string& id) {
    const auto& installation = workspace_.installation;
    if (auto* person = workspace_.user(id)) {
        if (person->is_deleted || person->is_bot)
            return {nullptr, refuse("channel_not_found", id + " has no direct messages")};
        if (person->takes_no_messages)
            return {nullptr, refuse("restricted_action", id + " takes no messages from apps")};
        return {&workspace_.direct_with(id)};
    }
    auto* channel = workspace_.channel(id);
    auto is_hidden = channel && channel->is_private && !channel->has(installation.bot_user);
    if (!channel || is_hidden)
        return {nullptr, refuse("channel_not_found", "there is no " + id + " for the app")};
    if (channel->is_archived) return {nullptr, refuse("is_archived", id + " is archived")};
    if (channel->is_direct() && workspace_.users.at(channel->person).is_deleted)
        return {nullptr, refuse("channel_not_found", "the person of " + id + " has left")};
    if (channel->is_direct() && workspace_.users.at(channel->person).takes_no_messages)
        return {nullptr, refuse("restricted_action", id + " takes no messages from apps")};
    if (!channel->has(installation.bot_user) && !has_scope("chat:write.public"))
        return {nullptr, refuse("not_in_channel", "the app is not in " + id)};
    return {channel};
}

std::optional<json::Object> WebMethods::thread_refused(
    const Channel& channel, const std::string& thread
) {
    if (thread.empty()) return std::nullopt;
    auto* parent = workspace_.message(channel.id, thread);
    if (!parent)
        return blame("thread_not_found", "there never was a message " + thread + " to reply to");
    if (!parent->thread.empty())
        return blame("thread_not_found", thread + " is itself a reply: a thread is its parent's");
    if (parent->is_deleted && workspace_.replies_to(*parent).empty())
        return refuse("thread_not_found", "the message " + thread + " was deleted");
    return std::nullopt;
}

WebMethods::Own WebMethods::own_message(const Arguments& arguments, const char* error_of_others) {
    auto place = arguments.text("channel");
    auto ts = arguments.text("ts");
    if (!workspace_.channels.contains(place))
        return {nullptr, blame("channel_not_found", "messages are not in \"" + place + "\"")};
    if (!workspace_.channel(place))
        return {nullptr, refuse("channel_not_found", place + " was deleted")};
    auto* message = workspace_.message(place, ts);
    if (!message) return {nullptr, blame("message_not_found", "there never was a message " + ts)};
    if (message->is_deleted)
        return {nullptr, refuse("message_not_found", "the message " + ts + " was deleted")};
    if (!workspace_.is_ours(*message))
        return {nullptr, blame(error_of_others, "the message " + ts + " is somebody else's")};
    if (workspace_.channel(place)->is_archived)
        return {nullptr, refuse("is_archived", place + " is archived")};
    return {message};
}

}  // namespace muster::fake_slack
