#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/result.hpp"

namespace muster::http {

// A host that is asked to carry our connections.
struct Proxy {
    bool is_tls = false;
    std::string host;
    std::uint16_t port = 0;
};

// "http://proxy.example:3128", "https://..."; bad_input for anything else.
Result<Proxy> proxy_of(std::string_view url);

// Whom we may call, and by which way.
struct OutboundRules {
    // Named by the operator: may be loopback and have private addresses. "localhost",
    // "gateway.corp" (at any port), "127.0.0.1:9000" (at this one).
    std::vector<std::string> allowed_private_hosts = {};
    std::vector<std::uint16_t> allowed_ports = {443};  // of everybody else
    std::optional<Proxy> proxy = {};
    std::vector<std::string> no_proxy = {};  // "example.org", and what is below it; "*"
};

// Where a call goes.
struct Target {
    bool is_tls = true;
    std::string host;  // lower case; an IPv6 address without brackets
    std::uint16_t port = 443;
    std::string path;             // with its query; begins with '/'
    bool may_be_private = false;  // its addresses are the operator's business
    bool is_proxied = false;

    std::string authority() const;  // for Host: without the port that the scheme means anyway
    std::string address() const;    // "slack.com:443"
    std::string key() const;        // which connections may be used for it: "https://slack.com:443"
};

// Errors: bad_input (not a URL, or one that two readers could understand differently), not_allowed
// (another scheme, a host or a port that the rules leave out).
Result<Target> target_of(std::string_view url, const OutboundRules& rules);

// The same for "wss://..." and "ws://...".
Result<Target> web_socket_target_of(std::string_view url, const OutboundRules& rules);

}  // namespace muster::http
