#pragma once

#include "tests/fakes/slack/app_answers.hpp"
#include "tests/fakes/slack/conduct.hpp"
#include "tests/fakes/slack/oauth.hpp"
#include "tests/fakes/slack/socket_mode.hpp"
#include "tests/fakes/slack/trouble.hpp"
#include "tests/fakes/slack/web_methods.hpp"

namespace muster::fake_slack {

// The platform's time of something, and the time that nobody can set.
struct Moment {
    Instant wall{};
    SteadyInstant steady{};
};

// Slack, as one workspace and one app see it: a pure model that lives on while the bot dies.
//
// It holds the app to Slack's rules and to our own. A violation is what a correct app never does,
// whatever happens around it; a refusal is a no of Slack's that the app had to find out.
class FakeSlack {
public:
    explicit FakeSlack(Installation installation = {});

    FakeSlack(const FakeSlack&) = delete;
    FakeSlack& operator=(const FakeSlack&) = delete;

    Workspace& workspace() { return workspace_; }

    Outbox& outbox() { return outbox_; }

    SocketMode& sockets() { return sockets_; }

    Oauth& oauth() { return oauth_; }

    const Complaints& complaints() const { return complaints_; }

    const std::vector<std::string>& violations() const { return complaints_.violations(); }

    // ---- the app calls Slack

    // A call that is made, arrives and is answered at one moment.
    HttpAnswer handle(const HttpCall& call, Instant now, const Trouble& trouble = {});

    // The same in its three moments. A caller that goes away in between has called nevertheless.
    void made(const HttpCall& call, Moment at);
    HttpAnswer arrived(const HttpCall& call, Moment at, const Trouble& trouble);
    void heard(const HttpCall& call, const HttpAnswer& answer, Moment at);

    // A new process calls, which knows nothing of what the last one was told.
    void new_caller() { conduct_.new_caller(); }

    // The app is installed once more, with another token: the one before is refused from now on.
    void renew_token();

    // How such a call is named for Troubles: "chat.postMessage", "response_url", "elsewhere".
    std::string name_of(const HttpCall& call) const;

    // ---- Slack calls the app

    // What the app answered to one of the outbox's requests; what it gets is what Slack does next.
    std::optional<Again> hear(const AppRequest&, const AppAnswer&, Instant now);

private:
    CallMade call_made(const HttpCall& call);
    HttpAnswer answer_to_api_call(const HttpCall& call, Instant now, const Trouble& trouble);

    Workspace workspace_;
    Outbox outbox_{workspace_};
    Complaints complaints_;
    Conduct conduct_;
    WebMethods methods_{workspace_, outbox_, complaints_};
    ResponseUrls response_urls_{workspace_, outbox_, complaints_};
    AppAnswers app_answers_{workspace_, response_urls_, complaints_};
    SocketMode sockets_{workspace_, app_answers_, complaints_};
    Oauth oauth_{workspace_, complaints_};
};

}  // namespace muster::fake_slack
