#include "tests/fakes/msteams/tenant.hpp"

#include <algorithm>
#include <stdexcept>

namespace muster::fake_teams {

User& Tenant::add(User user) {
    return users_.emplace_back(std::move(user));
}

Channel& Tenant::add(Channel channel) {
    return channels_.emplace_back(std::move(channel));
}

User& Tenant::user(const std::string& id) {
    auto found = std::ranges::find(users_, id, &User::id);
    if (found == users_.end()) throw std::logic_error("nobody is called " + id);
    return *found;
}

User* Tenant::user_called(const std::string& called) {
    auto is_it = [&](const User& user) { return user.id == called || user.mri() == called; };
    auto found = std::ranges::find_if(users_, is_it);
    return found == users_.end() ? nullptr : &*found;
}

User* Tenant::owner_of(const std::string& chat) {
    auto found = std::ranges::find(users_, chat, &User::chat);
    return chat.empty() || found == users_.end() ? nullptr : &*found;
}

Channel* Tenant::channel(const std::string& id) {
    auto found = std::ranges::find(channels_, id, &Channel::id);
    return found == channels_.end() ? nullptr : &*found;
}

std::string Tenant::chat_with(User& user) {
    if (user.chat.empty()) user.chat = "a:chat-with-" + user.id;
    return user.chat;
}

Posted& Tenant::post(Posted message, Instant now) {
    last_id_ = std::max<std::int64_t>(last_id_ + 1, now.time_since_epoch().count());
    message.id = std::to_string(last_id_);
    message.at = now;
    return messages_.emplace_back(std::move(message));
}

Posted* Tenant::message(const std::string& conversation, const std::string& id) {
    auto is_there = [&](const Posted& one) {
        return one.id == id &&
               (one.conversation == conversation || channel_of(one.conversation) == conversation);
    };
    auto found = std::ranges::find_if(messages_, is_there);
    return found == messages_.end() ? nullptr : &*found;
}

std::vector<Posted> Tenant::posted_by_app_in(const std::string& place) const {
    std::vector<Posted> posted;
    for (const auto& one : messages_)
        if (one.author.empty() && !one.is_deleted && channel_of(one.conversation) == place)
            posted.push_back(one);
    return posted;
}

std::string channel_of(const std::string& conversation) {
    return conversation.substr(0, conversation.find(";messageid="));
}

std::string thread_of(const std::string& channel, const std::string& message) {
    return channel + ";messageid=" + message;
}

}  // namespace muster::fake_teams
