#include "tests/fakes/slack/person.hpp"

#include <algorithm>
#include <stdexcept>

#include "tests/fakes/slack/mrkdwn.hpp"
#include "tests/fakes/slack/objects.hpp"
#include "tests/fakes/slack/reading.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

[[noreturn]] void impossible(const std::string& why) {
    throw std::logic_error{why};
}

json::Object leaf(const std::string& type, const std::string& key, const std::string& value) {
    return {{"type", type}, {key, value}};
}

// What Slack's own editor makes of a line.
json::Array line_of(json::Array leaves) {
    json::Object section{{"type", "rich_text_section"}, {"elements", std::move(leaves)}};
    json::Array sections;
    sections.emplace_back(std::move(section));
    json::Object block{{"type", "rich_text"}, {"elements", std::move(sections)}};
    json::Array blocks;
    blocks.emplace_back(std::move(block));
    return blocks;
}

json::Array line_of(const std::string& words) {
    json::Array leaves;
    leaves.emplace_back(leaf("text", "text", words));
    return line_of(std::move(leaves));
}

json::Object place_of(const Channel& channel) {
    auto name = channel.is_private ? "privategroup" : channel.name;
    return {{"id", channel.id}, {"name", name}};
}

const json::Object* button_in(
    const json::Array& blocks, const std::string& name, std::string& block_id
) {
    for (const auto& button : buttons_in(blocks)) {
        if (button.label != name && button.action_id != name && button.value != name) continue;
        block_id = button.block_id;
        for (const auto& block : blocks) {
            if (block.text_of("block_id") != block_id) continue;
            if (auto* accessory = block.find("accessory")) return accessory->object();
            for (const auto& element : array_of(*block.object(), "elements"))
                if (element.text_of("action_id") == button.action_id) return element.object();
        }
    }
    impossible("there is no button " + name);
}

// What Slack tells of a button that was pressed.
json::Array actions_of(const json::Object& button, const std::string& block_id, std::string ts) {
    json::Object action{
        {"action_id", text_of(button, "action_id")},
        {"block_id", block_id},
        {"text", *find(button, "text")}};
    for (const auto* key : {"value", "style"})
        if (find(button, key)) put(action, key, text_of(button, key));
    put(action, "type", "button");
    put(action, "action_ts", std::move(ts));
    json::Array actions;
    actions.emplace_back(std::move(action));
    return actions;
}

std::size_t length_in(const json::Object& element, std::string_view key, std::size_t otherwise) {
    auto* value = find(element, key);
    return value && value->number() ? static_cast<std::size_t>(*value->number()) : otherwise;
}

}  // namespace

std::string Person::direct() {
    if (!slack_.workspace().user(id_)) impossible("nobody is " + id_);
    return slack_.workspace().direct_with(id_).id;
}

std::string Person::says_in(
    const std::string& channel, const std::string& words, Instant now, std::string thread
) {
    Message message{
        .channel = channel,
        .thread = std::move(thread),
        .user = id_,
        .bot = "",
        .text = as_sent(words),
        .blocks = line_of(words)};
    return write(std::move(message), now);
}

std::string Person::mentions_app_in(
    const std::string& channel, const std::string& words, Instant now, std::string thread
) {
    const auto& app = slack_.workspace().installation.bot_user;
    json::Array leaves;
    leaves.emplace_back(leaf("user", "user_id", app));
    leaves.emplace_back(leaf("text", "text", " " + words));
    Message message{
        .channel = channel,
        .thread = std::move(thread),
        .user = id_,
        .bot = "",
        .text = "<@" + app + "> " + as_sent(words),
        .blocks = line_of(std::move(leaves))};
    return write(std::move(message), now);
}

std::string Person::write(Message message, Instant now) {
    auto& workspace = slack_.workspace();
    auto* channel = workspace.channel(message.channel);
    if (!channel || !channel->has(id_) || channel->is_archived)
        impossible(id_ + " cannot write in " + message.channel);
    if (!message.thread.empty() && !workspace.message(message.channel, message.thread))
        impossible("there is no message " + message.thread + " to reply to");
    message.client_msg_id = workspace.new_client_msg_id();
    auto& posted = workspace.post(std::move(message), now);
    slack_.outbox().posted(posted, now);
    return posted.ts;
}

