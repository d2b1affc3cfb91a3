#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bot/domain/instant.hpp"

namespace muster::sim {

// One morning on which many people are asked at the same minute: the real bot with the real Slack
// adapter, in front of workspaces that take 300 posts in any minute and not one more.
struct FanOutOptions {
    // What is the matter with the first workspace from that minute on.
    enum class Trouble { none, slow, revoked };

    std::uint64_t seed = 1;
    int members = 10'000;  // of all workspaces together, in equal parts
    int members_of_a_team = 20;
    int workspaces = 1;
    Trouble trouble = Trouble::none;
    double answering = 0;  // how many of those who are asked answer, within the next minute
    int deaths = 0;        // the process dies so often in the middle of it
};

// How long after its moment something stood in Slack.
struct Lateness {
    milliseconds half{0};  // of them sooner than that
    milliseconds p99{0};
    milliseconds last{0};
};

struct FanOutReport {
    struct OfWorkspace {
        int asked = 0;
        int missing = 0;  // nobody asked them
        int doubled = 0;  // two prompts stand
        int posts = 0;
        int rejections = 0;  // 429
        int calls = 0;
        Lateness prompts;   // since the minute of the stand-up
        Lateness receipts;  // since the line was typed
        std::vector<std::string> violations;

        // How long all posts took, against the time that Slack's limit leaves no way around.
        double against_ideal = 0;
        double rejections_per_post() const;
    };

    std::vector<OfWorkspace> workspaces;
    milliseconds processor_time{0};  // of the bot and of Slack's model together
    int deaths = 0;

    // Of all workspaces but the one in trouble.
    Lateness prompts_elsewhere;
};

FanOutReport fan_out(const FanOutOptions&);

}  // namespace muster::sim
