#include "tests/e2e/slack/fake_server/state.hpp"

#include "tests/fakes/slack/reading.hpp"

namespace muster::fake_slack {
namespace {

json::Array buttons(const json::Array& blocks) {
    json::Array all;
    for (const auto& button : buttons_in(blocks))
        all.emplace_back(json::Object{
            {"label", button.label},
            {"spoken", button.spoken},
            {"value", button.value},
            {"action_id", button.action_id},
            {"block_id", button.block_id}});
    return all;
}

json::Object seen(const Message& message) {
    return {
        {"ts", message.ts},
        {"thread", message.thread},
        {"user", message.user},
        {"bot", message.bot},
        {"text", message.text},
        {"plain", plain_text(message)},
        {"blocks", message.blocks},
        {"buttons", buttons(message.blocks)},
        {"edits", message.edits}};
}

json::Object seen(const Ephemeral& ephemeral) {
    return {
        {"channel", ephemeral.channel},
        {"ts", ephemeral.ts},
        {"user", ephemeral.user},
        {"thread", ephemeral.thread},
        {"text", ephemeral.text},
        {"plain", plain_text(ephemeral)},
        {"buttons", buttons(ephemeral.blocks)},
        {"through", ephemeral.through}};
}

json::Object seen(const ShownField& field) {
    json::Array options;
    for (const auto& option : field.options)
        options.emplace_back(json::Object{{"label", option.label}, {"value", option.value}});
    return {
        {"block_id", field.block_id},
        {"kind", field.kind},
        {"label", field.label},
        {"hint", field.hint},
        {"optional", field.is_optional},
        {"entered", field.entered},
        {"options", std::move(options)},
        {"error", field.error}};
}

json::Object seen(const ShownForm& form) {
    json::Array fields;
    for (const auto& field : form.fields)
        fields.emplace_back(seen(field));
    return {
        {"id", form.id},
        {"title", form.title},
        {"submit", form.submit},
        {"close", form.close},
        {"text", form.text},
        {"fields", std::move(fields)}};
}

}  // namespace

json::Object state_of(const Workspace& workspace) {
    json::Object messages;
    for (const auto& [channel, all] : workspace.messages) {
        json::Array here;
        for (const auto& [ts, message] : all)
            if (!message.is_deleted) here.emplace_back(seen(message));
        messages.push_back({channel, std::move(here)});
    }
    json::Object directs;
    for (const auto& [id, channel] : workspace.channels)
        if (channel.is_direct()) directs.push_back({channel.person, id});
    json::Array ephemerals;
    for (const auto& ephemeral : workspace.ephemerals)
        if (!ephemeral.is_deleted) ephemerals.emplace_back(seen(ephemeral));
    json::Object forms;
    for (const auto& [user, stack] : workspace.stacks)
        if (!stack.empty()) forms.push_back({user, seen(shown(workspace.views.at(stack.back())))});
    json::Object homes;
    for (const auto& [user, home] : workspace.homes)
        homes.push_back({user, shown(home).text});
    json::Array notices;
    for (const auto& notice : workspace.notices)
        notices.emplace_back(json::Object{{"user", notice.user}, {"words", notice.words}});
    return {
        {"messages", std::move(messages)},
        {"directs", std::move(directs)},
        {"ephemerals", std::move(ephemerals)},
        {"forms", std::move(forms)},
        {"homes", std::move(homes)},
        {"notices", std::move(notices)}};
}

}  // namespace muster::fake_slack
