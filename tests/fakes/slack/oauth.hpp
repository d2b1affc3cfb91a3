#pragma once

#include "bot/ports/http_client.hpp"
#include "tests/fakes/slack/complaints.hpp"
#include "tests/fakes/slack/workspace.hpp"

namespace muster::fake_slack {

// How an app is installed (protocols/slack.md 7): somebody agrees in a browser and brings back a
// code, which the app changes into a token.
class Oauth {
public:
    Oauth(Workspace& workspace, Complaints& complaints)
        : workspace_(workspace), complaints_(complaints) {}

    // What stands in the address that the app sends a browser to.
    struct Asked {
        std::string client_id;
        std::string redirect_uri;
        std::string scope;
        std::string state;
    };

    // They agree, and come back with this code. From when it is changed the workspace takes `token`
    // and no other.
    std::string agree(const Asked& asked, const std::string& token, Instant now);

    // oauth.v2.access.
    json::Object access(const HttpCall& call, Instant now);

private:
    struct Code {
        std::string redirect_uri;
        std::string token;
        Instant given_at{};
        bool is_used = false;
    };

    json::Object blame(Instant now, const std::string& error, const std::string& why);

    Workspace& workspace_;
    Complaints& complaints_;
    std::map<std::string, Code> codes_;
};

}  // namespace muster::fake_slack
