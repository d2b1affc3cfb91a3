#pragma once

#include <functional>

#include "tests/fakes/msteams/authority.hpp"
#include "tests/fakes/msteams/connector.hpp"

namespace muster::fake_teams {

// A request that Teams makes of the app, as it goes over the wire.
struct AppRequest {
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    // Not sent: what the answer is about.
    std::string user;
    std::string invoke;  // its name; "" = no invoke
    std::string conversation;
    std::string card;  // the message whose card was used
};

struct AppAnswer {
    int status = 0;  // 0: none came
    std::string body;
};

// Microsoft Teams, its Connector and its login, as one app in one tenant sees them: a pure model
// that lives on while the bot dies. It holds the app to Microsoft's rules and to our own.
class FakeTeams {
public:
    explicit FakeTeams(Installation installation = {});

    FakeTeams(const FakeTeams&) = delete;
    FakeTeams& operator=(const FakeTeams&) = delete;

    Tenant& tenant() { return tenant_; }

    const Complaints& complaints() const { return complaints_; }

    const Connector& connector() const { return connector_; }

    // ---- the app calls

    // Login, keys or Connector.
    HttpAnswer handle(const HttpCall& call, Instant now);

    // Two calls that change one conversation may not be under way at a time.
    bool begin(const HttpCall& call, Instant now);
    void end(const HttpCall& call);

    // The next call with a token is refused, although it has not ended.
    void refuse_token() { token_ = "token-" + std::to_string(++tokens_); }

    int tokens_given() const { return tokens_given_; }

    // ---- Teams calls the app

    // An activity goes out: signed, as `listener` gets it, or waiting to be taken.
    void tell(json::Object activity, AppRequest about, Instant now);
    std::vector<AppRequest> take();

    void on_request(std::function<void(AppRequest)> listener) { listener_ = std::move(listener); }

    // What the app answered. Shows its person what an invoke was answered with.
    void hear(const AppRequest& request, const AppAnswer& answer, Instant now);

    // Signed with another key from now on; the one before is published no more after that.
    void rotate_keys();

    // A number that was not there before.
    std::string new_id() { return "f:" + std::to_string(++ids_); }

private:
    HttpAnswer answer_to_login(const HttpCall& call, Instant now);
    void hear_invoke(const AppRequest& request, const json::Value& answer, Instant now);
    void hear_card(const AppRequest& request, const json::Value& answer, Instant now);
    void hear_dialog(const AppRequest& request, const json::Value& answer, Instant now);

    Complaints complaints_;
    Tenant tenant_;
    Connector connector_{tenant_, complaints_};
    int keys_ = 1;
    msteams::Authority authority_{"key-1"};
    std::string token_ = "token-1";
    int tokens_ = 1;
    int tokens_given_ = 0;
    int ids_ = 0;
    std::vector<std::string> busy_;  // conversations
    std::vector<AppRequest> waiting_;
    std::function<void(AppRequest)> listener_;
};

}  // namespace muster::fake_teams
