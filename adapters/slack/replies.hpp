#pragma once

#include "adapters/http/message.hpp"
#include "adapters/slack/inbound.hpp"
#include "adapters/slack/render.hpp"
#include "adapters/slack/response_url.hpp"
#include "adapters/slack/web_api.hpp"
#include "bot/app/intake.hpp"
#include "bot/domain/texts.hpp"
#include "bot/ports/log.hpp"
#include "bot/ports/task_group.hpp"

namespace muster::slack {

// What a person is answered, in the way that Slack has for what they did: in the answer to the
// request where that can hold it, else by a call that follows it. At most once, and never a
// delivery (design.md, "Reply"): what is lost can be asked for again.
class Replies {
public:
    // Everything must outlive the last task of `calls`.
    struct Parts {
        WebApi& api;
        ResponseUrls& response_urls;
        const Catalogue& catalogue;
        Clock& clock;
        Log& log;
        TaskGroup& calls;
    };

    explicit Replies(Parts parts) : parts_(parts) {}

    // Answers the request, and begins the calls that belong to the reply. To be called when all is
    // committed: a form may be opened for 3 s only.
    http::Response carry_out(const Told& told, const Taken& taken);

    // It was not stored: the person sees so, where they typed or pressed.
    http::Response not_saved(const Told& told, const Message& words);

private:
    http::Response to_command(const Told& told, const Taken& taken);
    http::Response to_form(const Reply& reply);
    void follow(const Told& told, const Reply& reply);
    Task<> open(std::string person, Way way, OpenForm form);
    Task<> say(std::string person, Way way, Message message);
    Task<> say_at_home(std::string person, Way way, Message message);
    Task<> whisper(std::string url, std::vector<Post> posts);
    Task<> show(std::string person, Way way, std::vector<Post> posts);
    Task<> post_directly(std::string person, std::vector<Post> posts);
    Task<> post_there(std::string person, Way way, std::vector<Post> posts);
    Task<std::vector<Post>> post(Way way, std::vector<Post> posts);

    Parts parts_;
};

}  // namespace muster::slack
