#pragma once

#include "adapters/msteams/directory.hpp"
#include "adapters/msteams/endpoint.hpp"
#include "adapters/msteams/platform.hpp"

namespace muster::msteams {

// What is configured of the app in one tenant.
struct AppSettings {
    ConnectionId connection;
    std::string app_id;
    std::string app_password;
    std::string tenant;  // its id
    std::string issuer;  // of the tokens that requests come with
    std::string scope;   // of the token that our calls go with
    std::string metadata_url;
    std::string token_url;
    std::vector<std::string> service_url_hosts;
};

// Everything that belongs to the app in one tenant, in and out.
class App {
public:
    // Everything must outlive the last task of `calls`.
    struct Parts {
        HttpClient& http;
        ContactBook& book;
        const Catalogue& catalogue;
        Clock& clock;
        Entropy& entropy;
        Log& log;
        TaskGroup& calls;  // those that follow a reply, and what is fetched
    };

    App(AppSettings settings, Parts parts);

    Platform& platform() { return platform_; }

    Directory& directory() { return directory_; }

    Installation& installation() { return installation_; }

    // What is known of how people are reached. Before anything comes in or goes out.
    Task<> load() { return contacts_.load(); }

    // Another password of the app, from the next call on.
    void use(std::string app_password) { token_.use(std::move(app_password)); }

    // Keeps Microsoft's keys fresh, for as long as the program runs.
    Task<> run() { return keys_.run(); }

private:
    AccessToken token_;
    Connector connector_;
    KeyRing keys_;
    Gate gate_;
    Contacts contacts_;
    Conversations conversations_;
    DirectChats chats_;
    Platform platform_;
    Directory directory_;
    Replies replies_;
    Installation installation_;
};

}  // namespace muster::msteams
