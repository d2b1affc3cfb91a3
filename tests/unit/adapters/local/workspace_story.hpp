#pragma once

#include <algorithm>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include "adapters/local/platform.hpp"
#include "adapters/system/virtual_clock.hpp"

namespace muster {

class VectorMemory : public WorkspaceMemory {
public:
    Task<bool> remember(RememberedMessage message) override {
        if (full) co_return false;
        auto same = std::ranges::find(messages, message.id, &RememberedMessage::id);
        if (same == messages.end())
            messages.push_back(std::move(message));
        else
            *same = std::move(message);
        co_return true;
    }

    Task<std::vector<RememberedMessage>> recall(std::string place, int limit) override {
        std::vector<RememberedMessage> here;
        for (const auto& message : messages)
            if (message.place == place && !message.removed) here.push_back(message);
        if (std::ssize(here) > limit) here.erase(here.begin(), here.end() - limit);
        co_return here;
    }

    Task<std::optional<RememberedMessage>> recall_one(std::string id) override {
        auto found = std::ranges::find(messages, id, &RememberedMessage::id);
        if (found == messages.end()) co_return std::nullopt;
        co_return *found;
    }

    Task<std::vector<RememberedMessage>> recall_delivery(DeliveryId delivery) override {
        std::vector<RememberedMessage> sent;
        for (const auto& message : messages)
            if (message.delivery == delivery) sent.push_back(message);
        co_return sent;
    }

    std::vector<RememberedMessage> messages;
    bool full = false;
};

inline Message a_message(std::string words) {
    Message message;
    message.notification = verbatim(words);
    message.blocks = {Paragraph{verbatim(words)}};
    return message;
}

// A workspace with an empty memory, at 9:30am UTC on a Tuesday.
class WorkspaceStory : public testing::Test {
protected:
    template <class T>
    T result_of(Task<T> task) {
        auto result = boost::asio::co_spawn(loop, std::move(task), boost::asio::use_future);
        loop.restart();
        loop.run();
        return result.get();
    }

    boost::asio::io_context loop;
    Instant nine_thirty = instant_from("2026-11-24T09:30:00.000Z").value();
    VirtualClock clock{loop, nine_thirty, 1'000};
    VectorMemory memory;
    LocalWorkspace workspace{memory};
    LocalPlatform platform{workspace, clock};
};

}  // namespace muster
