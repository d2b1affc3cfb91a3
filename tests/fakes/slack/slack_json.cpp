#include "tests/fakes/slack/slack_json.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace muster::fake_slack {
namespace {

struct CodePoint {
    unsigned value = 0;
    std::size_t bytes = 1;
};

// Of UTF-8 that is known to be valid.
CodePoint code_point_at(std::string_view text, std::size_t at) {
    auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
    auto tail = [&](std::size_t offset) { return byte(offset) & 0x3FU; };
    if (byte(0) < 0x80) return {byte(0), 1};
    if (byte(0) < 0xE0) return {(byte(0) & 0x1FU) << 6 | tail(1), 2};
    if (byte(0) < 0xF0) return {(byte(0) & 0x0FU) << 12 | tail(1) << 6 | tail(2), 3};
    return {(byte(0) & 0x07U) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4};
}

std::string escaped(CodePoint point) {
    if (point.value < 0x10000) return fmt::format("\\u{:04x}", point.value);
    auto rest = point.value - 0x10000;
    return fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF));
}

// What protocols/slack.md calls conditional, or what only some senders give.
constexpr std::array unpromised{
    "app_id",
    "api_app_id",
    "bot_profile",
    "client_msg_id",
    "context_team_id",
    "event_context",
    "is_ext_shared_channel",
    "parent_user_id",
    "reply_count",
    "team_domain",
    "username",
    "warning",
    "user_name"};

}  // namespace

// Beyond ASCII, and with slashes, there is nothing outside the strings of a JSON text.
std::string written(const json::Value& value) {
    auto text = json::dump(value);
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        auto point = code_point_at(text, at);
        if (point.bytes > 1)
            result += escaped(point);
        else if (point.value == '/')
            result += "\\/";
        else
            result += text[at];
        at += point.bytes;
    }
    return result;
}

void put(json::Object& object, std::string key, json::Value value) {
    auto same = std::ranges::find(object, key, &json::Member::key);
    if (same == object.end())
        object.push_back({std::move(key), std::move(value)});
    else
        same->value = std::move(value);
}

void drop(json::Object& object, std::string_view key) {
    std::erase_if(object, [&](const json::Member& member) { return member.key == key; });
}

const json::Value* find(const json::Object& object, std::string_view key) {
    auto found = std::ranges::find(object, key, &json::Member::key);
    return found == object.end() ? nullptr : &found->value;
}

std::string text_of(const json::Object& object, std::string_view key) {
    auto* value = find(object, key);
    return value && value->text() ? *value->text() : "";
}

const json::Array& array_of(const json::Object& object, std::string_view key) {
    static const json::Array none;
    auto* value = find(object, key);
    return value && value->array() ? *value->array() : none;
}

json::Array texts(const std::vector<std::string>& lines) {
    json::Array array;
    for (const auto& line : lines)
        array.emplace_back(line);
    return array;
}

json::Value drifted(const json::Value& value) {
    if (const auto* array = value.array()) {
        json::Array result;
        for (const auto& inner : *array)
            result.push_back(drifted(inner));
        return result;
    }
    if (const auto* object = value.object()) {
        json::Object result{
            {"is_new_in_2027", json::Object{{"level", 3}, {"names", json::Array{}}}}};
        for (const auto& [key, inner] : *object) {
            // What people entered is keyed by the app's own names: nothing may come between them.
            auto is_keyed_by_us = key == "state" || key == "blocks";
            if (std::ranges::find(unpromised, key) != unpromised.end()) continue;
            result.push_back({key, is_keyed_by_us ? inner : drifted(inner)});
        }
        return result;
    }
    return value;
}

}  // namespace muster::fake_slack
