#pragma once

#include "adapters/slack/finder.hpp"
#include "adapters/slack/render.hpp"

namespace muster::slack {

// What a message is to show, and where.
struct Rendered {
    DeliveryId delivery;
    std::string channel;
    std::optional<std::string> thread;  // ts of its parent
    std::vector<Post> posts;            // one for each part; the first is marked
};

// Writes messages in parts (README, "A message in parts"). What it could not finish it keeps in
// `begun`, for a later call to go on with.
class Poster {
public:
    // Everything must outlive it.
    Poster(WebApi& api, Clock& clock, Log& log, UnfinishedMessages& begun);

    // All parts. Refused = none of them stands; a part that stands alone is ambiguous.
    Task<Outcome> post(Rendered rendered);

    // Writes anew what stands, part by part, removes what is too much and posts what is missing.
    Task<Outcome> edit(Rendered rendered, WhatStands standing);

    // Removes all parts from that one on.
    Task<Outcome> erase(DeliveryId delivery, Named message, std::size_t from = 0);

private:
    Task<Outcome> post_the_rest(Rendered rendered, WhatStands standing);
    std::optional<Outcome> held_up(DeliveryId delivery, const WhatStands& standing) const;
    Task<Outcome> post_one(
        DeliveryId delivery, std::string channel, std::optional<std::string> thread, Post post
    );
    Task<Outcome> take_back(DeliveryId delivery, Named message, Outcome refusal);
    Task<ApiAnswer> edit_one(DeliveryId delivery, std::string channel, std::string ts, Post post);
    Task<ApiAnswer> call(
        DeliveryId delivery, std::string method, json::Object arguments, bool may_repeat
    );

    WebApi& api_;
    Clock& clock_;
    Log& log_;
    UnfinishedMessages& begun_;
    SteadyInstant started_at_;
};

}  // namespace muster::slack
