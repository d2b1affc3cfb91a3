#include "tests/fakes/slack/reading.hpp"

#include "tests/fakes/slack/mrkdwn.hpp"
#include "tests/fakes/slack/objects.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

// ---- blocks as lines

std::string read_text_object(const json::Value& text) {
    auto words = text.text_of("text");
    return text.text_of("type") == "mrkdwn" ? as_read(words) : words;
}

std::string read_leaf(const json::Value& leaf) {
    auto type = leaf.text_of("type");
    if (type == "text") return leaf.text_of("text");
    if (type == "link") return leaf.find("text") ? leaf.text_of("text") : leaf.text_of("url");
    if (type == "date") return leaf.text_of("fallback");
    if (type == "emoji") return ":" + leaf.text_of("name") + ":";
    return "@" + leaf.text_of("user_id") + leaf.text_of("range");
}

std::string read_leaves(const json::Value& part) {
    std::string words;
    for (const auto& leaf : *part.find("elements")->array())
        words += read_leaf(leaf);
    return words;
}

std::string read_list(const json::Value& list) {
    std::string lines;
    int number = 1;
    for (const auto& item : *list.find("elements")->array()) {
        auto sign = list.text_of("style") == "ordered" ? std::to_string(number++) + ". " : "- ";
        lines += (lines.empty() ? "" : "\n") + sign + read_leaves(item);
    }
    return lines;
}

std::string read_rich_text(const json::Value& block) {
    std::string lines;
    for (const auto& part : *block.find("elements")->array()) {
        auto words = part.text_of("type") == "rich_text_list" ? read_list(part) : read_leaves(part);
        lines += (lines.empty() ? "" : "\n") + words;
    }
    while (lines.ends_with('\n'))
        lines.pop_back();
    return lines;
}

std::string read_section(const json::Value& block) {
    std::string lines;
    if (auto* text = block.find("text")) lines = read_text_object(*text);
    for (const auto& field : array_of(*block.object(), "fields"))
        lines += (lines.empty() ? "" : "\n") + read_text_object(field);
    return lines;
}

std::string read_elements(const json::Value& block) {
    std::string words;
    for (const auto& element : array_of(*block.object(), "elements")) {
        auto* text = element.find("text");
        auto is_text_object = text && text->text();
        auto label = is_text_object ? read_text_object(element)
                     : text         ? "[" + read_text_object(*text) + "]"
                                    : element.text_of("alt_text");
        words += (words.empty() ? "" : " ") + label;
    }
    return words;
}

std::string read_block(const json::Value& block) {
    auto type = block.text_of("type");
    if (type == "rich_text") return read_rich_text(block);
    if (type == "section") return read_section(block);
    if (type == "header") return read_text_object(*block.find("text"));
    if (type == "markdown") return block.text_of("text");
    if (type == "image") return block.text_of("alt_text");
    if (type == "divider") return "---";
    return read_elements(block);
}

std::string text_in(const json::Object& object, std::string_view key) {
    auto* text = find(object, key);
    return text && text->object() ? read_text_object(*text) : "";
}

// ---- forms

std::vector<ShownOption> options_in(const json::Object& element) {
    std::vector<ShownOption> options;
    auto add = [&](const json::Array& all) {
        for (const auto& option : all)
            options.push_back({read_text_object(*option.find("text")), option.text_of("value")});
    };
    add(array_of(element, "options"));
    for (const auto& group : array_of(element, "option_groups"))
        add(array_of(*group.object(), "options"));
    return options;
}

ShownField shown(const Input& input, const View& view) {
    auto typed = view.typed.find(input.block_id);
    auto error = view.errors.find(input.block_id);
    return {
        .block_id = input.block_id,
        .action_id = input.action_id,
        .kind = text_of(*input.element, "type"),
        .label = text_in(*input.block, "label"),
        .hint = text_in(*input.block, "hint"),
        .is_optional = input.is_optional,
        .entered = typed == view.typed.end() ? initial_of(*input.element) : typed->second,
        .options = options_in(*input.element),
        .error = error == view.errors.end() ? "" : error->second};
}

}  // namespace

std::string plain_text(const json::Array& blocks) {
    std::string lines;
    for (const auto& block : blocks)
        lines += (lines.empty() ? "" : "\n") + read_block(block);
    return lines;
}

std::string plain_text(const Message& message) {
    return message.blocks.empty() ? as_read(message.text) : plain_text(message.blocks);
}

std::string plain_text(const Ephemeral& ephemeral) {
    return ephemeral.blocks.empty() ? as_read(ephemeral.text) : plain_text(ephemeral.blocks);
}

std::vector<ShownButton> buttons_in(const json::Array& blocks) {
    std::vector<ShownButton> buttons;
    auto add = [&](const json::Value& element, const std::string& block_id) {
        if (element.text_of("type") != "button") return;
        buttons.push_back(
            {read_text_object(*element.find("text")),
             element.text_of("accessibility_label"),
             element.text_of("value"),
             element.text_of("action_id"),
             block_id,
             element.text_of("style")}
        );
    };
    for (const auto& block : blocks) {
        auto id = block.text_of("block_id");
        if (block.text_of("type") == "actions")
            for (const auto& element : array_of(*block.object(), "elements"))
                add(element, id);
        if (auto* accessory = block.find("accessory")) add(*accessory, id);
    }
    return buttons;
}

ShownForm shown(const View& view) {
    ShownForm form{
        .id = view.id,
        .title = text_in(view.content, "title"),
        .submit = text_in(view.content, "submit"),
        .close = text_in(view.content, "close"),
        .text = "",
        .fields = {}};
    for (const auto& block : array_of(view.content, "blocks"))
        if (block.text_of("type") != "input")
            form.text += (form.text.empty() ? "" : "\n") + read_block(block);
    for (const auto& input : inputs_of(view.content))
        form.fields.push_back(shown(input, view));
    return form;
}

std::vector<Message> messages_in(Workspace& workspace, const std::string& channel) {
    std::vector<Message> messages;
    for (const auto& [ts, message] : workspace.messages[channel])
        if (!message.is_deleted) messages.push_back(message);
    return messages;
}

std::vector<Message> posted_by_app_in(Workspace& workspace, const std::string& channel) {
    auto messages = messages_in(workspace, channel);
    std::erase_if(messages, [&](const Message& message) { return !workspace.is_ours(message); });
    return messages;
}

std::vector<Ephemeral> ephemerals_of(const Workspace& workspace, const std::string& user) {
    std::vector<Ephemeral> seen;
    for (const auto& ephemeral : workspace.ephemerals)
        if (ephemeral.user == user && !ephemeral.is_deleted) seen.push_back(ephemeral);
    return seen;
}

}  // namespace muster::fake_slack
