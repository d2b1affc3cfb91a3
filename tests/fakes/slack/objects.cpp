#include "tests/fakes/slack/objects.hpp"

#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

json::Value text_or_null(const std::string& text) {
    return text.empty() ? json::Value{} : json::Value{text};
}

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        auto end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

json::Array options_of(const json::Object& element) {
    auto all = array_of(element, "options");
    for (const auto& group : array_of(element, "option_groups"))
        for (const auto& option : array_of(*group.object(), "options"))
            all.push_back(option);
    return all;
}

json::Value option_with(const json::Object& element, const std::string& value) {
    for (const auto& option : options_of(element))
        if (option.text_of("value") == value) return option;
    return {};
}

}  // namespace

json::Object user_object(const Installation& installation, const User& user) {
    json::Object profile{
        {"real_name", user.real_name},
        {"display_name", user.name},
        {"status_text", ""},
        {"status_emoji", ""},
        {"status_expiration", 0},
        {"team", user.team.empty() ? installation.team : user.team}};
    json::Object object{
        {"id", user.id},
        {"team_id", user.team.empty() ? installation.team : user.team},
        {"name", user.name},
        {"deleted", user.is_deleted},
        {"real_name", user.real_name},
        {"profile", std::move(profile)},
        {"is_bot", user.is_bot},
        {"is_app_user", false},
        {"updated", 1'700'000'000}};
    if (user.is_deleted) return object;  // Slack tells no more of those who left
    put(object, "tz", user.tz ? json::Value{*user.tz} : json::Value{});
    put(object, "is_restricted", user.is_guest);
    put(object, "is_ultra_restricted", false);
    if (!user.team.empty()) put(object, "is_stranger", true);
    return object;
}

json::Object channel_object(
    const Installation& installation, const Channel& channel, const std::string& caller
) {
    json::Object object{
        {"id", channel.id},
        {"created", 1'700'000'000},
        {"is_archived", channel.is_archived},
        {"is_im", channel.is_direct()},
        {"context_team_id", installation.team}};
    if (channel.is_direct()) {
        put(object, "user", channel.person);
        put(object, "is_user_deleted", false);
        return object;
    }
    put(object, "name", channel.name);
    put(object, "is_channel", !channel.is_private);
    put(object, "is_group", channel.is_private);
    put(object, "is_mpim", false);
    put(object, "is_private", channel.is_private);
    put(object, "is_member", channel.has(caller));
    put(object, "is_shared", channel.is_shared);
    put(object, "is_ext_shared", channel.is_shared);
    return object;
}

json::Object message_object(const Workspace& workspace, const Message& message) {
    const auto& installation = workspace.installation;
    json::Object object{{"type", "message"}, {"ts", message.ts}};
    if (message.is_deleted) {  // what is left of one that had replies
        put(object, "subtype", "tombstone");
        put(object, "text", "This message was deleted.");
        put(object, "user", "USLACKBOT");
        put(object, "hidden", true);
        put(object, "thread_ts", message.ts);
        return object;
    }
    if (!message.client_msg_id.empty()) put(object, "client_msg_id", message.client_msg_id);
    if (!message.subtype.empty()) put(object, "subtype", message.subtype);
    if (!message.user.empty()) put(object, "user", message.user);
    put(object, "text", message.text);
    auto* writer = workspace.user(message.user);
    put(object, "team", writer && !writer->team.empty() ? writer->team : installation.team);
    if (!message.bot.empty()) {
        put(object, "bot_id", message.bot);
        put(object, "app_id", installation.app);
        put(object,
            "bot_profile",
            json::Object{
                {"id", message.bot},
                {"deleted", false},
                {"name", installation.bot_name},
                {"updated", 1'700'000'000},
                {"app_id", installation.app},
                {"team_id", installation.team}});
    }
    if (!message.blocks.empty()) put(object, "blocks", message.blocks);
    if (!message.edited_ts.empty())
        put(object, "edited", json::Object{{"user", message.edited_by}, {"ts", message.edited_ts}});
    auto replies = workspace.replies_to(message);
    if (!message.thread.empty()) {
        put(object, "thread_ts", message.thread);
        auto& here = workspace.messages.at(message.channel);
        if (auto parent = here.find(message.thread); parent != here.end())
            put(object, "parent_user_id", parent->second.user);
    } else if (!replies.empty()) {
        put(object, "thread_ts", message.ts);
        put(object, "reply_count", static_cast<int>(replies.size()));
        put(object, "latest_reply", replies.back()->ts);
    }
    return object;
}

json::Object view_object(const Installation& installation, const View& view, bool with_state) {
    json::Object object{{"id", view.id}, {"team_id", installation.team}};
    for (const auto& [key, value] : view.content)
        put(object, key, value);
    for (const auto* key : {"private_metadata", "callback_id", "external_id"})
        if (!find(object, key)) put(object, key, "");
    for (const auto* key : {"submit", "close"})
        if (!find(object, key)) put(object, key, json::Value{});
    for (const auto* key : {"clear_on_close", "notify_on_close"})
        if (!find(object, key)) put(object, key, false);

    json::Object values;
    for (const auto& input : inputs_of(view.content)) {
        auto typed = view.typed.find(input.block_id);
        auto entered = typed == view.typed.end() ? initial_of(*input.element) : typed->second;
        values.push_back(
            {input.block_id, json::Object{{input.action_id, state_of(*input.element, entered)}}}
        );
    }
    put(object, "state", json::Object{{"values", with_state ? std::move(values) : json::Object{}}});
    put(object, "hash", view.hash);
    put(object, "previous_view_id", text_or_null(view.previous));
    put(object, "root_view_id", view.root);
    put(object, "app_id", installation.app);
    put(object, "app_installed_team_id", installation.team);
    put(object, "bot_id", installation.bot);
    return object;
}

json::Object interaction_of(
    const Workspace& workspace, const std::string& type, const std::string& user
) {
    const auto& installation = workspace.installation;
    auto& person = workspace.users.at(user);
    auto team = person.team.empty() ? installation.team : person.team;
    return {
        {"type", type},
        {"user",
         json::Object{
             {"id", person.id},
             {"username", person.name},
             {"name", person.name},
             {"team_id", team}}},
        {"api_app_id", installation.app},
        {"token", "not-to-be-relied-upon"},
        {"team", json::Object{{"id", installation.team}, {"domain", installation.domain}}},
        {"enterprise", json::Value{}},
        {"is_enterprise_install", false}};
}

std::vector<Input> inputs_of(const json::Object& view) {
    std::vector<Input> inputs;
    for (const auto& block : array_of(view, "blocks")) {
        if (block.text_of("type") != "input") continue;
        auto* element = block.find("element")->object();
        auto* optional = block.find("optional");
        inputs.push_back(
            {block.text_of("block_id"),
             text_of(*element, "action_id"),
             optional && *optional == json::Value{true},
             block.object(),
             element}
        );
    }
    return inputs;
}

std::string initial_of(const json::Object& element) {
    if (auto* option = find(element, "initial_option")) return option->text_of("value");
    std::string several;
    for (const auto& option : array_of(element, "initial_options"))
        several += (several.empty() ? "" : " ") + option.text_of("value");
    for (const auto& user : array_of(element, "initial_users"))
        if (user.text()) several += (several.empty() ? "" : " ") + *user.text();
    if (!several.empty()) return several;
    for (const auto* key :
         {"initial_value", "initial_date", "initial_time", "initial_user", "initial_channel"})
        if (find(element, key)) return text_of(element, key);
    return "";
}

json::Object state_of(const json::Object& element, const std::string& entered) {
    auto type = text_of(element, "type");
    json::Object state{{"type", type}};
    if (type == "static_select" || type == "radio_buttons") {
        put(state, "selected_option", option_with(element, entered));
    } else if (type == "checkboxes" || type == "multi_static_select") {
        json::Array selected;
        for (const auto& value : words_of(entered))
            selected.push_back(option_with(element, value));
        put(state, "selected_options", std::move(selected));
    } else if (type == "datepicker") {
        put(state, "selected_date", text_or_null(entered));
    } else if (type == "timepicker") {
        put(state, "selected_time", text_or_null(entered));
    } else if (type == "multi_users_select") {
        json::Array selected;
        for (auto& value : words_of(entered))
            selected.emplace_back(value);
        put(state, "selected_users", std::move(selected));
    } else if (type == "users_select") {
        put(state, "selected_user", text_or_null(entered));
    } else if (type == "channels_select") {
        put(state, "selected_channel", text_or_null(entered));
    } else {
        put(state, "value", text_or_null(entered));
    }
    return state;
}

}  // namespace muster::fake_slack
