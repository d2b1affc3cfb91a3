#pragma once

#include "bot/ports/http_client.hpp"
#include "tests/fakes/slack/complaints.hpp"
#include "tests/fakes/slack/content.hpp"
#include "tests/fakes/slack/outbox.hpp"

// Answers to commands and presses, whether they come as the body of the answer or to a response_url
// (protocols/slack.md 3.1 and 3.2).
namespace muster::fake_slack {

class ResponseUrls {
public:
    // Everything must outlive it.
    ResponseUrls(Workspace& workspace, Outbox& outbox, Complaints& complaints)
        : workspace_(workspace), outbox_(outbox), complaints_(complaints) {}

    // A post to a response_url.
    HttpAnswer post(const HttpCall&, Instant now);

    // The body of the answer to a command; `about` says where it was typed.
    void answer_command(const AppRequest& about, const json::Object& body, Instant now);

    // Where a post would be seen by all; "" = nowhere, only one person sees it.
    std::string posts_to(const HttpCall&) const;

private:
    HttpAnswer refuse(int status, const std::string& error, const std::string& why);
    std::optional<HttpAnswer> use_refused(const HttpCall&, ResponseUrl&);
    HttpAnswer carry_out(const json::Object& body, const ResponseUrl&);
    HttpAnswer replace(const ResponseUrl&, const Content&);
    HttpAnswer remove(const ResponseUrl&);
    void show(
        const json::Object& body, const ResponseUrl&, const Content&, const std::string& through
    );

    Workspace& workspace_;
    Outbox& outbox_;
    Complaints& complaints_;
    Instant now_{};
};

}  // namespace muster::fake_slack
