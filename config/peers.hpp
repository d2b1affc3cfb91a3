#pragma once

#include "config/configuration.hpp"

// Addresses of ourselves and of others, as text.
namespace muster::config {

bool is_loopback_host(std::string_view host);  // localhost, 127.0.0.0/8, ::1

// "127.0.0.1:8080", "[::1]:8080", "localhost:0".
std::optional<Listener> listener_from(std::string_view text);

// https with a host and no user or fragment; http only to a loopback host.
bool is_peer_url(std::string_view text);
// The host and perhaps the port of such an address; "" for any other text.
std::string host_of(std::string_view url);
// http or https, a host and perhaps a port: proxies carry encrypted connections.
bool is_proxy_url(std::string_view text);
// "smba.trafficmanager.net", "127.0.0.1:9000".
bool is_host(std::string_view text);
// "10.0.0.1", "10.0.0.0/8", "fd00::/8".
bool is_network(std::string_view text);

}  // namespace muster::config
