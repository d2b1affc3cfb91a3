#include "tests/fakes/msteams/person.hpp"

#include <algorithm>
#include <stdexcept>

#include "tests/fakes/msteams/cards.hpp"

namespace muster::fake_teams {
namespace {

using json::Array;
using json::Object;
using json::Value;

const Value& in(const Value& value, std::string_view key) {
    static const Value null;
    const auto* member = value.find(key);
    return member ? *member : null;
}

// A value as the client sends it: what is empty is left out.
void add_inputs(
    Object& data, const Object& card, const std::map<std::string, std::string>& entered
) {
    for (const auto& input : inputs_of(card)) {
        auto value = entered.contains(input.id) ? entered.at(input.id) : input.value;
        if (input.type == "Input.Toggle" && value != input.value_on) value = "false";
        if (!value.empty()) data.push_back({input.id, value});
    }
}

const Input& input_labelled(const std::vector<Input>& inputs, const std::string& label) {
    auto is_it = [&](const Input& input) { return input.label.starts_with(label); };
    auto found = std::ranges::find_if(inputs, is_it);
    if (found == inputs.end()) throw std::logic_error("no input is called " + label);
    return *found;
}

std::string value_of_choice(const Input& input, const std::string& wanted) {
    for (const auto& [title, value] : input.choices)
        if (title == wanted) return value;
    return wanted;
}

}  // namespace

// ---- the app

void Person::adds_app(Instant now) {
    user().has_app = true;
    auto added = activity("installationUpdate", chat(), now);
    added.push_back({"action", "add"});
    send(std::move(added), {}, now);
    auto met = activity("conversationUpdate", chat(), now);
    const auto& installed = teams_.tenant().installation;
    met.push_back(
        {"membersAdded",
         Array{Object{{"id", user().mri()}, {"aadObjectId", id_}}, Object{{"id", installed.bot()}}}}
    );
    send(std::move(met), {}, now);
}

void Person::removes_app(Instant now) {
    user().has_app = false;
    auto removed = activity("installationUpdate", chat(), now);
    removed.push_back({"action", "remove"});
    send(std::move(removed), {}, now);
}

void Person::adds_app_to(const std::string& channel, Instant now) {
    teams_.tenant().channel(channel)->has_app = true;
    auto added = activity("installationUpdate", channel, now);
    added.push_back({"action", "add"});
    send(std::move(added), {}, now);
}

void Person::removes_app_from(const std::string& channel, Instant now) {
    teams_.tenant().channel(channel)->has_app = false;
    auto removed = activity("installationUpdate", channel, now);
    removed.push_back({"action", "remove"});
    send(std::move(removed), {}, now);
}

// ---- lines

std::string Person::says(const std::string& words, Instant now) {
    Posted line;
    line.conversation = chat();
    line.author = id_;
    line.words = words;
    auto id = teams_.tenant().post(std::move(line), now).id;
    auto message = activity("message", chat(), now);
    message.push_back({"text", words});
    std::erase_if(message, [](const json::Member& member) { return member.key == "id"; });
    message.push_back({"id", id});
    send(std::move(message), {}, now);
    return id;
}

std::string Person::mentions_app_in(
    const std::string& channel, const std::string& words, Instant now, std::string thread
) {
    Posted line;
    line.author = id_;
    line.words = words;
    auto& posted = teams_.tenant().post(std::move(line), now);
    posted.conversation = thread.empty() ? thread_of(channel, posted.id) : thread;
    const std::string mention = "<at>Muster</at>";
    auto message = activity("message", posted.conversation, now);
    message.push_back({"text", mention + " " + words});
    Object mentioned{
        {"type", "mention"},
        {"text", mention},
        {"mentioned", Object{{"id", teams_.tenant().installation.bot()}, {"name", "Muster"}}}};
    for (auto& member : message)
        if (member.key == "entities") std::get<Array>(member.value.content).push_back(mentioned);
    send(std::move(message), {}, now);
    return posted.id;
}

void Person::edits(const std::string& line, const std::string& words, Instant now) {
    auto* known = teams_.tenant().message(chat(), line);
    if (!known || known->author != id_) throw std::logic_error("no line of theirs");
    known->words = words;
    auto changed = activity("messageUpdate", chat(), now);
    for (auto& member : changed)
        if (member.key == "id") member.value = line;
    changed.push_back({"text", words});
    send(std::move(changed), {}, now);
}

void Person::deletes(const std::string& line, Instant now) {
    auto* known = teams_.tenant().message(chat(), line);
    if (!known || known->author != id_) throw std::logic_error("no line of theirs");
    known->is_deleted = true;
    auto removed = activity("messageDelete", chat(), now);
    for (auto& member : removed)
        if (member.key == "id") member.value = line;
    send(std::move(removed), {}, now);
}

// ---- cards

Object Person::card_of(const Posted& message) {
    auto own = message.shown_to.find(id_);
    return own == message.shown_to.end() ? message.card : own->second;
}

void Person::presses(const Posted& message, const std::string& button, Instant now) {
    auto card = card_of(message);
    auto action = button_in(card, button);
    if (!action) throw std::logic_error("nobody sees a button " + button);
    auto data = *in(Value{*action}, "data").object();
    if (Value{*action}.text_of("associatedInputs") != "None") add_inputs(data, card, {});
    use(*action, std::move(data), &message, message.conversation, now);
}

void Person::use(
    const Object& action,
    Object data,
    const Posted* message,
    const std::string& conversation,
    Instant now
) {
    AppRequest about;
    about.conversation = conversation;
    about.card = message ? message->id : "";
    auto type = Value{action}.text_of("type");
    auto opens = in(Value{data}, "msteams").text_of("type") == "task/fetch";
    auto is_message = type == "Action.Submit" && !opens;
    auto used = activity(is_message ? "message" : "invoke", conversation, now);
    if (message) used.push_back({"replyToId", message->id});
    if (is_message) {
        used.push_back({"value", std::move(data)});
    } else if (opens) {
        about.invoke = "task/fetch";
        used.push_back(
            {"value", Object{{"data", std::move(data)}, {"context", Object{{"theme", "default"}}}}}
        );
    } else {
        about.invoke = "adaptiveCard/action";
        Object pressed{
            {"type", "Action.Execute"},
            {"title", Value{action}.text_of("title")},
            {"verb", Value{action}.text_of("verb")},
            {"data", std::move(data)}};
        used.push_back({"value", Object{{"action", std::move(pressed)}, {"trigger", "manual"}}});
    }
    if (!about.invoke.empty()) used.push_back({"name", about.invoke});
    send(std::move(used), std::move(about), now);
}

// ---- the dialog

Dialog* Person::dialog() {
    auto open = teams_.tenant().dialogs.find(id_);
    return open == teams_.tenant().dialogs.end() ? nullptr : &open->second;
}

void Person::enters(const std::string& label, const std::string& value) {
    if (!dialog()) throw std::logic_error("no dialog is open");
    auto inputs = inputs_of(dialog()->card);
    const auto& input = input_labelled(inputs, label);
    dialog()->entered[input.id] = value_of_choice(input, value);
}

std::string Person::entered(const std::string& label) {
    if (!dialog()) throw std::logic_error("no dialog is open");
    auto inputs = inputs_of(dialog()->card);
    return dialog()->entered[input_labelled(inputs, label).id];
}

bool Person::submits(Instant now) {
    if (!dialog()) throw std::logic_error("no dialog is open");
    const auto open = *dialog();
    for (const auto& input : inputs_of(open.card)) {
        auto value = open.entered.contains(input.id) ? open.entered.at(input.id) : "";
        if (input.is_required && value.empty()) return false;
        if (input.longest > 0 && value.size() > input.longest) return false;
    }
    for (const auto& title : buttons_of(open.card)) {
        auto action = *button_in(open.card, title);
        if (Value{action}.text_of("associatedInputs") == "None") continue;
        auto data = *in(Value{action}, "data").object();
        add_inputs(data, open.card, open.entered);
        sends_dialog(action, std::move(data), now);
        return true;
    }
    throw std::logic_error("nothing sends the dialog");
}

void Person::dismisses(Instant now) {
    if (!dialog()) throw std::logic_error("no dialog is open");
    const auto card = dialog()->card;
    for (const auto& title : buttons_of(card)) {
        auto action = *button_in(card, title);
        if (Value{action}.text_of("associatedInputs") != "None") continue;
        sends_dialog(action, *in(Value{action}, "data").object(), now);
        return;
    }
    throw std::logic_error("nothing puts the dialog away");
}

void Person::sends_dialog(const Object&, Object data, Instant now) {
    AppRequest about;
    about.conversation = chat();
    about.invoke = "task/submit";
    auto sent = activity("invoke", chat(), now);
    sent.push_back({"name", about.invoke});
    sent.push_back(
        {"value", Object{{"data", std::move(data)}, {"context", Object{{"theme", "default"}}}}}
    );
    send(std::move(sent), std::move(about), now);
}

// ---- out

Object Person::activity(const char* type, const std::string& conversation, Instant now) {
    const auto& installed = teams_.tenant().installation;
    auto in_channel = teams_.tenant().channel(channel_of(conversation)) != nullptr;
    Object channel_data{{"tenant", Object{{"id", installed.tenant}}}};
    if (in_channel) {
        channel_data.push_back({"team", Object{{"id", teams_.tenant().team}}});
        channel_data.push_back({"channel", Object{{"id", channel_of(conversation)}}});
    }
    return {
        {"type", type},
        {"id", teams_.new_id()},
        {"timestamp", to_text(now)},
        {"localTimezone", user().zone},
        {"serviceUrl", installed.service_url},
        {"channelId", "msteams"},
        {"from", Object{{"id", user().mri()}, {"name", user().name}, {"aadObjectId", id_}}},
        {"recipient", Object{{"id", installed.bot()}, {"name", "Muster"}}},
        {"conversation",
         Object{
             {"id", conversation},
             {"conversationType", in_channel ? "channel" : "personal"},
             {"tenantId", installed.tenant}}},
        {"channelData", std::move(channel_data)},
        {"entities",
         Array{Object{{"type", "clientInfo"}, {"locale", "en-GB"}, {"timezone", user().zone}}}},
        {"locale", "en-GB"},
    };
}

void Person::send(Object activity, AppRequest about, Instant now) {
    about.user = id_;
    teams_.tell(std::move(activity), std::move(about), now);
}

}  // namespace muster::fake_teams
