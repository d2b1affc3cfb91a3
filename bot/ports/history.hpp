#pragma once

#include <map>

#include "bot/domain/inbound.hpp"
#include "bot/ports/task.hpp"

namespace muster {

// The direct message with one person, in which they were asked.
struct Conversation {
    std::string account;   // external id
    std::string asked_by;  // provider id of the oldest prompt of which answers are looked for
};

// What people typed there, as far as it could be read.
struct Typed {
    enum class Kind {
        read,
        in_part,    // there is more than anybody would look through
        try_later,  // nothing was read: after `retry_after`
        suspended,  // nor will be until somebody has mended the connection
        never,      // the platform does not let Muster read it: `reason`
    };

    Kind kind = Kind::read;
    // In the order in which it was typed, each with the keys that the event has by which the
    // platform tells it; without seeds. Of a line that was changed what it says now.
    std::vector<Inbound> lines{};
    milliseconds retry_after{0};
    std::string reason{};
};

// The memory of a chat platform, over one connection: for what was typed while the bot did not
// listen. Keeps to the platform's limits by itself, and leaves room for other calls.
class History {
public:
    virtual ~History() = default;

    // The lines typed by that person since then, also in the threads below the prompt and what
    // followed it. Without lines that were deleted, and those that others or bots wrote.
    virtual Task<Typed> typed_in(Conversation, Instant since) = 0;
};

// nullptr: there is one, and it cannot be reached.
using Histories = std::map<ConnectionId, History*>;

}  // namespace muster
