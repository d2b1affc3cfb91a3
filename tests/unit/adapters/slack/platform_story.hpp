#pragma once

#include <optional>

#include "adapters/slack/platform.hpp"
#include "tests/unit/adapters/slack/api_story.hpp"

namespace muster::slack {

constexpr DeliveryId delivery{12};
constexpr int lines_of_a_part = 50;  // a post holds 50 blocks

// So many lines, each a block of its own.
inline Message a_message(int lines, const std::string& words = "Line") {
    Message message;
    message.notification = verbatim("Notification");
    for (int line = 1; line <= lines; ++line)
        message.blocks.push_back(Heading{verbatim(words + " " + std::to_string(line))});
    return message;
}

inline Message in_parts(int parts, const std::string& words = "Line") {
    return a_message(parts * lines_of_a_part, words);
}

// A bot with one workspace, Amira's direct message and a channel.
class PlatformStory : public ApiStory {
protected:
    PlatformStory() { restart(); }

    // A new process, which knows nothing of what the last one did.
    void restart() { restart_over(slack); }

    void restart_over(HttpClient& http) {
        platform.reset();
        api.emplace(http, clock, base_url, token);
        platform.emplace(*api, clock, log, catalogue);
    }

    Outcome deliver(Destination to, Message message) {
        return result_of(platform->deliver(delivery, std::move(to), std::move(message)));
    }

    Outcome update(Destination to, std::string id, Message message) {
        return result_of(
            platform->update(delivery, std::move(to), std::move(id), std::move(message))
        );
    }

    Outcome remove(Destination to, std::string id) {
        return result_of(platform->remove(delivery, std::move(to), std::move(id)));
    }

    Found find(Destination to, milliseconds ago = 60s) {
        return result_of(platform->find(delivery, std::move(to), clock.now() - ago));
    }

    // At a message's nth call of a method.
    void trouble(const std::string& method, int nth, HttpResult answer) {
        slack.troubles[{method, nth}] = {ScriptedSlack::When::instead, std::move(answer)};
    }

    void trouble_after(
        const std::string& method, int nth, HttpResult answer, milliseconds lag = 0ms
    ) {
        slack.troubles[{method, nth}] = {ScriptedSlack::When::after, std::move(answer), lag};
    }

    std::vector<std::string> methods() const {
        std::vector<std::string> made;
        for (const auto& request : slack.requests)
            made.push_back(request.method);
        return made;
    }

    // The block ids that name the messages there, oldest first.
    std::vector<std::string> marks_in(const std::string& channel) const {
        std::vector<std::string> marks;
        for (const auto& message : slack.in(channel))
            if (!message.blocks.array()->empty())
                marks.push_back(message.blocks.array()->front().text_of("block_id"));
        return marks;
    }

    // What stands there, line by line, as people read it.
    std::vector<std::string> lines_in(const std::string& channel) const {
        std::vector<std::string> lines;
        for (const auto& message : slack.in(channel))
            for (const auto& block : *message.blocks.array())
                lines.push_back(block.find("text")->text_of("text"));
        return lines;
    }

    static std::vector<std::string> lines_of(const Message& message) {
        std::vector<std::string> lines;
        for (const auto& block : message.blocks) {
            const auto& words = std::get<Heading>(block).text.arguments.front().second;
            lines.push_back(std::get<UserText>(words).value);
        }
        return lines;
    }

    // Exactly one message stands there: all of its lines, in order, and its parts hang from the
    // first.
    void expect_one_whole(const std::string& channel, const Message& message) const {
        EXPECT_EQ(lines_in(channel), lines_of(message));
        auto parts = slack.in(channel);
        for (std::size_t part = 1; part < parts.size(); ++part)
            EXPECT_EQ(
                parts[part].thread,
                parts.front().thread.empty() ? parts.front().ts : parts.front().thread
            );
    }

    ScriptedSlack slack{clock};
    Catalogue catalogue{{}};
    std::optional<WebApi> api;
    std::optional<Platform> platform;
    const Destination amira{.connection = {1}, .address = "U1", .direct = true, .thread = {}};
    const Destination team{.connection = {1}, .address = "C1", .direct = false, .thread = {}};
};

}  // namespace muster::slack
