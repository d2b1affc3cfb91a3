#include "tests/fakes/slack/block_checker.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {

void BlockChecker::rich_text(const Place& here, const json::Object& block) {
    fields(here, block, {"elements"}, {"block_id"});
    auto parts = objects(here, block, "elements", 1, 1'000);
    for (std::size_t index = 0; index < parts.size(); ++index)
        rich_part(here / "elements" / index, *parts[index]);
}

void BlockChecker::rich_part(const Place& here, const json::Object& part) {
    auto type = text_of(part, "type");
    if (type == "rich_text_list") {
        fields(here, part, {"style", "elements"}, {"indent", "offset", "border"});
        one_of(here, part, "style", {"bullet", "ordered"});
        whole_number(here, part, "indent", 0, 8);
        whole_number(here, part, "offset", 0, 1'000'000);
        whole_number(here, part, "border", 0, 1);
        auto items = objects(here, part, "elements", 1, 1'000);
        for (std::size_t index = 0; index < items.size(); ++index) {
            if (text_of(*items[index], "type") == "rich_text_section")
                rich_part(here / "elements" / index, *items[index]);
            else
                refuse(here / "elements" / index, "an item of a list is a rich_text_section");
        }
        return;
    }
    auto is_preformatted = type == "rich_text_preformatted";
    if (type == "rich_text_section")
        fields(here, part, {"elements"}, {});
    else if (is_preformatted || type == "rich_text_quote")
        fields(here, part, {"elements"}, {"border"});
    else
        return refuse(here, "no rich text of type \"" + type + "\"");
    auto leaves = objects(here, part, "elements", 1, 1'000);
    for (std::size_t index = 0; index < leaves.size(); ++index)
        rich_leaf(here / "elements" / index, *leaves[index], is_preformatted);
}

void BlockChecker::rich_leaf(const Place& here, const json::Object& leaf, bool only_plain) {
    auto type = text_of(leaf, "type");
    if (const auto* style = object(here, leaf, "style"))
        for (const auto& [name, value] : *style) {
            one_of(
                here / "style",
                {{"style", name}},
                "style",
                {"bold", "italic", "strike", "code", "underline"}
            );
            flag(here / "style", *style, name);
        }
    if (type == "text") {
        fields(here, leaf, {"text"}, {"style"});
        return string(here, leaf, "text", 1, 12'000);
    }
    if (type == "link") {
        fields(here, leaf, {"url"}, {"text", "style", "unsafe"});
        string(here, leaf, "url", 1, 3'000);
        string(here, leaf, "text", 1, 12'000);
        auto words = text_of(leaf, "text");
        if (!words.empty() && words != text_of(leaf, "url"))
            never(here, "a link whose words are not its address");
        return;
    }
    if (only_plain) return refuse(here, "no " + type + " in preformatted text");
    if (type == "date") {
        fields(here, leaf, {"timestamp", "format"}, {"url", "fallback", "style"});
        auto* timestamp = find(leaf, "timestamp");
        if (timestamp && !timestamp->number()) refuse(here / "timestamp", "must be a whole number");
        string(here, leaf, "format", 1, 255);
        if (text_of(leaf, "format").find('{') == std::string::npos)
            refuse(here / "format", "shows neither date nor time");
        return string(here, leaf, "fallback", 1, 12'000);
    }
    if (type == "emoji") {
        fields(here, leaf, {"name"}, {"unicode", "skin_tone", "style"});
        return string(here, leaf, "name", 1, 255);
    }
    auto is_mention =
        type == "user" || type == "usergroup" || type == "channel" || type == "broadcast";
    if (is_mention) return never(here, "a " + type + " in rich text notifies or names");
    refuse(here, "no leaf of type \"" + type + "\"");
}

}  // namespace muster::fake_slack
