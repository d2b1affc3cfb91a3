#include "config/peers.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <arpa/inet.h>
#include <boost/url.hpp>

namespace muster::config {
namespace {

namespace urls = boost::urls;

std::optional<int> number_from(std::string_view text, int highest) {
    int number = 0;
    auto end = text.data() + text.size();
    auto [rest, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc{} || rest != end || number < 0 || number > highest)
        return std::nullopt;
    return number;
}

// The bytes of an address, first to last; empty when it is none. Boost.URL takes
// 127.0.0.1.example.org for one.
std::string bytes_of(int family, std::string_view text) {
    std::array<char, sizeof(in6_addr)> bytes{};
    if (::inet_pton(family, std::string(text).c_str(), bytes.data()) != 1) return "";
    return std::string(bytes.data(), family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr));
}

bool is_v4(std::string_view text) {
    return !bytes_of(AF_INET, text).empty();
}

bool is_v6(std::string_view text) {
    return !bytes_of(AF_INET6, text).empty();
}

bool is_dns_name(std::string_view host) {
    auto fits = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-' || letter == '.';
    };
    bool edges = !host.empty() && host.front() != '.' && host.back() != '.' && host.front() != '-';
    return edges && host.size() <= 253 && std::ranges::all_of(host, fits) &&
           host.find("..") == std::string_view::npos;
}

struct Address {
    std::string scheme, host, rest;
};

// Scheme, host and what follows of a URL without a user. Boost.URL says whether it is well formed,
// but finds the host 127.0.0.1 in http://127.0.0.1.example.org, so that is cut out by hand.
std::optional<Address> address_from(std::string_view text) {
    auto url = urls::parse_uri(text);
    auto begin = text.find("://");
    if (!url || begin == std::string_view::npos || url->has_userinfo() || url->has_fragment())
        return std::nullopt;
    auto scheme = std::string(text.substr(0, begin));
    if (scheme != "http" && scheme != "https") return std::nullopt;
    text.remove_prefix(begin + 3);
    auto authority = text.substr(0, text.find_first_of("/?#"));
    auto rest = text.substr(authority.size());
    if (authority.find('@') != std::string_view::npos) return std::nullopt;

    auto host = authority.substr(
        0, authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':')
    );
    auto port = authority.substr(host.size());
    if (!port.empty() && (port[0] != ':' || number_from(port.substr(1), 65535).value_or(0) == 0))
        return std::nullopt;
    if (host.starts_with('[')) {
        host = host.substr(1, host.size() - 2);
        if (!is_v6(host)) return std::nullopt;
    } else if (!is_dns_name(host)) {
        return std::nullopt;
    }
    return Address{scheme, std::string(host), std::string(rest)};
}

}  // namespace

bool is_loopback(const Listener& listener) {
    return is_loopback_host(listener.host);
}

bool is_loopback_host(std::string_view host) {
    if (host == "localhost") return true;
    return bytes_of(AF_INET, host).starts_with('\x7f') ||
           bytes_of(AF_INET6, host) == std::string(15, '\0') + '\x01';
}

std::optional<Listener> listener_from(std::string_view text) {
    auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = text.substr(0, colon);
    auto port = number_from(text.substr(colon + 1), 65535);
    bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    bool is_address = bracketed ? is_v6(host) : host == "localhost" || is_v4(host);
    if (!port || !is_address) return std::nullopt;
    return Listener{std::string(host), static_cast<std::uint16_t>(*port)};
}

bool is_peer_url(std::string_view text) {
    auto address = address_from(text);
    return address && (address->scheme == "https" || is_loopback_host(address->host));
}

std::string host_of(std::string_view url) {
    if (!is_peer_url(url)) return {};
    return std::string{urls::parse_uri(url)->encoded_host_and_port()};
}

bool is_proxy_url(std::string_view text) {
    auto address = address_from(text);
    return address && (address->rest.empty() || address->rest == "/");
}

bool is_host(std::string_view text) {
    if (is_dns_name(text)) return true;
    auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return false;
    auto port = number_from(text.substr(colon + 1), 65535);
    return port.value_or(0) > 0 && is_dns_name(text.substr(0, colon));
}

bool is_network(std::string_view text) {
    auto slash = text.find('/');
    auto address = text.substr(0, slash);
    bool four = is_v4(address);
    if (!four && !is_v6(address)) return false;
    return slash == std::string_view::npos ||
           number_from(text.substr(slash + 1), four ? 32 : 128).has_value();
}

}  // namespace muster::config
