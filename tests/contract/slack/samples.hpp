#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "tests/unit/adapters/slack/inbound_story.hpp"

// The payloads in samples/, and what the readers make of them in one line.
namespace muster::slack {

struct Sample {
    std::string name;  // "bolt-python/block_actions__body.json"
    std::string text;
};

inline std::vector<Sample> all_samples() {
    const std::filesystem::path folder{MUSTER_SLACK_SAMPLES};
    std::vector<Sample> samples;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file{entry.path(), std::ios::binary};
        std::string text{std::istreambuf_iterator<char>{file}, {}};
        samples.push_back({entry.path().lexically_relative(folder).string(), std::move(text)});
    }
    std::ranges::sort(samples, {}, &Sample::name);
    return samples;
}

inline Value value_of(const Sample& sample) {
    auto parsed = json::parse(sample.text);
    EXPECT_TRUE(parsed) << sample.name;
    return parsed ? *parsed : Value{};
}

// Everything inside a value, and the value itself.
inline void visit(Value& value, const std::function<void(Value&)>& look) {
    look(value);
    if (auto* array = std::get_if<Array>(&value.content))
        for (auto& each : *array)
            visit(each, look);
    if (auto* object = std::get_if<Object>(&value.content))
        for (auto& each : *object)
            visit(each.value, look);
}

// The same, had it been meant for the bot: said directly, a button of ours, a form of ours.
inline Value meant_for_us(Value payload) {
    auto change = [](Value& value) {
        auto* object = std::get_if<Object>(&value.content);
        if (!object) return;
        for (auto& [key, inner] : *object) {
            if (key == "channel_type") inner = "im";
            if (key == "private_metadata") inner = "answer:11:1";
            if (key == "value" && value.find("action_ts")) inner = "answer:11:0:3";
            if (key == "type" && inner == Value{""}) inner = "event_callback";
        }
    };
    visit(payload, change);
    return payload;
}

// What Slack would POST to the route of commands: the members of an object as a form.
inline std::string command_of(const Value& payload) {
    std::string form;
    if (!payload.object()) return json::dump(payload);
    for (const auto& [name, value] : *payload.object())
        form += (form.empty() ? "" : "&") +
                form_of(name, value.text() ? *value.text() : json::dump(value));
    return form;
}

struct InWords {
    std::string operator()(const Said& said) const {
        auto thread = said.thread ? " below " + *said.thread : "";
        return "said " + said.message + thread + ": " + said.text;
    }

    std::string operator()(const Edited& edited) const {
        return "edited " + edited.message + ": " + edited.text;
    }

    std::string operator()(const Deleted& deleted) const { return "deleted " + deleted.message; }

    std::string operator()(const Pressed& pressed) const {
        return "pressed " + std::string{name(pressed.verb)} + " in " + pressed.message;
    }

    std::string operator()(const Submitted& submitted) const {
        auto words = "submitted " + to_text(submitted.form);
        for (const auto& [key, value] : submitted.values)
            words += " " + key + "=" + value;
        return words;
    }

    std::string operator()(const Dismissed& form) const { return "put away " + to_text(form.form); }

    std::string operator()(const Commanded& commanded) const {
        return "commanded: " + commanded.text;
    }

    std::string operator()(const HomeOpened& opened) const {
        return opened.is_blank ? "opens a blank page" : "opens the page";
    }

    std::string operator()(const BlockerWanted& wanted) const {
        return "wants a blocker: " + wanted.words;
    }

    std::string operator()(const ConnectionLost& lost) const { return "lost: " + lost.reason; }

    std::string operator()(const PersonChanged& changed) const {
        return changed.person + (changed.is_gone ? " is gone" : " is there") +
               (changed.name ? " as " + *changed.name : "") +
               (changed.zone ? " in " + *changed.zone : "") +
               (changed.is_outsider.value_or(false) ? " from elsewhere" : "") +
               (changed.away.value_or(AwayHint{}).is_away ? " perhaps away" : "");
    }

    std::string operator()(const Left& left) const { return "left " + left.place; }

    std::string operator()(const Reopened& reopened) const { return "back in " + reopened.place; }

    std::string operator()(const PlaceMoved& moved) const {
        return moved.from + " moved to " + moved.to;
    }

    std::string operator()(const QuietWanted& wanted) const {
        return wanted.person + (wanted.to ? " wants quiet" : " wants no quiet");
    }

    std::string operator()(const GroupChanged& changed) const {
        auto words = "changed " + changed.group + ":";
        for (const auto& account : changed.came)
            words += " +" + account;
        for (const auto& account : changed.left)
            words += " -" + account;
        return words;
    }

    std::string operator()(const Introduced&) const { return "introduced"; }

    std::string operator()(const MemberJoined& joined) const {
        return joined.person + " came to " + joined.place;
    }

    std::string operator()(const Joined& joined) const {
        return joined.by + " invited us to " + joined.place;
    }

    std::string operator()(const LookedUp&) const { return "what no platform tells by itself"; }

    std::string operator()(const Seen& seen) const { return "seen " + seen.message; }
};

// "W111 of T111/E111 said D1/17.1: Hello", or why it means nothing.
inline std::string meaning_of(const Heard& heard) {
    const auto* told = std::get_if<Told>(&heard);
    if (!told) return why_of(heard);
    auto words = told->account + " of";
    for (const auto& [team, enterprise] : told->workspaces)
        words += " " + team + "/" + enterprise;
    return words + " " + std::visit(InWords{}, told->event);
}

}  // namespace muster::slack
