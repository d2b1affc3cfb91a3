#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "bot/domain/instant.hpp"
#include "config/problem.hpp"
#include "config/secret.hpp"

// What an operator sets in the file of --config: connections, listeners, secrets, limits,
// administrators. People, teams and ceremonies are settings: config/settings_file.
namespace muster::config {

struct Listener {
    std::string host = "127.0.0.1";  // an address, or localhost
    std::uint16_t port = 0;          // 0 = any that is free

    bool operator==(const Listener&) const = default;
};

struct Admin {
    std::string connection;  // name of a connection below
    std::string user;        // external id there
};

struct Server {
    Listener listen{"127.0.0.1", 8080};
    Listener admin_listen{"127.0.0.1", 9090};
    std::string public_url;  // "" = none
    // Addresses or networks, "10.0.0.0/8": reverse proxies, each of which brings many peers.
    std::vector<std::string> trusted_proxies;
};

struct Backup {
    minutes every{24h};
    int keep = 7;
    std::filesystem::path directory;
};

struct Storage {
    std::filesystem::path sqlite = "var/muster.db";
    std::optional<Backup> backup;
    // What the tokens of installed workspaces are kept with: always the text of a SealingKey.
    std::optional<Secret> token_key;
};

struct Network {
    std::string proxy;  // "" = none
    std::vector<std::string> no_proxy;
    std::filesystem::path ca_file;  // "" = the system's
};

// Whether Slack calls Muster, or Muster calls Slack (Socket Mode).
enum class SlackTransport { http, socket };

struct Slack {
    using Transport = SlackTransport;

    std::string name;
    Transport transport = Transport::http;
    Secret bot_token;
    std::optional<Secret> app_token;       // set with transport socket
    std::optional<Secret> signing_secret;  // set with transport http
    // During a rotation: accepted beside the other until then.
    std::optional<Secret> previous_signing_secret;
    std::optional<Instant> previous_signing_secret_until;  // set with previous_signing_secret
    std::string api_base_url = "https://slack.com/api/";
    std::vector<std::string> response_url_hosts{"hooks.slack.com"};
};

// The app that workspaces install themselves, in a browser (GET /slack/oauth/install). Their tokens
// lie in the database.
struct SlackApp {
    using Transport = SlackTransport;

    Transport transport = Transport::http;
    std::string client_id;
    Secret client_secret;
    std::optional<Secret> app_token;       // set with transport socket
    std::optional<Secret> signing_secret;  // set with transport http
    std::vector<std::string> workspaces;   // ids of those that may install it, or of organisations
    bool is_open = false;                  // any may
    std::string authorize_url = "https://slack.com/oauth/v2/authorize";
    std::string api_base_url = "https://slack.com/api/";
    std::vector<std::string> response_url_hosts{"hooks.slack.com"};
};

struct MsTeams {
    std::string name;
    std::string app_id;
    Secret app_password;
    std::string tenant_id;
    std::vector<std::string> service_url_hosts{"smba.trafficmanager.net"};
    std::string openid_metadata_url =
        "https://login.botframework.com/v1/.well-known/openidconfiguration";
    std::string token_url;  // left out: Microsoft's, of the tenant
    // Of the tokens that come with requests, and of the one that our calls go with. Government
    // clouds have others.
    std::string issuer = "https://api.botframework.com";
    std::string scope = "https://api.botframework.com/.default";
};

// A Teams outgoing webhook: POST /msteams/outgoing/{name}.
struct OutgoingWebhook {
    std::string name;
    Secret security_token;
};

// A channel reached by a Teams workflow's address, which is itself a secret.
struct Workflow {
    std::string name;
    Secret url;
};

struct Configuration {
    std::string organisation;
    std::vector<Admin> admins;
    Server server;
    Storage storage;
    Network network;
    std::vector<Slack> slack;
    std::optional<SlackApp> slack_app;  // set only with storage.token_key and server.public_url
    std::vector<MsTeams> msteams;
    std::vector<OutgoingWebhook> outgoing_webhooks;
    std::vector<Workflow> workflows;
    bool local_enabled = false;
    std::string heartbeat_url;  // "" = none
    bool clock_adjustable = false;
};

// Reads the file and the secrets it names. Relative paths resolve against the file.
Checked<Configuration> read_configuration(const std::filesystem::path& file);

// The same for a text that is in memory already; `file` is for problems and for relative paths.
Checked<Configuration> configuration_from(std::string_view text, const std::filesystem::path& file);

// What stands against such a token: Slack shows both on one page, and a token in the other's place
// works nowhere. "the app-level token, xapp-, and not the bot's"
std::optional<std::string> misplaced_bot_token(const std::string& token);
std::optional<std::string> misplaced_app_token(const std::string& token);

// The connections that it opens, in the order of the file: { "main", "slack" }. The local workspace
// is { "local", "local" }.
struct NamedConnection {
    std::string name;
    std::string platform;

    bool operator==(const NamedConnection&) const = default;
};

std::vector<NamedConnection> connections_of(const Configuration&);

bool is_loopback(const Listener&);

}  // namespace muster::config
