#pragma once

#include <set>
#include <sstream>

#include "adapters/json/strict.hpp"

// Reads Block Kit as Slack would, with the limits of protocols/slack.md 4 and none of the code that
// writes it: what people see, and what Slack would refuse.
namespace muster::slack {

class BlockReader {
public:
    // What people see, one after the other, without buttons.
    std::string words;
    std::vector<std::string> links;
    std::vector<std::string> leaves;
    std::vector<std::string> buttons;  // their values
    std::vector<std::string> problems;

    void read(const json::Array& blocks, std::size_t most) {
        if (blocks.empty() || blocks.size() > most) refuse("so many blocks", blocks.size());
        std::size_t size = 0;
        for (const auto& block : blocks) {
            size += as_ascii(json::dump(block));
            read_block(block);
        }
        if (size > 13'000) refuse("blocks that are too long together", size);
    }

    static std::size_t units(std::string_view text) {
        std::size_t count = 0;
        for (unsigned char byte : text)
            count += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
        return count;
    }

private:
    // Its length with everything but ASCII as \uXXXX.
    static std::size_t as_ascii(std::string_view text) {
        std::size_t count = 0;
        for (unsigned char byte : text)
            count += byte < 0x80U ? 1 : (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 12 : 6;
        return count;
    }

    void refuse(const std::string& what, std::size_t size) {
        problems.push_back(what + ": " + std::to_string(size));
    }

    std::string plain(const json::Value* text, std::size_t most) {
        if (text == nullptr || text->text_of("type") != "plain_text") {
            refuse("no plain text", 0);
            return {};
        }
        auto shown = text->text_of("text");
        if (shown.empty() || units(shown) > most) refuse("plain text", units(shown));
        const auto* emoji = text->find("emoji");
        if (emoji == nullptr || *emoji != json::Value(false)) refuse("words become emoji", 0);
        return shown;
    }

    void read_block(const json::Value& block) {
        const auto id = block.text_of("block_id");
        if (id.size() > 255 || (!id.empty() && !ids_.insert(id).second))
            refuse("block_id", id.size());
        const auto type = block.text_of("type");
        if (type == "header") {
            words += plain(block.find("text"), 150);
        } else if (type == "rich_text") {
            for (const auto& element : elements(block, 1, 1))
                read_rich_text(element);
        } else if (type == "context") {
            for (const auto& element : elements(block, 1, 10))
                words += plain(&element, 3'000);
        } else if (type == "actions") {
            read_row(elements(block, 1, 25));
        } else {
            problems.emplace_back("a block of type " + type);
        }
    }

    const json::Array& elements(const json::Value& of, std::size_t least, std::size_t most) {
        static const json::Array none;
        const auto* found = of.find("elements");
        const auto& list = found && found->array() ? *found->array() : none;
        if (list.size() < least || list.size() > most) refuse("elements", list.size());
        return list;
    }

    void read_rich_text(const json::Value& element) {
        constexpr std::size_t any = 100'000;
        if (element.text_of("type") == "rich_text_list") {
            for (const auto& item : elements(element, 1, any))
                read_rich_text(item);
            return;
        }
        if (element.text_of("type") != "rich_text_section") problems.emplace_back("no section");
        for (const auto& leaf : elements(element, 1, any))
            read_leaf(leaf);
    }

    void read_leaf(const json::Value& leaf) {
        const auto type = leaf.text_of("type");
        const auto* key = type == "text" ? "text" : type == "link" ? "url" : "fallback";
        const auto shown = leaf.text_of(key);
        if (type != "text" && type != "link" && type != "date")
            problems.push_back("a leaf of type " + type);
        if (shown.empty() || units(shown) >= 3'000) refuse("leaf", units(shown));
        if (type == "link") links.push_back(shown);
        leaves.push_back(shown);
        words += shown;
    }

    void read_row(const json::Array& row) {
        std::set<std::string> actions;
        for (const auto& button : row) {
            plain(button.find("text"), 75);
            if (units(button.text_of("accessibility_label")) > 75) problems.emplace_back("spoken");
            const auto action = button.text_of("action_id");
            if (action.empty() || action.size() > 255 || !actions.insert(action).second)
                problems.push_back("action_id " + action);
            buttons.push_back(button.text_of("value"));
            if (buttons.back().empty() || buttons.back().size() > 255)
                refuse("value", buttons.back().size());
        }
    }

    std::set<std::string> ids_;
};

}  // namespace muster::slack
