#include "tests/fakes/slack/block_kit.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "tests/fakes/slack/block_checker.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

constexpr std::size_t most_in_message = 50;
constexpr std::size_t most_in_view = 100;
constexpr std::size_t largest_view = 250'000;  // bytes
constexpr std::size_t longest_id = 255;

// No page says how long all blocks of a message may be together. Slack's people speak of 12,000
// characters "with a buffer for block containers" (bolt-js#2509), and 11,341 in many small elements
// were refused (bolt-js#2867): so every object counts for a few.
constexpr std::size_t longest_message = 12'000;
constexpr std::size_t cost_of_object = 10;

}  // namespace

Verdict check_blocks(const json::Array& blocks, Surface surface) {
    Verdict verdict;
    BlockChecker{surface, verdict}.check(blocks, {"/blocks"});
    return verdict;
}

Verdict check_view(const json::Object& view, Surface surface) {
    Verdict verdict;
    BlockChecker checker{surface, verdict};
    Place here{"/view"};
    auto is_modal = surface == Surface::modal;
    checker.one_of(here, view, "type", {is_modal ? "modal" : "home"});
    if (is_modal) {
        checker.fields(
            here,
            view,
            {"type", "title", "blocks"},
            {"submit",
             "close",
             "private_metadata",
             "callback_id",
             "clear_on_close",
             "notify_on_close",
             "external_id",
             "submit_disabled"}
        );
        for (auto key : {"title", "submit", "close"})
            checker.plain_text(here, view, key, 24);
        for (auto key : {"clear_on_close", "notify_on_close", "submit_disabled"})
            checker.flag(here, view, key);
    } else {
        checker.fields(
            here, view, {"type", "blocks"}, {"private_metadata", "callback_id", "external_id"}
        );
    }
    checker.string(here, view, "private_metadata", 0, 3'000);
    checker.string(here, view, "callback_id", 0, longest_id);
    checker.string(here, view, "external_id", 0, longest_id);

    auto* blocks = find(view, "blocks");
    if (!blocks || !blocks->array()) {
        checker.refuse(here / "blocks", "is no list of blocks");
        return verdict;
    }
    checker.check(*blocks->array(), here / "blocks");
    auto is_input = [](const json::Value& block) { return block.text_of("type") == "input"; };
    if (is_modal && !find(view, "submit") && std::ranges::any_of(*blocks->array(), is_input))
        checker.refuse(here, "has inputs and nothing to submit them with");
    if (json::dump(json::Value{view}).size() > largest_view) verdict.is_too_long = true;
    return verdict;
}

std::size_t characters_in(std::string_view text) {
    auto begins = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(std::ranges::count_if(text, begins));
}

void BlockChecker::check(const json::Array& blocks, const Place& here) {
    auto most = surface_ == Surface::message ? most_in_message : most_in_view;
    if (blocks.size() > most)
        refuse(here, fmt::format("{} blocks, at most {}", blocks.size(), most));
    for (std::size_t index = 0; index < blocks.size(); ++index) {
        auto place = here / index;
        if (const auto* object = blocks[index].object())
            block(place, *object);
        else
            refuse(place, "is no object");
    }
    if (markdown_ > 12'000) refuse(here, "more than 12000 characters of markdown");
    if (tables_ > 1) refuse(here, "more than one table");
    if (focused_ > 1) refuse(here, "more than one focus_on_load");
    if (surface_ == Surface::message && length_ > longest_message) verdict_.is_too_long = true;
}

void BlockChecker::block(const Place& here, const json::Object& block) {
    string(here, block, "block_id", 1, longest_id);
    auto id = text_of(block, "block_id");
    if (!id.empty() && !block_ids_.insert(id).second) refuse(here, "block_id " + id + " twice");
    auto type = text_of(block, "type");
    auto is_message = surface_ == Surface::message;
    if (type == "section") {
        section(here, block);
    } else if (type == "header") {
        fields(here, block, {"text"}, {"block_id"});
        plain_text(here, block, "text", 150);
    } else if (type == "context") {
        context(here, block);
    } else if (type == "divider") {
        fields(here, block, {}, {"block_id"});
    } else if (type == "actions") {
        actions(here, block);
    } else if (type == "input") {
        input(here, block);
    } else if (type == "image") {
        fields(here, block, {"alt_text"}, {"block_id", "image_url", "slack_file", "title"});
        plain_text(here, block, "title", 2'000);
        image(here, block);
    } else if (type == "rich_text") {
        rich_text(here, block);
    } else if (type == "markdown" && is_message) {
        fields(here, block, {"text"}, {"block_id"});
        string(here, block, "text", 1, 12'000);
        markdown_ += characters_in(text_of(block, "text"));
    } else if (type == "table" && is_message) {
        table(here, block);
    } else {
        refuse(here, "no block of type \"" + type + "\" here");
    }
}

void BlockChecker::section(const Place& here, const json::Object& block) {
    fields(here, block, {}, {"block_id", "text", "fields", "accessory", "expand"});
    if (!find(block, "text") && !find(block, "fields")) refuse(here, "has neither text nor fields");
    text_object(here, block, "text", 3'000);
    flag(here, block, "expand");
    if (find(block, "fields")) {
        auto texts = objects(here, block, "fields", 1, 10);
        for (std::size_t index = 0; index < texts.size(); ++index) {
            json::Object field{{"text", *texts[index]}};
            text_object(here / "fields" / index, field, "text", 2'000);
        }
    }
    Names action_ids;
    if (const auto* accessory = object(here, block, "accessory"))
        element(
            here / "accessory",
            *accessory,
            {"button",
             "image",
             "overflow",
             "static_select",
             "multi_static_select",
             "users_select",
             "multi_users_select",
             "conversations_select",
             "channels_select",
             "radio_buttons",
             "checkboxes",
             "datepicker",
             "timepicker"},
            action_ids
        );
}

void BlockChecker::context(const Place& here, const json::Object& block) {
    fields(here, block, {"elements"}, {"block_id"});
    auto elements = objects(here, block, "elements", 1, 10);
    for (std::size_t index = 0; index < elements.size(); ++index) {
        auto place = here / "elements" / index;
        if (text_of(*elements[index], "type") == "image") {
            fields(place, *elements[index], {"alt_text"}, {"image_url", "slack_file"});
            image(place, *elements[index]);
        } else {
            json::Object holder{{"text", *elements[index]}};
            text_object(place, holder, "text", 3'000);
        }
    }
}

void BlockChecker::actions(const Place& here, const json::Object& block) {
    fields(here, block, {"elements"}, {"block_id"});
    auto elements = objects(here, block, "elements", 1, 25);
    Names action_ids;
    for (std::size_t index = 0; index < elements.size(); ++index)
        element(
            here / "elements" / index,
            *elements[index],
            {"button",
             "overflow",
             "static_select",
             "users_select",
             "conversations_select",
             "channels_select",
             "radio_buttons",
             "checkboxes",
             "datepicker",
             "timepicker",
             "datetimepicker"},
            action_ids
        );
}

void BlockChecker::input(const Place& here, const json::Object& block) {
    fields(here, block, {"label", "element"}, {"block_id", "hint", "optional", "dispatch_action"});
    plain_text(here, block, "label", 2'000);
    plain_text(here, block, "hint", 2'000);
    flag(here, block, "optional");
    flag(here, block, "dispatch_action");
    Names action_ids;
    if (const auto* inside = object(here, block, "element"))
        element(
            here / "element",
            *inside,
            {"plain_text_input",
             "static_select",
             "multi_static_select",
             "users_select",
             "multi_users_select",
             "conversations_select",
             "channels_select",
             "radio_buttons",
             "checkboxes",
             "datepicker",
             "timepicker",
             "datetimepicker"},
            action_ids
        );
}

void BlockChecker::table(const Place& here, const json::Object& block) {
    ++tables_;
    fields(here, block, {"rows"}, {"block_id", "column_settings"});
    auto* rows = find(block, "rows");
    if (!rows || !rows->array() || rows->array()->empty() || rows->array()->size() > 100)
        return refuse(here / "rows", "1 to 100 rows");
    for (const auto& row : *rows->array()) {
        if (!row.array() || row.array()->empty() || row.array()->size() > 20)
            return refuse(here / "rows", "1 to 20 cells in a row");
        for (const auto& cell : *row.array()) {
            if (!cell.object()) return refuse(here / "rows", "a cell is an object");
            if (cell.text_of("type") == "rich_text")
                rich_text(here / "rows", *cell.object());
            else if (cell.text_of("type") == "raw_text")
                string(here / "rows", *cell.object(), "text", 1, 3'000);
            else
                refuse(here / "rows", "no cell of type \"" + cell.text_of("type") + "\"");
        }
    }
}

// ---- what all are made of

void BlockChecker::plain_text(
    const Place& here, const json::Object& holder, std::string_view key, std::size_t most
) {
    text_object(here, holder, key, most);
    auto* text = find(holder, key);
    if (text && text->object() && text->text_of("type") != "plain_text")
        refuse(here / key, "must be plain_text");
}

void BlockChecker::text_object(
    const Place& here, const json::Object& holder, std::string_view key, std::size_t most
) {
    auto* text = object(here, holder, key);
    if (!text) return;
    auto place = here / key;
    auto is_plain = text_of(*text, "type") == "plain_text";
    one_of(place, *text, "type", {"plain_text", "mrkdwn"});
    if (is_plain)
        fields(place, *text, {"text"}, {"emoji"});
    else
        fields(place, *text, {"text"}, {"verbatim"});
    flag(place, *text, "emoji");
    flag(place, *text, "verbatim");
    string(place, *text, "text", 1, most);
    if (!is_plain) markup(place, text_of(*text, "text"));
}

void BlockChecker::string(
    const Place& here,
    const json::Object& holder,
    std::string_view key,
    std::size_t least,
    std::size_t most
) {
    auto* value = find(holder, key);
    if (!value) return;
    if (!value->text()) return refuse(here / key, "must be text");
    auto length = characters_in(*value->text());
    if (key == "text" || key == "fallback") count_text(*value->text());
    if (length < least) refuse(here / key, "is empty");
    if (length > most) refuse(here / key, fmt::format("{} characters, at most {}", length, most));
}

void BlockChecker::whole_number(
    const Place& here, const json::Object& holder, std::string_view key, int least, int most
) {
    auto* value = find(holder, key);
    if (!value) return;
    auto* number = value->number();
    if (!number || *number < least || *number > most)
        refuse(here / key, fmt::format("must be a whole number from {} to {}", least, most));
}

void BlockChecker::flag(const Place& here, const json::Object& holder, std::string_view key) {
    auto* value = find(holder, key);
    if (value && !value->flag()) refuse(here / key, "must be true or false");
}

void BlockChecker::one_of(
    const Place& here,
    const json::Object& holder,
    std::string_view key,
    std::initializer_list<std::string_view> words
) {
    if (find(holder, key) && std::ranges::find(words, text_of(holder, key)) == words.end())
        refuse(here / key, "cannot be \"" + text_of(holder, key) + "\"");
}

void BlockChecker::fields(
    const Place& here,
    const json::Object& holder,
    std::initializer_list<std::string_view> needed,
    std::initializer_list<std::string_view> allowed
) {
    length_ += cost_of_object;
    for (auto key : needed)
        if (!find(holder, key)) refuse(here, "needs " + std::string{key});
    for (const auto& [key, value] : holder) {
        auto is_known = key == "type" || std::ranges::find(needed, key) != needed.end() ||
                        std::ranges::find(allowed, key) != allowed.end();
        if (!is_known) refuse(here, "has no field " + key);
    }
}

std::vector<const json::Object*> BlockChecker::objects(
    const Place& here,
    const json::Object& holder,
    std::string_view key,
    std::size_t least,
    std::size_t most
) {
    auto* value = find(holder, key);
    std::vector<const json::Object*> items;
    if (!value || !value->array()) {
        refuse(here / key, "must be a list");
        return items;
    }
    auto count = value->array()->size();
    if (count < least || count > most)
        refuse(here / key, fmt::format("{} items, {} to {} are allowed", count, least, most));
    for (const auto& item : *value->array()) {
        if (item.object())
            items.push_back(item.object());
        else
            refuse(here / key, "holds something that is no object");
    }
    return items;
}

const json::Object* BlockChecker::object(
    const Place& here, const json::Object& holder, std::string_view key
) {
    auto* value = find(holder, key);
    if (!value) return nullptr;
    if (!value->object()) refuse(here / key, "must be an object");
    return value->object();
}

void BlockChecker::refuse(const Place& here, const std::string& why) {
    verdict_.refused.push_back(here.pointer + ": " + why);
}

void BlockChecker::never(const Place& here, const std::string& why) {
    verdict_.never.push_back(here.pointer + ": " + why);
}

}  // namespace muster::fake_slack
