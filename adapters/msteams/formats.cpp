#include "adapters/msteams/formats.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace muster::msteams {
namespace {

constexpr std::size_t to_the_second = 19;  // "2026-11-22T02:48:19"
constexpr std::size_t decimals = 3;
constexpr std::size_t most_decimals = 9;

struct Entity {
    std::string_view name;
    std::string_view words;
};

constexpr std::array entities{
    Entity{"amp", "&"},
    Entity{"lt", "<"},
    Entity{"gt", ">"},
    Entity{"quot", "\""},
    Entity{"apos", "'"},
    Entity{"nbsp", " "},
};

std::string utf8_of(std::uint32_t point) {
    auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
    if (point < 0x80) return {byte(point)};
    if (point < 0x800) return {byte(0xC0 | point >> 6), byte(0x80 | (point & 63))};
    if (point < 0x10000)
        return {
            byte(0xE0 | point >> 12), byte(0x80 | (point >> 6 & 63)), byte(0x80 | (point & 63))};
    return {
        byte(0xF0 | point >> 18),
        byte(0x80 | (point >> 12 & 63)),
        byte(0x80 | (point >> 6 & 63)),
        byte(0x80 | (point & 63))};
}

// "#39", "#x27": a character that stands for itself, and no control.
std::optional<std::string> character_of(std::string_view reference) {
    reference.remove_prefix(1);
    auto base = reference.starts_with('x') || reference.starts_with('X') ? 16 : 10;
    if (base == 16) reference.remove_prefix(1);
    std::uint32_t point = 0;
    auto [end, error] = std::from_chars(reference.begin(), reference.end(), point, base);
    if (error != std::errc{} || end != reference.end() || reference.empty()) return std::nullopt;
    auto is_surrogate = point >= 0xD800 && point < 0xE000;
    if (point < 32 || point > 0x10FFFF || is_surrogate) return std::nullopt;
    return point == 0xA0 ? " " : utf8_of(point);
}

std::optional<std::string> decoded(std::string_view entity) {
    if (entity.starts_with('#')) return character_of(entity);
    auto known = std::ranges::find(entities, entity, &Entity::name);
    if (known == entities.end()) return std::nullopt;
    return std::string{known->words};
}

std::string without_entities(std::string_view text) {
    constexpr std::size_t longest_entity = 10;
    std::string words;
    while (!text.empty()) {
        auto end =
            text.front() == '&' ? text.substr(0, longest_entity).find(';') : std::string_view::npos;
        auto character =
            end == std::string_view::npos ? std::nullopt : decoded(text.substr(1, end - 1));
        if (character) {
            words += *character;
            text.remove_prefix(end + 1);
        } else {
            words += text.front();
            text.remove_prefix(1);
        }
    }
    return words;
}

std::string without(std::string text, const std::vector<std::string>& mentions) {
    for (const auto& mention : mentions) {
        if (mention.empty()) continue;
        for (auto at = text.find(mention); at != std::string::npos; at = text.find(mention, at))
            text.erase(at, mention.size());
    }
    return text;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(white), text.size()));
    auto last = text.find_last_not_of(white);
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// A person who is mentioned is "@" and their name.
std::string with_names(std::string_view text) {
    constexpr std::string_view open = "<at>", close = "</at>";
    std::string words;
    while (!text.empty()) {
        auto begin = text.find(open);
        auto end = begin == std::string_view::npos ? begin : text.find(close, begin);
        if (end == std::string_view::npos) return words.append(text);
        words.append(text.substr(0, begin)).append("@");
        words.append(text.substr(begin + open.size(), end - begin - open.size()));
        text.remove_prefix(end + close.size());
    }
    return words;
}

}  // namespace

std::optional<Instant> instant_of(std::string_view timestamp) {
    if (timestamp.ends_with("+00:00"))
        timestamp.remove_suffix(6);
    else if (timestamp.ends_with('Z'))
        timestamp.remove_suffix(1);
    else
        return std::nullopt;
    if (timestamp.size() < to_the_second) return std::nullopt;
    auto fraction = timestamp.substr(to_the_second);
    if (!fraction.empty()) {
        auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
        auto digits = fraction.substr(1);
        if (fraction.front() != '.' || digits.empty() || digits.size() > most_decimals ||
            !std::ranges::all_of(digits, is_digit))
            return std::nullopt;
        fraction = digits;
    }
    auto thousandths = std::string{fraction.substr(0, decimals)};
    thousandths.resize(decimals, '0');
    return instant_from(std::string{timestamp.substr(0, to_the_second)} + "." + thousandths + "Z");
}

std::string typed_words(std::string_view text, const std::vector<std::string>& of_the_bot) {
    auto words = without_entities(with_names(without(std::string{text}, of_the_bot)));
    return std::string{trimmed(words)};
}

std::string channel_of(std::string_view conversation) {
    return std::string{conversation.substr(0, conversation.find(";messageid="))};
}

}  // namespace muster::msteams
