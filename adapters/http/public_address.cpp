#include "adapters/http/public_address.hpp"

#include <algorithm>
#include <array>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace muster::http {
namespace {

namespace ip = boost::asio::ip;

// The registries of special addresses (RFC 6890 and its updates), and one that a cloud uses for
// its own services although it looks public.
constexpr std::array not_public_v4 = {
    "0.0.0.0/8",         // this network
    "10.0.0.0/8",        // private
    "100.64.0.0/10",     // behind a carrier's translation
    "127.0.0.0/8",       // loopback
    "168.63.129.16/32",  // Azure's platform
    "169.254.0.0/16",    // link-local, and most metadata services
    "172.16.0.0/12",     // private
    "192.0.0.0/24",      // protocol assignments
    "192.0.2.0/24",      // documentation
    "192.88.99.0/24",    // relays of 6to4
    "192.168.0.0/16",    // private
    "198.18.0.0/15",     // benchmarks
    "198.51.100.0/24",   // documentation
    "203.0.113.0/24",    // documentation
    "224.0.0.0/4",       // multicast
    "240.0.0.0/4",       // reserved, broadcast
};

// Inside 2000::/3, which holds everything public.
constexpr std::array not_public_v6 = {
    "2001::/23",      // protocol assignments, Teredo
    "2001:db8::/32",  // documentation
    "2002::/16",      // 6to4
    "3fff::/20",      // documentation
};

constexpr std::array nobodys_v4 = {
    "0.0.0.0/8",           // connects to ourselves
    "100.100.100.200/32",  // Alibaba's metadata
    "168.63.129.16/32",    // Azure's platform
    "169.254.0.0/16",      // link-local, and most metadata services
    "192.0.0.192/32",      // Oracle's metadata
    "224.0.0.0/4",         // multicast
    "240.0.0.0/4",         // reserved, broadcast
};

constexpr std::array nobodys_v6 = {
    "::/128",             // connects to ourselves
    "fd00:ec2::254/128",  // Amazon's metadata
    "fe80::/10",          // link-local
    "ff00::/8",           // multicast
};

bool is_in(const ip::address_v4& address, const ip::network_v4& range) {
    return ip::network_v4{address, range.prefix_length()}.canonical() == range.canonical();
}

bool is_in(const ip::address_v6& address, const ip::network_v6& range) {
    return ip::network_v6{address, range.prefix_length()}.canonical() == range.canonical();
}

bool is_in(const ip::address_v4& address, const char* network) {
    return is_in(address, ip::make_network_v4(network));
}

bool is_in(const ip::address_v6& address, const char* network) {
    return is_in(address, ip::make_network_v6(network));
}

bool is_public(const ip::address_v4& address) {
    auto holds = [&](const char* network) { return is_in(address, network); };
    return std::ranges::none_of(not_public_v4, holds);
}

// What is no network holds nobody.
bool is_in(const ip::address& address, const std::string& network) {
    boost::system::error_code error;
    bool is_one = network.find('/') == network.npos;
    if (address.is_v4()) {
        auto range = ip::make_network_v4(is_one ? network + "/32" : network, error);
        return !error && is_in(address.to_v4(), range);
    }
    auto range = ip::make_network_v6(is_one ? network + "/128" : network, error);
    return !error && is_in(address.to_v6(), range);
}

ip::address_v4 last_four_bytes(const ip::address_v6& address) {
    auto bytes = address.to_bytes();
    return ip::address_v4{{bytes[12], bytes[13], bytes[14], bytes[15]}};
}

bool carries_v4(const ip::address_v6& address) {
    return is_in(address, "::ffff:0:0/96") || is_in(address, "64:ff9b::/96");
}

bool is_public(const ip::address_v6& written) {
    auto address = ip::address_v6{written.to_bytes()};  // without its scope
    if (carries_v4(address)) return is_public(last_four_bytes(address));
    auto holds = [&](const char* network) { return is_in(address, network); };
    return is_in(address, "2000::/3") && std::ranges::none_of(not_public_v6, holds);
}

bool is_nobodys(const ip::address_v4& address) {
    auto holds = [&](const char* network) { return is_in(address, network); };
    return std::ranges::any_of(nobodys_v4, holds);
}

bool is_nobodys(const ip::address_v6& written) {
    auto address = ip::address_v6{written.to_bytes()};
    if (carries_v4(address)) return is_nobodys(last_four_bytes(address));
    auto holds = [&](const char* network) { return is_in(address, network); };
    return std::ranges::any_of(nobodys_v6, holds);
}

}  // namespace

bool is_public_address(std::string_view address) {
    boost::system::error_code error;
    auto parsed = ip::make_address(address, error);
    if (error) return false;
    return parsed.is_v4() ? is_public(parsed.to_v4()) : is_public(parsed.to_v6());
}

bool is_nobodys_address(std::string_view address) {
    boost::system::error_code error;
    auto parsed = ip::make_address(address, error);
    if (error) return true;
    return parsed.is_v4() ? is_nobodys(parsed.to_v4()) : is_nobodys(parsed.to_v6());
}

bool is_public_name(std::string_view host) {
    constexpr std::array around_here = {
        ".corp",
        ".home",
        ".home.arpa",
        ".internal",
        ".intranet",
        ".lan",
        ".local",
        ".localdomain",
        ".localhost",
        ".private",
    };
    auto ends = [&](std::string_view ending) { return host.ends_with(ending); };
    return host.find('.') != host.npos && !is_address(host) &&
           std::ranges::none_of(around_here, ends);
}

bool is_within(std::string_view text, const std::vector<std::string>& networks) {
    boost::system::error_code error;
    auto address = ip::make_address(text, error);
    if (error) return false;
    // An IPv4 peer of a listener for both is written as IPv6.
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = last_four_bytes(address.to_v6());
    auto holds = [&](const std::string& network) { return is_in(address, network); };
    return std::ranges::any_of(networks, holds);
}

bool is_address(std::string_view host) {
    boost::system::error_code error;
    ip::make_address(host, error);
    return !error;
}

bool is_loopback_host(std::string_view host) {
    if (host == "localhost") return true;
    boost::system::error_code error;
    auto address = ip::make_address(host, error);
    return !error && address.is_loopback();
}

}  // namespace muster::http