void Person::edits(
    const std::string& channel, const std::string& ts, const std::string& words, Instant now
) {
    auto& workspace = slack_.workspace();
    auto& message = own_line(channel, ts);
    auto before = message;
    message.text = as_sent(words);
    message.blocks = line_of(words);
    workspace.fill_in(message.blocks);
    message.edited_by = id_;
    message.edited_ts = workspace.new_ts(now).substr(0, 10) + ".000000";  // in whole seconds
    ++message.edits;
    slack_.outbox().edited(before, message, now);
}

void Person::deletes(const std::string& channel, const std::string& ts, Instant now) {
    auto& message = own_line(channel, ts);
    auto before = message;
    message.is_deleted = true;
    slack_.outbox().deleted(before, now);
}

void Person::sees_preview_in(const std::string& channel, const std::string& ts, Instant now) {
    slack_.outbox().previewed(own_line(channel, ts), now);
}

void Person::commands(
    const std::string& channel, const std::string& command, const std::string& text, Instant now
) {
    auto& workspace = slack_.workspace();
    const auto& installation = workspace.installation;
    auto* place = workspace.channel(channel);
    const auto& person = workspace.users.at(id_);
    if (!place || !place->has(id_)) impossible(id_ + " cannot type in " + channel);
    ResponseUrl response_url{.user = id_, .channel = channel, .message = "", .issued_at = now};
    FormFields fields{
        {"token", "not-to-be-relied-upon"},
        {"team_id", person.team.empty() ? installation.team : person.team},
        {"team_domain", installation.domain},
        {"channel_id", place->id},
        {"channel_name", place->is_private ? "privategroup" : place->name},
        {"user_id", id_},
        {"user_name", person.name},
        {"command", command},
        {"text", text},
        {"api_app_id", installation.app},
        {"is_enterprise_install", "false"},
        {"response_url", workspace.new_response_url(std::move(response_url), "commands")},
        {"trigger_id", workspace.new_trigger(id_, now)}};
    AppRequest about;
    about.user = id_;
    about.channel = channel;
    slack_.outbox().command(fields, now, std::move(about));
}

void Person::presses(
    const std::string& channel, const std::string& ts, const std::string& name, Instant now
) {
    auto& workspace = slack_.workspace();
    auto* message = workspace.message(channel, ts);
    auto* ephemeral = workspace.ephemeral(channel, ts);
    auto is_gone = message ? message->is_deleted : !ephemeral || ephemeral->is_deleted;
    if (is_gone) impossible("there is no message " + ts);
    if (ephemeral && ephemeral->user != id_) impossible(id_ + " does not see " + ts);

    std::string block_id;
    const auto& button = *button_in(message ? message->blocks : ephemeral->blocks, name, block_id);
    auto thread = message ? message->thread : ephemeral->thread;
    json::Object container{
        {"type", "message"},
        {"message_ts", ts},
        {"channel_id", channel},
        {"is_ephemeral", ephemeral != nullptr}};
    if (!thread.empty()) put(container, "thread_ts", thread);
    auto actions = actions_of(button, block_id, workspace.new_ts(now));

    ResponseUrl response_url{
        .user = id_,
        .channel = channel,
        .message = ts,
        .of_ephemeral = ephemeral != nullptr,
        .issued_at = now};
    auto payload = interaction_of(workspace, "block_actions", id_);
    put(payload, "container", std::move(container));
    put(payload, "trigger_id", workspace.new_trigger(id_, now));
    put(payload, "channel", place_of(workspace.channels.at(channel)));
    if (message) put(payload, "message", message_object(workspace, *message));
    put(payload, "state", json::Object{{"values", json::Object{}}});
    put(payload, "response_url", workspace.new_response_url(std::move(response_url), "actions"));
    put(payload, "actions", std::move(actions));
    AppRequest about;
    about.user = id_;
    about.channel = channel;
    slack_.outbox().interaction(std::move(payload), now, std::move(about));
}

// ---- the app's home

View* Person::home() {
    auto found = slack_.workspace().homes.find(id_);
    return found == slack_.workspace().homes.end() ? nullptr : &found->second;
}

void Person::opens_home(Instant now) {
    opens_tab("home", now);
}

void Person::opens_messages(Instant now) {
    opens_tab("messages", now);
}

void Person::opens_tab(const std::string& tab, Instant now) {
    auto& workspace = slack_.workspace();
    json::Object opened{
        {"type", "app_home_opened"}, {"user", id_}, {"channel", direct()}, {"tab", tab}};
    if (const auto* shown = home(); shown && tab == "home")
        put(opened, "view", view_object(workspace.installation, *shown, false));
    put(opened, "event_ts", workspace.new_ts(now));
    slack_.outbox().event(std::move(opened), now, nullptr, id_);
}

