#pragma once

#include <functional>

#include "adapters/http/routes.hpp"
#include "adapters/slack/install_states.hpp"
#include "adapters/slack/oauth.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/entropy.hpp"
#include "bot/ports/log.hpp"

namespace muster::slack {

struct InstallSettings {
    OauthApp app;
    std::vector<std::string> workspaces;  // ids of those that may install Muster
    bool is_open = false;                 // any may
};

enum class Kept {
    kept,      // and called with from now on
    known,     // the configuration has that workspace
    not_kept,  // nothing of it was stored
};

// Where a workspace installs Muster in a browser: GET /slack/oauth/install leads to Slack, and
// Slack leads back to GET /slack/oauth/callback (protocols/slack.md 7). Everything else that may
// come there changes nothing, and says what to do in plain English.
class InstallDesk {
public:
    // `keep` stores what was granted. Everything must outlive the desk.
    struct Parts {
        HttpClient& http;
        Clock& clock;
        Entropy& entropy;
        Log& log;
        std::function<Task<Kept>(Grant)> keep;
        // Muster works, or has worked, in that workspace: its token may be the one that was
        // granted.
        std::function<bool(const std::string& workspace)> is_known;
    };

    InstallDesk(InstallSettings settings, Parts parts);

    // From the next install on.
    void use_client_secret(std::string value) { settings_.app.client_secret = std::move(value); }

    // The desk must outlive the server of these routes.
    void add_to(http::Routes& routes);

    static constexpr int most_at_once = 8;  // that wait for Slack; others are asked to come again

private:
    Task<http::Response> begin(http::Request request);
    Task<http::Response> end(http::Request request);
    Task<http::Response> install(std::string code);
    Task<http::Response> take(Grant grant);
    Task<> leave(Grant grant);
    bool may_install(const Grant& grant) const;
    void note(std::string_view what, const Grant& grant);

    InstallSettings settings_;
    Parts parts_;
    InstallStates states_;
    int under_way_ = 0;
};

}  // namespace muster::slack
