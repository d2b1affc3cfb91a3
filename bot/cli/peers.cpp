#include "bot/cli/peers.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "bot/cli/exit_code.hpp"
#include "bot/cli/refusal.hpp"
#include "config/peers.hpp"

namespace muster::cli {
namespace {

// Everybody's: nobody has one of these, or what is below it, on a network of their own.
constexpr std::array public_domains = {
    "slack.com",
    "slack-gov.com",
    "botframework.com",
    "microsoftonline.com",
    "trafficmanager.net",
};

bool is_public(std::string_view host) {
    auto name = host.substr(0, host.find(':'));
    auto holds = [&](const std::string& domain) {
        return name == domain || name.ends_with("." + domain);
    };
    return std::ranges::any_of(public_domains, holds);
}

}  // namespace

// What the operator has named in the configuration may be on the operator's own network.
http::TlsClientOptions client_options_of(const config::Configuration& configuration) {
    http::TlsClientOptions options;
    options.ca_file = configuration.network.ca_file.string();
    options.proxy = configuration.network.proxy;
    options.no_proxy = configuration.network.no_proxy;
    auto allow = [&](const std::string& host) {
        if (!host.empty() && !is_public(host)) options.allowed_private_hosts.push_back(host);
    };
    for (const auto& slack : configuration.slack) {
        allow(config::host_of(slack.api_base_url));
        for (const auto& host : slack.response_url_hosts)
            allow(host);
    }
    if (const auto& app = configuration.slack_app) {
        allow(config::host_of(app->api_base_url));
        for (const auto& host : app->response_url_hosts)
            allow(host);
    }
    for (const auto& teams : configuration.msteams) {
        allow(config::host_of(teams.openid_metadata_url));
        allow(config::host_of(teams.token_url));
        for (const auto& host : teams.service_url_hosts)
            allow(host);
    }
    allow(config::host_of(configuration.heartbeat_url));
    return options;
}

namespace {

template <class Client, class Options>
std::unique_ptr<Client> make_client(
    const http::TlsClient::Executor& loop,
    Options options,
    const config::Configuration& configuration,
    Clock& clock
) {
    try {
        return std::make_unique<Client>(loop, std::move(options), clock);
    } catch (const std::exception& problem) {
        auto file = configuration.network.ca_file.string();
        throw Refusal(
            exit_code::usage,
            fmt::format(
                "the authorities for encrypted connections cannot be read ({}): {}",
                file.empty() ? "those of the system" : "network.ca_file " + file,
                problem.what()
            )
        );
    }
}

}  // namespace

HttpClient& Peers::client() {
    if (!client_) {
        auto options = client_options_of(configuration_);
        client_ = make_client<http::TlsClient>(loop_, options, configuration_, clock_);
    }
    return *client_;
}

// The address of a web socket comes from Slack's own answer; the operator's rules are the same.
SocketClient& Peers::sockets() {
    if (!sockets_) {
        http::WebSocketClientOptions options;
        static_cast<http::OutboundOptions&>(options) = client_options_of(configuration_);
        sockets_ = make_client<http::WebSocketClient>(loop_, options, configuration_, clock_);
    }
    return *sockets_;
}

Task<> Peers::stop() {
    if (sockets_) co_await sockets_->stop();
    if (client_) co_await client_->stop();
}

}  // namespace muster::cli
