#pragma once

#include "config/configuration.hpp"

// Addresses to listen on, before anybody listens.
namespace muster::cli {

// "localhost" as the address that it means.
std::string address_of(const config::Listener&);

bool is_free(const config::Listener&);

// The port, or one that is free now when it is 0. The caller listens at once, so that it stays
// free.
std::uint16_t port_of(const config::Listener&);

// What Host may say of this listener, reached directly or through a proxy at `public_url`.
std::vector<std::string> hosts_of(const config::Listener&, const std::string& public_url);

}  // namespace muster::cli
