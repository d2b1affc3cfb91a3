#include "config/configuration.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "adapters/sealing/sealing.hpp"
#include "bot/domain/ceremony.hpp"
#include "config/peers.hpp"
#include "config/section.hpp"

namespace muster::config {
namespace {

constexpr auto local_name = "local";

// "T0123ABCD", "E0123ABCD".
bool is_workspace(const std::string& id) {
    auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    auto begins = id.starts_with('T') || id.starts_with('E');
    return begins && id.size() > 1 && id.size() <= 30 && std::ranges::all_of(id, fits);
}

class Reader {
public:
    Reader(const json::Value& root, const std::filesystem::path& file, Findings& findings)
        : root_(Place(findings, root, "")), folder_(file.parent_path()) {}

    Configuration take() {
        root_.text("$schema");
        configuration_.organisation =
            root_.needed_text("organisation", "the name of your organisation");
        read_server();
        read_storage();
        read_network();
        read_list("slack", [&](Section& section) {
            configuration_.slack.push_back(slack(section));
        });
        if (auto app = root_.find("slack_app")) configuration_.slack_app = slack_app(*app);
        read_list("msteams", [&](Section& section) {
            configuration_.msteams.push_back(msteams(section));
        });
        read_list("outgoing_webhooks", [&](Section& section) { read_outgoing_webhook(section); });
        read_list("workflows", [&](Section& section) { read_workflow(section); });
        read_local();
        read_alarms();
        read_clock();
        read_list("admins", [&](Section& section) { read_admin(section); });
        root_.refuse_others();
        return std::move(configuration_);
    }

private:
    void read_server();
    void read_listener(Section&, std::string_view key, Listener&);
    void read_storage();
    Backup backup(const Place&);
    Secret token_key(const Place&);
    void read_network();
    Slack slack(Section&);
    SlackApp slack_app(const Place&);
    static SlackTransport transport(Section&);

    template <class App>
    static void check_way_in(Section&, const App&);

    MsTeams msteams(Section&);
    void read_outgoing_webhook(Section&);
    void read_workflow(Section&);
    void read_local();
    void read_alarms();
    void read_clock();
    void read_admin(Section&);

    template <class Read>
    void read_list(std::string_view key, Read read) {
        auto list = root_.find(key);
        if (!list) return;
        for (const auto& element : list->elements()) {
            Section section(element);
            read(section);
            section.refuse_others();
        }
    }

    std::string connection_name(Section&);
    std::string name(Section&, std::set<std::string>& taken);
    std::string peer_url(Section&, std::string_view key, std::string fallback);
    std::vector<std::string> hosts(
        Section&, std::string_view key, std::vector<std::string> fallback
    );
    static std::optional<Instant> instant(Section&, std::string_view key);
    std::filesystem::path path(Section&, std::string_view key, std::filesystem::path fallback);

    std::filesystem::path path_from(const std::string& text) const {
        return folder_ / text;  // which is `text` when that is absolute
    }

    Secret needed_secret(Section&, std::string_view key);
    std::optional<Secret> secret(Section&, std::string_view key);
    Secret secret_at(const Place&);
    Secret secret_of_file(const Place&);
    Secret secret_of_environment(const Place&);

