#include "adapters/slack/emoji.hpp"

#include <charconv>
#include <optional>
#include <string_view>

#include "adapters/slack/render.hpp"

namespace muster::slack {
namespace {

using json::Value;

void append_utf8(std::string& words, std::uint32_t point) {
    auto byte = [&](std::uint32_t value) { words += static_cast<char>(value); };
    auto following = [&](unsigned shift) { byte(0x80U | ((point >> shift) & 0x3FU)); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xC0U | (point >> 6U));
        following(0);
    } else if (point < 0x1'0000) {
        byte(0xE0U | (point >> 12U));
        following(6);
        following(0);
    } else {
        byte(0xF0U | (point >> 18U));
        following(12);
        following(6);
        following(0);
    }
}

// "1f44d-1f3fb"; none where it is no list of characters that can be shown, or would need escapes.
std::optional<std::string> characters_in(std::string_view unicode) {
    std::string words;
    while (true) {
        std::uint32_t point = 0;
        const auto* const end = unicode.data() + unicode.size();
        const auto [read_to, error] = std::from_chars(unicode.data(), end, point, 16);
        const bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
        if (error != std::errc{} || point <= 0x20 || point > 0x10'FFFF || is_surrogate)
            return std::nullopt;
        append_utf8(words, point);
        if (read_to == end) break;
        if (*read_to != '-') return std::nullopt;
        unicode.remove_prefix(static_cast<std::size_t>(read_to + 1 - unicode.data()));
    }
    if (escaped(words) != words) return std::nullopt;
    return words;
}

// ":wave:", and with the colour of a skin ":wave::skin-tone-2:".
std::string written(const Value& emoji) {
    const auto name = emoji.text_of("name");
    auto words = ":" + name + ":";
    const auto* tone = emoji.find("skin_tone");
    const auto* number = tone ? tone->number() : nullptr;
    if (number && name.find("::skin-tone-") == std::string::npos)
        words += ":skin-tone-" + std::to_string(*number) + ":";
    return words;
}

// Goes through the leaves of the blocks in their order, and through the text beside them.
class Reading {
public:
    explicit Reading(std::string text) : text_(std::move(text)) {}

    void read(const Value& element) {
        const auto type = element.text_of("type");
        if (type == "text") pass(escaped(element.text_of("text")));
        if (type == "emoji") replace(element);
        const auto* inner = element.find("elements");
        if (!inner || !inner->array()) return;
        for (const auto& one : *inner->array())
            read(one);
    }

    std::string text() && { return std::move(text_); }

private:
    void pass(const std::string& words) {
        const auto at = text_.find(words, read_to_);
        if (at != std::string::npos) read_to_ = at + words.size();
    }

    void replace(const Value& emoji) {
        const auto name = written(emoji);
        const auto characters = characters_in(emoji.text_of("unicode"));
        const auto at = characters ? text_.find(name, read_to_) : std::string::npos;
        if (at == std::string::npos) return pass(name);
        text_.replace(at, name.size(), *characters);
        read_to_ = at + characters->size();
    }

    std::string text_;
    std::size_t read_to_ = 0;
};

}  // namespace

std::string with_emoji(std::string text, const Value& message) {
    const auto* blocks = message.find("blocks");
    if (!blocks || !blocks->array()) return text;
    Reading reading{std::move(text)};
    for (const auto& block : *blocks->array())
        if (block.text_of("type") == "rich_text") reading.read(block);
    return std::move(reading).text();
}

}  // namespace muster::slack
