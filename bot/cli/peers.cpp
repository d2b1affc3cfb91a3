#include "bot/cli/peers.hpp"

#include <boost/url/parse.hpp>
#include <fmt/format.h>

#include "bot/cli/exit_code.hpp"
#include "bot/cli/refusal.hpp"

namespace muster::cli {
namespace {

// "slack.com", or "127.0.0.1:9000" where the address names a port.
std::string host_of(const std::string& url) {
    auto parsed = boost::urls::parse_uri(url);
    if (!parsed) return {};
    return std::string{parsed->encoded_host_and_port()};
}

}  // namespace

// What the operator has named in the configuration may be on the operator's own network.
http::TlsClientOptions client_options_of(const config::Configuration& configuration) {
    http::TlsClientOptions options;
    options.ca_file = configuration.network.ca_file.string();
    options.proxy = configuration.network.proxy;
    options.no_proxy = configuration.network.no_proxy;
    auto allow = [&](const std::string& host) {
        if (!host.empty()) options.allowed_private_hosts.push_back(host);
    };
    for (const auto& slack : configuration.slack) {
        allow(host_of(slack.api_base_url));
        for (const auto& host : slack.response_url_hosts)
            allow(host);
    }
    allow(host_of(configuration.heartbeat_url));
    return options;
}

std::unique_ptr<http::TlsClient> make_client(
    http::TlsClient::Executor loop, const config::Configuration& configuration, Clock& clock
) {
    try {
        return std::make_unique<http::TlsClient>(
            std::move(loop), client_options_of(configuration), clock
        );
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

}  // namespace muster::cli