    Section root_;
    std::filesystem::path folder_;
    std::set<std::string> connections_{local_name};
    std::set<std::string> webhooks_;
    std::set<std::string> workflows_;
    Configuration configuration_;
};

void Reader::read_server() {
    auto place = root_.find("server");
    if (!place) return;
    Section section(*place);
    auto& server = configuration_.server;
    read_listener(section, "listen", server.listen);
    read_listener(section, "admin_listen", server.admin_listen);
    server.public_url = peer_url(section, "public_url", "");
    if (auto proxies = section.find("trusted_proxies")) {
        for (const auto& proxy : proxies->elements("a list of addresses")) {
            auto text = proxy.text();
            if (!is_network(text)) proxy.refuse("an address or a network such as \"10.0.0.0/8\"");
            server.trusted_proxies.push_back(text);
        }
    }
    if (server.listen == server.admin_listen && server.listen.port != 0)
        section.place().refuse("listen and admin_listen to differ");
    section.refuse_others();
}

void Reader::read_listener(Section& section, std::string_view key, Listener& listener) {
    auto place = section.find(key);
    if (!place) return;
    auto expected = "an address and a port such as \"127.0.0.1:8080\"";
    auto read = place->value().text() ? listener_from(*place->value().text()) : std::nullopt;
    if (read) {
        listener = *read;
    } else {
        place->refuse(expected);
    }
}

void Reader::read_storage() {
    auto& storage = configuration_.storage;
    auto place = root_.find("storage");
    if (!place) {
        storage.sqlite = path_from(storage.sqlite.string());
        return;
    }
    Section section(*place);
    storage.sqlite = path(section, "sqlite", storage.sqlite);
    if (auto found = section.find("backup")) storage.backup = backup(*found);
    if (auto key = section.find("token_key")) storage.token_key = token_key(*key);
    section.refuse_others();
}

Backup Reader::backup(const Place& place) {
    Section section(place);
    Backup backup;
    if (auto every = section.find("every")) {
        auto length = length_from(every->text("a length such as \"24h\""));
        if (!length) every->refuse("a length from \"1m\" to \"48h\"");
        backup.every = length.value_or(backup.every);
    }
    if (auto keep = section.find("keep")) backup.keep = keep->number(1, 1000);
    backup.directory = path(section, "dir", "var/backups");
    section.refuse_others();
    return backup;
}

Secret Reader::token_key(const Place& place) {
    auto key = secret_at(place);
    if (!key.reveal().empty() && !SealingKey::from(key.reveal()))
        place.refuse("32 random bytes in hex or base64: muster tokens key --out FILE makes them");
    return key;
}

void Reader::read_network() {
    auto place = root_.find("network");
    if (!place) return;
    Section section(*place);
    auto& network = configuration_.network;
    if (auto proxy = section.find("proxy"); proxy && !proxy->value().is_null()) {
        network.proxy = proxy->text("the address of a proxy, or null");
        if (proxy->value().text() && !is_proxy_url(network.proxy))
            proxy->refuse("the address of a proxy such as \"http://proxy.example:3128\", or null");
    }
    if (auto hosts = section.find("no_proxy")) network.no_proxy = hosts->texts();
    network.ca_file = path(section, "ca_file", "");
    section.refuse_others();
}

Slack Reader::slack(Section& section) {
    Slack slack;
    slack.name = connection_name(section);
    slack.transport = transport(section);
    slack.bot_token = needed_secret(section, "bot_token");
    slack.app_token = secret(section, "app_token");
    slack.signing_secret = secret(section, "signing_secret");
    slack.previous_signing_secret = secret(section, "previous_signing_secret");
    slack.previous_signing_secret_until = instant(section, "previous_signing_secret_until");
    slack.api_base_url = peer_url(section, "api_base_url", slack.api_base_url);
    slack.response_url_hosts = hosts(section, "response_url_hosts", slack.response_url_hosts);
    if (slack.previous_signing_secret.has_value() !=
        slack.previous_signing_secret_until.has_value())
        section.place().refuse(
            "previous_signing_secret and previous_signing_secret_until, or neither"
        );
    if (auto other = misplaced_bot_token(slack.bot_token.reveal()))
        section.place().refuse("as bot_token " + *other);
    check_way_in(section, slack);
    return slack;
}

SlackTransport Reader::transport(Section& section) {
    auto place = section.find("transport");
    if (!place) return SlackTransport::http;
    auto text = place->text("\"http\" or \"socket\"");
    if (place->value().text() && text != "http" && text != "socket")
        place->refuse("\"http\" or \"socket\"");
    return text == "socket" ? SlackTransport::socket : SlackTransport::http;
}

template <class App>
void Reader::check_way_in(Section& section, const App& app) {
    auto misplaced = app.app_token ? misplaced_app_token(app.app_token->reveal()) : std::nullopt;
    if (misplaced) section.place().refuse("as app_token " + *misplaced);
    bool over_socket = app.transport == SlackTransport::socket;
    if (over_socket && !app.app_token) section.place().refuse("app_token, as transport is socket");
    if (!over_socket && !app.signing_secret)
        section.place().refuse("signing_secret, as transport is http");
}

SlackApp Reader::slack_app(const Place& place) {
    Section section(place);
    SlackApp app;
    app.client_id = section.needed_text("client_id", "the app's client id");
    app.client_secret = needed_secret(section, "client_secret");
    app.transport = transport(section);
    app.app_token = secret(section, "app_token");
    app.signing_secret = secret(section, "signing_secret");
    check_way_in(section, app);
    if (auto list = section.find("workspaces")) {
        for (const auto& workspace : list->elements("a list of workspaces")) {
            auto id = workspace.text();
            if (workspace.value().text() && !is_workspace(id))
                workspace.refuse("the id of a workspace or organisation such as \"T0123ABCD\"");
            app.workspaces.push_back(id);
        }
    }
    app.is_open = section.flag("open", false);
    app.authorize_url = peer_url(section, "authorize_url", app.authorize_url);
    app.api_base_url = peer_url(section, "api_base_url", app.api_base_url);
    app.response_url_hosts = hosts(section, "response_url_hosts", app.response_url_hosts);
    section.refuse_others();
    if (!configuration_.storage.token_key)
        place.refuse("storage.token_key, as the tokens of workspaces are kept in the database");
    if (configuration_.server.public_url.empty())
        place.refuse("server.public_url, as Slack sends people back there");
    return app;
}

MsTeams Reader::msteams(Section& section) {
    MsTeams teams;
    teams.name = connection_name(section);
    teams.app_id = section.needed_text("app_id", "the app's id");
    teams.app_password = needed_secret(section, "app_password");
    teams.tenant_id = section.needed_text("tenant_id", "the tenant's id");
    teams.service_url_hosts = hosts(section, "service_url_hosts", teams.service_url_hosts);
    teams.openid_metadata_url = peer_url(section, "openid_metadata_url", teams.openid_metadata_url);
    auto usual = "https://login.microsoftonline.com/" + teams.tenant_id + "/oauth2/v2.0/token";
    teams.token_url = peer_url(section, "token_url", usual);
    teams.issuer = section.text("issuer", teams.issuer);
    teams.scope = section.text("scope", teams.scope);
    return teams;
}

void Reader::read_outgoing_webhook(Section& section) {
    OutgoingWebhook webhook;
    webhook.name = name(section, webhooks_);
    webhook.security_token = needed_secret(section, "security_token");
    configuration_.outgoing_webhooks.push_back(std::move(webhook));
}

void Reader::read_workflow(Section& section) {
    Workflow workflow;
    workflow.name = name(section, workflows_);
    workflow.url = needed_secret(section, "url");
    configuration_.workflows.push_back(std::move(workflow));
}

void Reader::read_local() {
    auto place = root_.find("local");
    if (!place) return;
    Section section(*place);
    configuration_.local_enabled = section.flag("enabled", false);
    section.refuse_others();
    if (configuration_.local_enabled && !is_loopback(configuration_.server.listen))
        place->refuse("server.listen on a loopback address, as anybody there can be anybody");
}

void Reader::read_alarms() {
    auto place = root_.find("alarms");
    if (!place) return;
    Section section(*place);
    auto heartbeat = section.find("heartbeat_url");
    if (heartbeat && !heartbeat->value().is_null()) {
        auto expected = "an https:// address (http:// only on loopback), or null";
        configuration_.heartbeat_url = heartbeat->text(expected);
        if (heartbeat->value().text() && !is_peer_url(configuration_.heartbeat_url))
            heartbeat->refuse(expected);
    }
    section.refuse_others();
}

void Reader::read_clock() {
    auto place = root_.find("clock");
    if (!place) return;
    Section section(*place);
    configuration_.clock_adjustable = section.flag("adjustable", false);
    section.refuse_others();
    const auto& server = configuration_.server;
    if (configuration_.clock_adjustable &&
        !(is_loopback(server.listen) && is_loopback(server.admin_listen)))
        place->refuse("both listeners on loopback addresses, as this lets a client move time");
}

void Reader::read_admin(Section& section) {
    Admin admin;
    auto connection = section.need("connection", "the name of a connection");
    if (connection) {
        admin.connection = connection->text("the name of a connection");
        auto known = connections_of(configuration_);
        auto is_it = [&](const NamedConnection& named) { return named.name == admin.connection; };
        auto may_be_installed = configuration_.slack_app && is_workspace(admin.connection);
        if (connection->value().text() && !may_be_installed && std::ranges::none_of(known, is_it))
            connection->refuse("the name of a connection of this file");
    }
    admin.user = section.needed_text("user", "the user's id on that connection");
    configuration_.admins.push_back(std::move(admin));
}

std::string Reader::connection_name(Section& section) {
    return name(section, connections_);
}

std::string Reader::name(Section& section, std::set<std::string>& taken) {
    auto expected = "a name of 1 to 64 letters, digits, hyphens or underscores";
    auto place = section.need("name", expected);
    if (!place) return "";
    auto name = place->text(expected);
    auto fits = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
    };
    bool is_name = !name.empty() && name.size() <= 64 && std::ranges::all_of(name, fits);
    if (!is_name) {
        if (place->value().text()) place->refuse(expected);
    } else if (!taken.insert(name).second) {
        place->refuse("a name that no other has; \"local\" is the local workspace");
    }
    return name;
}

std::string Reader::peer_url(Section& section, std::string_view key, std::string fallback) {
    auto place = section.find(key);
    if (!place) return fallback;
    auto expected = "an https:// address (http:// only on loopback)";
    auto url = place->text(expected);
    if (place->value().text() && !is_peer_url(url)) place->refuse(expected);
    return url;
}

std::vector<std::string> Reader::hosts(
    Section& section, std::string_view key, std::vector<std::string> fallback
) {
    auto list = section.find(key);
    if (!list) return fallback;
    std::vector<std::string> hosts;
    for (const auto& host : list->elements("a list of hosts")) {
        auto text = host.text();
        bool fits = is_host(text) && (text.find(':') == std::string::npos ||
                                      is_loopback_host(text.substr(0, text.rfind(':'))));
        if (!fits) host.refuse("a host name; a port only with a loopback host");
        hosts.push_back(text);
    }
    return hosts;
}

std::optional<Instant> Reader::instant(Section& section, std::string_view key) {
    auto place = section.find(key);
    if (!place) return std::nullopt;
    auto expected = "a minute of UTC such as \"2026-12-01T12:00Z\"";
    auto text = place->text(expected);
    auto is_minute = text.size() == 17 && text.back() == 'Z';
    auto instant = is_minute ? instant_from(text.substr(0, 16) + ":00.000Z") : std::nullopt;
    if (!instant && place->value().text()) place->refuse(expected);
    return instant;
}

std::filesystem::path Reader::path(
    Section& section, std::string_view key, std::filesystem::path fallback
) {
    auto place = section.find(key);
    if (!place) return fallback.empty() ? fallback : path_from(fallback.string());
    auto text = place->text("a path");
    if (text.empty() && place->value().text()) place->refuse("a path");
    return path_from(text);
}

Secret Reader::needed_secret(Section& section, std::string_view key) {
    auto place = section.need(key, "{ \"file\": ... } or { \"env\": ... }");
    return place ? secret_at(*place) : Secret();
}

std::optional<Secret> Reader::secret(Section& section, std::string_view key) {
    auto place = section.find(key);
    if (!place) return std::nullopt;
    return secret_at(*place);
}

Secret Reader::secret_at(const Place& place) {
    Section section(place);
    auto file = section.find("file");
    auto variable = section.find("env");
    section.refuse_others();
    if (!place.value().object()) return Secret();
    if (file.has_value() == variable.has_value()) {
        place.refuse("either \"file\" or \"env\": secrets never stand in this file");
        return Secret();
    }
    return file ? secret_of_file(*file) : secret_of_environment(*variable);
}

Secret Reader::secret_of_file(const Place& place) {
    auto name = place.text("the path of a file");
    if (!place.value().text()) return Secret();
    auto read = read_secret(path_from(name));
    if (auto* secret = std::get_if<Secret>(&read)) return std::move(*secret);
    place.refuse(std::get<std::string>(read));
    return Secret();
}

Secret Reader::secret_of_environment(const Place& place) {
    auto name = place.text("the name of an environment variable");
    if (!place.value().text()) return Secret();
    const char* value = std::getenv(name.c_str());
    if (!value || !*value) {
        place.refuse("an environment variable that is set");
        return Secret();
    }
    return Secret(value);
}

}  // namespace

