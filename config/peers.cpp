#include "config/peers.hpp"

#include <algorithm>
#include <charconv>

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

std::string_view host_of(const urls::url_view& url) {
    auto host = url.encoded_host();
    std::string_view text(host.data(), host.size());
    if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
    return text;
}

bool is_bare(const urls::url_view& url) {
    return !url.has_userinfo() && !url.has_fragment();
}

bool port_fits(const urls::url_view& url) {
    auto port = url.port();
    return !url.has_port() || number_from({port.data(), port.size()}, 65535).value_or(0) > 0;
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

}  // namespace

bool is_loopback(const Listener& listener) {
    return is_loopback_host(listener.host);
}

bool is_loopback_host(std::string_view host) {
    if (host == "localhost") return true;
    if (auto address = urls::parse_ipv4_address(host)) return address->is_loopback();
    if (auto address = urls::parse_ipv6_address(host)) return address->is_loopback();
    return false;
}

std::optional<Listener> listener_from(std::string_view text) {
    auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = text.substr(0, colon);
    auto port = number_from(text.substr(colon + 1), 65535);
    bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    bool is_address = bracketed ? urls::parse_ipv6_address(host).has_value()
                                : host == "localhost" || urls::parse_ipv4_address(host).has_value();
    if (!port || !is_address) return std::nullopt;
    return Listener{std::string(host), static_cast<std::uint16_t>(*port)};
}

bool is_peer_url(std::string_view text) {
    auto url = urls::parse_uri(text);
    if (!url || host_of(*url).empty() || !is_bare(*url) || !port_fits(*url)) return false;
    if (url->scheme_id() == urls::scheme::https) return true;
    return url->scheme_id() == urls::scheme::http && is_loopback_host(host_of(*url));
}

bool is_proxy_url(std::string_view text) {
    auto url = urls::parse_uri(text);
    if (!url || host_of(*url).empty() || !is_bare(*url) || !port_fits(*url)) return false;
    bool has_path = !url->encoded_path().empty() && url->encoded_path() != "/";
    bool is_web = url->scheme_id() == urls::scheme::https || url->scheme_id() == urls::scheme::http;
    return is_web && !has_path && !url->has_query();
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
    bool is_v4 = urls::parse_ipv4_address(address).has_value();
    if (!is_v4 && !urls::parse_ipv6_address(address)) return false;
    return slash == std::string_view::npos ||
           number_from(text.substr(slash + 1), is_v4 ? 32 : 128).has_value();
}

}  // namespace muster::config
