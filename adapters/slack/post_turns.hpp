#pragma once

#include <map>
#include <string>

#include "bot/domain/instant.hpp"

namespace muster::slack {

// One post a second to one place (protocols/slack.md 5.3): of a burst Slack may store or show only
// a part. The courier keeps to that for its own messages; here its messages, their later parts and
// the replies to people meet.
class PostTurns {
public:
    // How long a post that is asked for now must wait for its turn. Nought: its turn is now.
    milliseconds wait_at(const std::string& place, SteadyInstant now) const;

    // The next one is taken.
    void take(const std::string& place, SteadyInstant now);

    // Two names of one place: a person, and the direct message with them.
    void is_also(const std::string& place, const std::string& other);

private:
    std::map<std::string, SteadyInstant> next_;  // of places whose next turn is yet to come
};

}  // namespace muster::slack
