#pragma once

#include <algorithm>

#include <gtest/gtest.h>

#include "adapters/json/strict.hpp"
#include "adapters/slack/inbound.hpp"

// Payloads as Slack sends them, with what a test wants changed in them.
namespace muster::slack {

using json::Array;
using json::Object;
using json::Value;

// Muster in the workspace T1.
inline const std::vector<Identity> ours{{"T1", "E1", "UMUSTER", "BMUSTER"}};

// The same object with one member changed, or added.
inline Object with(Object object, const std::string& key, Value value) {
    auto member = std::ranges::find(object, key, &json::Member::key);
    if (member == object.end())
        object.push_back({key, std::move(value)});
    else
        member->value = std::move(value);
    return object;
}

inline Object without(Object object, const std::string& key) {
    std::erase_if(object, [&](const json::Member& member) { return member.key == key; });
    return object;
}

// What "payload" holds, as Slack sends it: everything but letters and digits is escaped.
inline std::string form_of(const std::string& name, const std::string& value) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    auto form = name + "=";
    for (auto letter : value) {
        auto byte = static_cast<unsigned char>(letter);
        if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z')) {
            form += letter;
        } else {
            form += '%';
            form += digits[byte >> 4];
            form += digits[byte & 0x0F];
        }
    }
    return form;
}

inline std::string payload_of(const Object& payload) {
    return form_of("payload", json::dump(payload));
}

inline std::string why_of(const Heard& heard) {
    if (const auto* nothing = std::get_if<Nothing>(&heard)) return std::string{nothing->why};
    if (std::holds_alternative<Malformed>(heard)) return "malformed";
    return std::holds_alternative<Challenge>(heard) ? "challenge" : "told";
}

inline Told told_of(const Heard& heard) {
    EXPECT_EQ(why_of(heard), "told");
    const auto* told = std::get_if<Told>(&heard);
    return told ? *told : Told{};
}

template <class Event>
Event event_of(const Heard& heard) {
    auto told = told_of(heard);
    EXPECT_TRUE(std::holds_alternative<Event>(told.event));
    return std::holds_alternative<Event>(told.event) ? std::get<Event>(told.event) : Event{};
}

}  // namespace muster::slack
