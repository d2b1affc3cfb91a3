#pragma once

#include "adapters/slack/directory.hpp"
#include "adapters/slack/endpoint.hpp"
#include "adapters/slack/introduction.hpp"
#include "adapters/slack/platform.hpp"
#include "adapters/slack/typed_history.hpp"

namespace muster::slack {

// What is configured of one workspace.
struct AppSettings {
    ConnectionId connection;
    std::string api_base_url;
    std::string token;
    std::vector<SigningSecret> secrets;
    std::vector<std::string> response_url_hosts;
};

// Everything that belongs to one workspace that Muster is installed in, in and out.
class App {
public:
    // Everything must outlive the last task of `calls`.
    struct Parts {
        HttpClient& http;
        const Catalogue& catalogue;
        Clock& clock;
        Log& log;
        TaskGroup& calls;  // those that follow a reply
    };

    App(AppSettings settings, Parts parts);

    Platform& platform() { return platform_; }

    Directory& directory() { return directory_; }

    TypedHistory& history() { return history_; }

    Installation& installation() { return installation_; }

    // From the next call on.
    void use(std::string token) { api_.use(std::move(token)); }

    // The same of an app that was installed again: Slack is to be asked anew who we are there, and
    // what is granted now. Until then, nothing that comes in is known to be ours.
    void use_anew(std::string token);

    // Another token of the same workspace, from the next call on. Or nothing changes, and this is
    // what it should have been: "a token that Slack accepts (invalid_auth)"; "" = it counts.
    Task<std::string> renew(std::string token);

    // Another signing secret; that of before counts five minutes more.
    void renew_signing_secret(std::string value);

    // Asks Slack who we are until it says so: till then, nothing that comes in is known to be ours.
    Task<> introduce();

    // What Muster needs and was not granted, as far as Slack has said who we are.
    const std::vector<std::string>& missing_scopes() const { return missing_scopes_; }

private:
    void get_to_know(Introduction introduction);

    HttpClient& http_;
    Clock& clock_;
    Log& log_;
    std::string api_base_url_;
    Bell known_;
    WebApi api_;
    ResponseUrls response_urls_;
    Platform platform_;
    TypedHistory history_;
    Replies replies_;
    Installation installation_;
    Directory directory_;
    std::vector<std::string> missing_scopes_;
};

}  // namespace muster::slack
