#pragma once

#include "adapters/slack/identity.hpp"
#include "adapters/slack/web_api.hpp"
#include "bot/ports/history.hpp"

namespace muster::slack {

// What people typed in their direct message with the bot, read from there (conversations.history
// and conversations.replies; protocols/slack.md 5.3, 5.5). Takes a part of the method's tier only:
// the looks for messages that were perhaps posted need the rest.
class TypedHistory final : public History {
public:
    // Everything must outlive it.
    TypedHistory(ConnectionId connection, WebApi& api, Clock& clock, Log& log);

    Task<Typed> typed_in(Conversation conversation, Instant since) override;

    // Who we are is to be asked again.
    void introduced_anew() { us_.reset(); }

private:
    struct Reading;

    Task<bool> read_top(Reading& reading);
    Task<bool> read_thread(Reading& reading, std::string parent);
    Task<bool> read_pages(Reading& reading, std::string method, json::Object arguments);
    Task<> wait_for_a_turn();

    ConnectionId connection_;
    WebApi& api_;
    Clock& clock_;
    Log& log_;
    std::optional<Identity> us_;
    SteadyInstant next_turn_{};
};

}  // namespace muster::slack
