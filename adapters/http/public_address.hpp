#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster::http {

// An address that the whole world reaches: not ourselves, not our network, not a cloud's metadata
// service. False for what is no address. An IPv4 address inside an IPv6 one counts as itself.
bool is_public_address(std::string_view address);

// One that nobody's peer has, whatever an operator's network is like: link-local, and so most
// clouds' metadata services, the others of these, none and everybody.
bool is_nobodys_address(std::string_view address);

// The name of a host that the whole world may know: has a dot, and none of the endings that mean
// "around here". For calls through a proxy, which looks the name up where we cannot see.
bool is_public_name(std::string_view host);

// Is the address in one of these networks ("10.0.0.0/8", "fd00::/8"), or one of these addresses?
bool is_within(std::string_view address, const std::vector<std::string>& networks);

bool is_address(std::string_view host);        // "192.0.2.1", "2001:db8::1"
bool is_loopback_host(std::string_view host);  // localhost, 127.0.0.0/8, ::1

}  // namespace muster::http