void Person::presses_at_home(const std::string& name, Instant now) {
    auto& workspace = slack_.workspace();
    const auto* view = home();
    if (!view) impossible("nothing is published for " + id_);
    std::string block_id;
    const auto& button = *button_in(array_of(view->content, "blocks"), name, block_id);
    auto payload = interaction_of(workspace, "block_actions", id_);
    put(payload, "container", json::Object{{"type", "view"}, {"view_id", view->id}});
    put(payload, "trigger_id", workspace.new_trigger(id_, now));
    put(payload, "view", view_object(workspace.installation, *view, true));
    put(payload, "actions", actions_of(button, block_id, workspace.new_ts(now)));
    AppRequest about;
    about.user = id_;
    slack_.outbox().interaction(std::move(payload), now, std::move(about));
}

// ---- forms

void Person::enters(const std::string& block_id, const std::string& value) {
    if (!form()) impossible(id_ + " has no form open");
    for (const auto& field : shown(*form()).fields) {
        if (field.block_id != block_id) continue;
        auto labelled = std::ranges::find(field.options, value, &ShownOption::label);
        form()->typed[block_id] = labelled == field.options.end() ? value : labelled->value;
        return;
    }
    impossible("the form has no field " + block_id);
}

bool Person::submits(Instant now) {
    auto& workspace = slack_.workspace();
    auto* view = form();
    if (!view) impossible(id_ + " has no form open");
    if (!may_submit(*view)) return false;
    auto payload = interaction_of(workspace, "view_submission", id_);
    put(payload, "trigger_id", workspace.new_trigger(id_, now));
    put(payload, "view", view_object(workspace.installation, *view, true));
    put(payload, "response_urls", json::Array{});
    AppRequest about;
    about.user = id_;
    about.view = view->id;
    slack_.outbox().interaction(std::move(payload), now, std::move(about));
    return true;
}

void Person::closes(Instant now) {
    auto& workspace = slack_.workspace();
    auto* view = form();
    if (!view) impossible(id_ + " has no form open");
    view->is_open = false;
    std::erase(workspace.stacks[id_], view->id);
    auto* notify = find(view->content, "notify_on_close");
    if (!notify || *notify != json::Value{true}) return;
    auto payload = interaction_of(workspace, "view_closed", id_);
    put(payload, "view", view_object(workspace.installation, *view, false));
    put(payload, "is_cleared", false);
    AppRequest about;
    about.user = id_;
    slack_.outbox().interaction(std::move(payload), now, std::move(about));
}

bool Person::may_submit(const View& view) {
    if (!find(view.content, "submit")) impossible("the form cannot be sent");
    for (const auto& input : inputs_of(view.content)) {
        auto typed = view.typed.find(input.block_id);
        auto entered = typed == view.typed.end() ? initial_of(*input.element) : typed->second;
        auto length = characters_in(entered);
        auto is_missing = entered.empty() && !input.is_optional;
        auto is_short = length > 0 && length < length_in(*input.element, "min_length", 0);
        auto is_long = length > length_in(*input.element, "max_length", 3'000);
        if (!is_missing && !is_short && !is_long) continue;
        slack_.workspace().notices.push_back({id_, "complete the field " + input.block_id});
        return false;
    }
    return true;
}

// ---- coming and going

void Person::joins(const std::string& channel, Instant now) {
    auto& place = slack_.workspace().channels.at(channel);
    if (!place.has(id_)) place.members.push_back(id_);
    slack_.outbox().came_or_went("member_joined_channel", place, id_, now);
}

void Person::invites_app_to(const std::string& channel, Instant now) {
    auto& place = slack_.workspace().channels.at(channel);
    if (!place.has(id_)) impossible(id_ + " is not in " + channel);
    const auto app = slack_.workspace().installation.bot_user;
    if (!place.has(app)) place.members.push_back(app);
    slack_.outbox().came_or_went("member_joined_channel", place, app, now, id_);
}

void Person::leaves(const std::string& channel, Instant now) {
    auto& place = slack_.workspace().channels.at(channel);
    std::erase(place.members, id_);
    slack_.outbox().came_or_went("member_left_channel", place, id_, now);
}

Message& Person::own_line(const std::string& channel, const std::string& ts) {
    auto* message = slack_.workspace().message(channel, ts);
    if (!message || message->is_deleted || message->user != id_)
        impossible(id_ + " wrote no line " + ts);
    return *message;
}

}  // namespace muster::fake_slack