Checked<Configuration> read_configuration(const std::filesystem::path& file) {
    auto text = read_text(file);
    if (!text) return text.error();
    return configuration_from(*text, file);
}

Checked<Configuration> configuration_from(
    std::string_view text, const std::filesystem::path& file
) {
    auto parsed = json::parse(text, json::Comments::allowed);
    if (!parsed) return Problems{not_json(file.string(), parsed.error())};
    Findings findings(file.string());
    auto configuration = Reader(*parsed, file, findings).take();
    if (!findings.empty()) return findings.take();
    return configuration;
}

std::optional<std::string> misplaced_bot_token(const std::string& token) {
    if (!token.starts_with("xapp-")) return std::nullopt;
    return "the bot's token, xoxb-, and not the app-level token";
}

std::optional<std::string> misplaced_app_token(const std::string& token) {
    if (!token.starts_with("xoxb-")) return std::nullopt;
    return "the app-level token, xapp-, and not the bot's";
}

std::vector<NamedConnection> connections_of(const Configuration& configuration) {
    std::vector<NamedConnection> connections;
    for (const auto& slack : configuration.slack)
        connections.push_back({slack.name, "slack"});
    for (const auto& teams : configuration.msteams)
        connections.push_back({teams.name, "msteams"});
    if (configuration.local_enabled) connections.push_back({local_name, "local"});
    return connections;
}

}  // namespace muster::config
