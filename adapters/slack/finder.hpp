#pragma once

#include "adapters/slack/search.hpp"
#include "adapters/slack/unfinished.hpp"

namespace muster::slack {

// What a look for a delivery showed.
struct Look {
    Reading reading = Reading::answered;
    std::vector<Named> messages;  // the first is the one to keep
    ApiAnswer last;               // of a reading that is not `answered`: why
};

// What stands of one message, as far as could be seen.
struct WhatStands {
    Named message;
    Reading reading = Reading::answered;
    std::string reason{};  // of a reading that is not `answered`
};

// Finds what stands of a delivery: in the conversation, and among what this process has begun.
class Finder {
public:
    // Everything must outlive it.
    Finder(WebApi& api, Clock& clock, Log& log, const UnfinishedMessages& begun);

    // All copies, posted since then.
    Task<Look> look_for(DeliveryId delivery, Destination to, Instant since);

    // More parts may stand than the caller was told of: those that this process has posted, and
    // those that an earlier one has. They hang below `thread`.
    Task<WhatStands> all_parts_of(DeliveryId delivery, Named message, std::string thread);

    // Who we are is to be asked again.
    void introduced_anew() { us_.reset(); }

private:
    Task<std::variant<Identity, ApiAnswer>> us();
    Task<std::variant<std::string, ApiAnswer>> conversation_with(Destination to);
    Task<Findings> search_for(DeliveryId delivery, Destination to, Instant since);
    Task<Findings> search_below(DeliveryId delivery, Named message, std::string thread);
    void note(DeliveryId delivery, const Findings& findings);

    WebApi& api_;
    Clock& clock_;
    Log& log_;
    const UnfinishedMessages& begun_;
    std::optional<Identity> us_;
};

// Where a post goes: a person's id opens the direct message by itself, but a thread in it needs its
// own.
std::string channel_of(const Destination& to);

// The ts of the parent of the thread that it goes to.
std::optional<std::string> parent_in(const Destination& to);

}  // namespace muster::slack
