#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/domain/delivery.hpp"
#include "bot/ports/task.hpp"

namespace muster {

// Where a message goes: a person's direct message or a channel, on one connection. `address` is the
// external id.
struct Destination {
    ConnectionId connection;
    std::string address;
    bool direct = false;
    std::optional<std::string> thread;  // provider id of the message whose thread it joins
    // The person's own page instead of a message to them: it holds one message, and showing that
    // twice does no harm. There is nothing to remove or to find.
    bool home = false;
};

// What is asked of a platform. Each kind of call has limits of its own there.
enum class Call {
    deliver,
    update,
    remove,
    find,
    show,  // a person's own page, for the first time or again
};

// What has to wait when a platform asks for a pause.
enum class Scope {
    call,        // calls of this kind, over this connection
    place,       // whatever goes to this place
    connection,  // everything
};

// What became of one call (spec/reliability.md: each platform classifies in one function).
struct Outcome {
    enum class Kind {
        sent,       // provider_id says where, in how many parts now
        try_later,  // nothing was posted: after `retry_after`, and so for all of `scope`
        refused,    // nothing was posted and never will be, here or to this person: `reason`
        suspended,  // nothing was posted, the whole connection is refused: `reason`
        ambiguous,  // perhaps posted: find() before any repeat
    };

    Kind kind = Kind::sent;
    std::string provider_id;
    std::string reason;  // of all but `sent`: one of hindrance's, else the platform's own code
    milliseconds retry_after{0};
    Scope scope = Scope::call;
};

// What a look at the platform found of one delivery.
struct Found {
    using Kind = Sighting;

    Kind kind = Kind::cannot_tell;
    std::vector<std::string>
        provider_ids;  // present: all messages that carry the delivery's id, oldest first
    milliseconds retry_after{0};  // try_later: and so for all of `scope`
    Scope scope = Scope::call;
    std::string reason{};  // of what was not seen
};

// How fast calls of one kind may follow each other without being refused; the rest is learned from
// try_later.
struct Pace {
    milliseconds per_destination{0};  // after such a call nothing goes to its place for so long
    milliseconds per_connection{0};   // on average at least this long from one to the next
    int burst = 1;                    // so many may go at once after a rest
};

// A chat platform, over one connection.
//
// A provider id names one message, into however many parts the adapter had to split it; its parts
// are edited, removed and found together. The rest of the program keeps it, compares it and hands
// it back, and understands nothing of it but this: an adapter that splits names all parts in one
// id, that of the first part first and a space after it ("D1/17.1 17.2"), and who replies to the
// message names it by its first part (Said::thread "D1/17.1"). Later parts hang from the first, so
// that a reply below any of them comes as a reply to the first.
//
// Calls end within 10 seconds, with an Outcome whatever happens: they throw only operation_aborted,
// and only when the task was cancelled. Must not be called again for one delivery before the last
// call for it ended.
class ChatPlatform {
public:
    virtual ~ChatPlatform() = default;

    // Posts. The delivery's id goes with the message, so that find() can tell whether it arrived.
    virtual Task<Outcome> deliver(DeliveryId, Destination, Message) = 0;
    virtual Task<Outcome> update(DeliveryId, Destination, std::string provider_id, Message) = 0;
    virtual Task<Outcome> remove(DeliveryId, Destination, std::string provider_id) = 0;
    virtual Task<Found> find(DeliveryId, Destination, Instant since) = 0;

    virtual Pace pace(Call) const = 0;
};

}  // namespace muster
