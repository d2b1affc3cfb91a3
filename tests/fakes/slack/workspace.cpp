#include "tests/fakes/slack/workspace.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

constexpr std::int64_t between_messages = 100;  // microseconds: more than one may be said at once

std::string as_ts(std::int64_t microseconds) {
    return fmt::format("{:010}.{:06}", microseconds / 1'000'000, microseconds % 1'000'000);
}

}  // namespace

bool Channel::has(const std::string& user) const {
    return std::ranges::find(members, user) != members.end();
}

Workspace::Workspace(Installation given) : installation(std::move(given)) {
    add(User{
        .id = installation.bot_user,
        .name = "muster",
        .real_name = installation.bot_name,
        .tz = std::nullopt,
        .is_bot = true});
}

void Workspace::exchange_token(std::string token) {
    tokens_of_before.erase(token);
    tokens_of_before.insert(std::exchange(installation.token, std::move(token)));
    token_is_revoked = false;
}

void Workspace::add(User user) {
    auto id = user.id;
    users.insert_or_assign(id, std::move(user));
}

void Workspace::add(Channel channel) {
    auto id = channel.id;
    channels.insert_or_assign(id, std::move(channel));
}

const User* Workspace::user(const std::string& id) const {
    auto found = users.find(id);
    return found == users.end() ? nullptr : &found->second;
}

Channel* Workspace::channel(const std::string& id) {
    auto found = channels.find(id);
    auto is_there = found != channels.end() && !found->second.is_deleted;
    return is_there ? &found->second : nullptr;
}

Channel& Workspace::direct_with(const std::string& person) {
    auto id = "D" + person.substr(1);
    auto [place, is_new] = channels.try_emplace(id);
    if (is_new)
        place->second = {
            .id = id,
            .name = "directmessage",
            .members = {person, installation.bot_user},
            .person = person};
    return place->second;
}

Message& Workspace::post(Message message, Instant now) {
    message.ts = new_ts(now);
    message.in_history_from = now;
    fill_in(message.blocks);
    auto ts = message.ts;
    auto& here = messages[message.channel];
    return here.insert_or_assign(ts, std::move(message)).first->second;
}

Message* Workspace::message(const std::string& channel, const std::string& ts) {
    auto& here = messages[channel];
    auto found = here.find(ts);
    return found == here.end() ? nullptr : &found->second;
}

std::vector<const Message*> Workspace::replies_to(const Message& parent) const {
    std::vector<const Message*> replies;
    for (const auto& [ts, message] : messages.at(parent.channel))
        if (message.thread == parent.ts && !message.is_deleted) replies.push_back(&message);
    return replies;
}

Ephemeral& Workspace::show(Ephemeral ephemeral, Instant now) {
    ephemeral.ts = new_ts(now);
    fill_in(ephemeral.blocks);
    return ephemerals.emplace_back(std::move(ephemeral));
}

Ephemeral* Workspace::ephemeral(const std::string& channel, const std::string& ts) {
    auto is_it = [&](const Ephemeral& one) { return one.channel == channel && one.ts == ts; };
    auto found = std::ranges::find_if(ephemerals, is_it);
    return found == ephemerals.end() ? nullptr : &*found;
}

void Workspace::fill_in(json::Array& blocks) {
    auto fill = [this](json::Value& value, const char* key, const char* prefix) {
        auto& object = std::get<json::Object>(value.content);
        if (!find(object, key)) object.push_back({key, new_id(prefix)});
    };
    for (auto& block : blocks) {
        fill(block, "block_id", "b");
        auto has_elements = block.text_of("type") == "actions";
        for (auto& [key, value] : std::get<json::Object>(block.content)) {
            if (key == "element" || key == "accessory") fill(value, "action_id", "a");
            if (key != "elements" || !has_elements) continue;
            for (auto& element : std::get<json::Array>(value.content))
                fill(element, "action_id", "a");
        }
    }
}

// ---- views

View* Workspace::top_view_of(const std::string& user) {
    auto& stack = stacks[user];
    return stack.empty() ? nullptr : view(stack.back());
}

View* Workspace::view(const std::string& id) {
    auto found = views.find(id);
    return found == views.end() ? nullptr : &found->second;
}

View& Workspace::put_on_top(View view, Instant now) {
    auto& stack = stacks[view.user];
    view.id = new_id("V");
    view.root = stack.empty() ? view.id : stack.front();
    view.previous = stack.empty() ? "" : stack.back();
    stack.push_back(view.id);
    auto content = std::move(view.content);
    auto& kept = views.insert_or_assign(view.id, view).first->second;
    replace(kept, std::move(content), now);
    return kept;
}

void Workspace::replace(View& view, json::Object content, Instant now) {
    if (auto* blocks = find(content, "blocks")) {
        auto filled_in = *blocks->array();
        fill_in(filled_in);
        put(content, "blocks", std::move(filled_in));
    }
    view.content = std::move(content);
    view.errors.clear();
    view.hash = new_ts(now).substr(0, 10) + "." + new_id("h");
}

void Workspace::close_views_of(const std::string& user) {
    for (const auto& id : stacks[user])
        view(id)->is_open = false;
    stacks[user].clear();
}

// ---- what is given out

std::string Workspace::new_ts(Instant now) {
    auto microseconds = std::chrono::microseconds{now.time_since_epoch()}.count();
    last_ts_ = std::max(microseconds, last_ts_ + between_messages);
    return as_ts(last_ts_);
}

std::string Workspace::new_id(const std::string& prefix) {
    return fmt::format("{}{:07}", prefix, ++last_id_);
}

std::string Workspace::new_trigger(const std::string& user, Instant now) {
    ++last_id_;
    auto id = fmt::format("{}.1000.{:032x}", 7'000'000 + last_id_, last_id_);
    triggers[id] = {user, now};
    return id;
}

std::string Workspace::new_response_url(ResponseUrl response_url, const std::string& kind) {
    auto url = fmt::format(
        "{}{}/{}/{}", installation.responses, kind, installation.team, new_id("secret")
    );
    response_urls[url] = std::move(response_url);
    return url;
}

std::string Workspace::new_client_msg_id() {
    return fmt::format("c0ffee00-0000-4000-8000-{:012x}", ++last_id_);
}

}  // namespace muster::fake_slack
