#pragma once

#include <variant>

#include "bot/ports/http_client.hpp"

namespace muster::slack {

// The app as Slack knows it, whatever workspace it is installed in.
struct OauthApp {
    std::string client_id;
    std::string client_secret;
    std::string authorize_url = "https://slack.com/oauth/v2/authorize";
    std::string api_base_url;  // ends with a slash
    std::string redirect_url;  // where Slack sends the browser back to
};

// Where a browser is sent to install the app with the scopes that it needs. `team`: the only
// workspace that may; "" = any.
std::string authorize_url_of(
    const OauthApp& app, const std::string& state, const std::string& team
);

// Muster was installed.
struct Grant {
    std::string token;
    std::string team;        // "T..."; "" where it is for a whole organisation
    std::string enterprise;  // "E..."; "" = none
    std::string name;        // of the workspace, for people; whatever its admins typed
    std::string app;         // "A..."
    std::string bot_user;    // "U..."
    bool expires = false;    // the app has token rotation on

    // What the token is kept under.
    const std::string& workspace() const { return team.empty() ? enterprise : team; }
};

// It was not, as Slack says: "invalid_code"; or "no_answer", "unreadable".
struct GrantRefused {
    std::string error;

    // Slack did not say no: the same may go well the next time.
    bool is_of_the_way() const { return error == "no_answer" || error == "unreadable"; }
};

using Granted = std::variant<Grant, GrantRefused>;

// The code that came back with the browser for a token (oauth.v2.access). A code is good once, so
// that the call is never made again.
Task<Granted> exchange(HttpClient& http, OauthApp app, std::string code);

}  // namespace muster::slack
