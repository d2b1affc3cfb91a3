#pragma once

#include "adapters/msteams/connector.hpp"
#include "adapters/msteams/conversation_turns.hpp"

namespace muster::msteams {

// A conversation: a chat with one person, a channel, or the thread of one of its messages.
struct Reach {
    std::string service_url;
    std::string conversation;
};

// Writes to conversations, one call at a time to each, whoever asks for it. An error is a
// ConnectorAnswer's, or "conversation_busy", which was not sent: others were not done in five
// seconds.
class Conversations {
public:
    // Both must outlive it.
    Conversations(Connector& connector, Clock& clock) : connector_(connector), turns_(clock) {}

    Task<ConnectorAnswer> post(Reach to, json::Object activity);

    // In a channel: a message of its own, whose thread is another conversation.
    Task<ConnectorAnswer> begin_thread(Reach channel, std::string tenant, json::Object activity);

    Task<ConnectorAnswer> edit(Reach in, std::string activity_id, json::Object activity);
    Task<ConnectorAnswer> remove(Reach in, std::string activity_id);

private:
    Task<ConnectorAnswer> in_turn(Reach in, ConnectorCall call);

    Connector& connector_;
    ConversationTurns turns_;
};

}  // namespace muster::msteams
