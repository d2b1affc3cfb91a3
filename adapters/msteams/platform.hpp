#pragma once

#include "adapters/msteams/direct_chats.hpp"
#include "adapters/msteams/render.hpp"
#include "bot/ports/chat_platform.hpp"
#include "bot/ports/log.hpp"
#include "bot/ports/provider_id.hpp"

namespace muster::msteams {

// One tenant as a ChatPlatform (protocols/teams.md 5). Microsoft lets nobody read what was posted:
// find() cannot tell. What that means for a message in parts: README.
class Platform final : public ChatPlatform {
public:
    // Everything must outlive it.
    struct Parts {
        Conversations& conversations;
        DirectChats& chats;
        Contacts& contacts;
        const Catalogue& catalogue;
        Log& log;
    };

    Platform(std::string tenant, Parts parts) : tenant_(std::move(tenant)), parts_(parts) {}

    Task<Outcome> deliver(DeliveryId, Destination, Message) override;
    Task<Outcome> update(DeliveryId, Destination, std::string provider_id, Message) override;
    Task<Outcome> remove(DeliveryId, Destination, std::string provider_id) override;
    Task<Found> find(DeliveryId, Destination, Instant since) override;
    Pace pace(Call) const override;

private:
    // What is posted of a message, and what is to come.
    struct Posting {
        DeliveryId delivery;
        Reach to;
        bool is_new_thread = false;  // the first part is a message of its own in a channel
        std::vector<Post> posts;
        Named standing;  // no parts: nothing is posted
    };

    Task<Reached> reach(Destination to);
    Task<Outcome> post(Posting posting);
    Task<ConnectorAnswer> post_next(const Posting& posting);
    std::string service_url_for(const Destination& to) const;
    Outcome judged(Call call, DeliveryId delivery, const ConnectorAnswer& answer);
    void keep_begun(const Posting& posting);

    std::string tenant_;
    Parts parts_;
    std::map<DeliveryId, Named> begun_;  // posted in part, by this process
};

}  // namespace muster::msteams
