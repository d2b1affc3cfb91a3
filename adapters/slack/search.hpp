#pragma once

#include "adapters/slack/copies.hpp"
#include "adapters/slack/outcome.hpp"

namespace muster::slack {

// What a look through a conversation showed.
struct Findings {
    Reading reading = Reading::answered;  // anything else: it was not looked through to the end
    std::vector<Sighted> posts{};
    ApiAnswer last{};       // why it was not
    std::string channel{};  // where it looked
};

// Looks for the posts of one delivery in one conversation, for about 10 s and through a few
// thousand messages at most. For one find() or update().
class Search {
public:
    // `api` and `clock` must outlive it.
    Search(WebApi& api, Clock& clock, Identity us, DeliveryId delivery, std::string channel);

    // In the conversation itself since then, and what hangs from there.
    Task<Findings> through_channel(Instant since);

    // In the thread below `parent`, from the post `oldest` on.
    Task<Findings> through_thread(std::string parent, std::string oldest);

private:
    Task<Findings> through(std::string method, json::Object arguments);

    WebApi& api_;
    Clock& clock_;
    Identity us_;
    DeliveryId delivery_;
    std::string channel_;
    int pages_left_;
    SteadyInstant stop_at_;
};

// A moment as Slack writes it, "1531420618.000000".
std::string ts_at(Instant moment);

}  // namespace muster::slack
