#pragma once

#include "adapters/http/message.hpp"
#include "adapters/msteams/direct_chats.hpp"
#include "adapters/msteams/inbound.hpp"
#include "adapters/msteams/render.hpp"
#include "bot/app/intake.hpp"
#include "bot/ports/log.hpp"
#include "bot/ports/task_group.hpp"

namespace muster::msteams {

// What a person is answered, in the way that Teams has for what they did: in the response where
// that can hold it, else by a call that follows it. At most once, and never a delivery (design.md,
// "Reply"): what is lost can be asked for again.
class Replies {
public:
    // Everything must outlive the last task of `calls`.
    struct Parts {
        Conversations& conversations;
        DirectChats& chats;
        const Catalogue& catalogue;
        Clock& clock;
        Log& log;
        TaskGroup& calls;
    };

    explicit Replies(Parts parts) : parts_(parts) {}

    // Answers the request, and begins the calls that belong to the reply. To be called when all is
    // committed. `reader`: who did it.
    http::Response carry_out(const Told& told, const Taken& taken, const Reader& reader);

    // It was not stored: the person sees so, where they typed or pressed.
    http::Response not_saved(const Told& told, const Message& words);

    // They used a button that means nothing any more.
    http::Response unknown_button(const Told& told, const Reader& reader);

private:
    http::Response on_the_card(const Told& told, const Taken& taken, const Reader& reader);
    http::Response in_a_dialog(const Told& told, const Reply& reply, const Reader& reader);
    void follow(const Told& told, const Reply& reply);
    Task<> say(Told told, Message message);
    Task<> open(Told told, OpenForm form);
    Task<> answer_in_our_chat(Told told, std::vector<Post> posts, Reader reader);
    Task<bool> post(Reach to, std::vector<json::Object> activities);
    Task<ConnectorAnswer> post_one(Reach to, json::Object activity);
    std::string words(const char* key, const Reader& reader) const;

    Parts parts_;
};

}  // namespace muster::msteams
