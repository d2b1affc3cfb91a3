#pragma once

#include <map>
#include <string>
#include <vector>

#include "bot/domain/delivery.hpp"
#include "bot/domain/run.hpp"

namespace muster::sim {

// The bot dies five minutes after it began to ask many people on a Tuesday, and is started again on
// Friday (spec/reliability.md, 'Catch-up policy' and F31).
struct OverdueOptions {
    enum class Back {
        evening,  // after everybody's working day
        morning,  // half an hour after that day's stand-up was due
    };

    std::uint64_t seed = 1;
    int members = 17'000;  // of all workspaces together
    int members_of_a_team = 20;
    int workspaces = 1;
    Back back = Back::evening;
};

struct OverdueReport {
    int timers = 0;      // due when it was started again
    int deliveries = 0;  // the same
    // From then on, in the bot's own time: until no timer is due and nothing waits that is too
    // late; until all that is due is posted.
    milliseconds settled_in{0};
    milliseconds drained_in{0};
    milliseconds processor_time{0};  // until it was settled; of Slack's model, too
    int teams = 0;
    std::map<Purpose, int> posts;  // since it was started again
    int most_reports_of_one = 0;   // "I was away", to one person
    std::map<std::string, int>
        asked_on_tuesday;  // what became of their rounds: "silent", "not_asked downtime"
    std::map<std::string, int> asked_later;
    int rejections = 0;
    std::vector<std::string> violations;
};

OverdueReport come_back(const OverdueOptions&);

}  // namespace muster::sim
