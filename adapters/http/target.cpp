#include "adapters/http/target.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/http/message.hpp"
#include "adapters/http/public_address.hpp"

namespace muster::http {
namespace {

struct Parts {
    std::string scheme;
    std::string host;
    std::optional<std::uint16_t> port;
    std::string rest;  // path and query, as written
};

std::optional<Parts> parts_of(std::string_view url);
bool is_named(const Target& target, const std::vector<std::string>& hosts);
bool bypasses(const std::string& host, const std::vector<std::string>& no_proxy);

std::uint16_t usual_port(bool is_tls) {
    return is_tls ? 443 : 80;
}

}  // namespace

Result<Target> target_of(std::string_view url, const OutboundRules& rules) {
    auto parts = parts_of(url);
    if (!parts) return Errc::bad_input;

    Target target;
    target.is_tls = parts->scheme == "https";
    target.host = parts->host;
    target.port = parts->port.value_or(usual_port(target.is_tls));
    target.path = parts->rest.starts_with('/') ? parts->rest : "/" + parts->rest;
    target.may_be_private = is_named(target, rules.allowed_private_hosts);

    if (is_loopback_host(target.host)) {
        if (!target.may_be_private) return Errc::not_allowed;
        return target;
    }
    if (!target.is_tls || is_address(target.host)) return Errc::not_allowed;
    bool is_usual =
        std::ranges::find(rules.allowed_ports, target.port) != rules.allowed_ports.end();
    if (!is_usual && !target.may_be_private) return Errc::not_allowed;

    target.is_proxied = rules.proxy && !bypasses(target.host, rules.no_proxy);
    if (target.is_proxied && !target.may_be_private && !is_public_name(target.host))
        return Errc::not_allowed;
    return target;
}

Result<Target> web_socket_target_of(std::string_view url, const OutboundRules& rules) {
    if (!url.starts_with("wss://") && !url.starts_with("ws://")) return Errc::bad_input;
    return target_of("http" + std::string{url.substr(2)}, rules);
}

Result<Proxy> proxy_of(std::string_view url) {
    auto parts = parts_of(url);
    bool is_root = parts && (parts->rest.empty() || parts->rest == "/");
    if (!is_root) return Errc::bad_input;
    bool is_tls = parts->scheme == "https";
    return Proxy{is_tls, parts->host, parts->port.value_or(usual_port(is_tls))};
}

std::string Target::authority() const {
    auto name = host.find(':') == host.npos ? host : "[" + host + "]";
    return port == usual_port(is_tls) ? name : name + ":" + std::to_string(port);
}

std::string Target::address() const {
    auto name = host.find(':') == host.npos ? host : "[" + host + "]";
    return name + ":" + std::to_string(port);
}

std::string Target::key() const {
    return (is_tls ? "https://" : "http://") + address();
}

namespace {

std::optional<std::uint16_t> port_from(std::string_view text) {
    std::uint16_t port = 0;
    const auto* end = text.data() + text.size();
    auto [rest, failure] = std::from_chars(text.data(), end, port);
    if (failure != std::errc{} || rest != end || port == 0) return std::nullopt;
    return port;
}

bool is_letter_or_digit(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
}

// getaddrinfo takes 127.1, 0x7f.1 and 2130706433 for 127.0.0.1. No name of the Internet ends so.
bool ends_in_a_number(std::string_view host) {
    auto last = host.substr(host.rfind('.') + 1);  // npos + 1 is 0
    return last.front() >= '0' && last.front() <= '9';
}

bool is_dns_name(std::string_view host) {
    auto fits = [](char letter) {
        return is_letter_or_digit(letter) || letter == '-' || letter == '.';
    };
    return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, fits) &&
           is_letter_or_digit(host.front()) && is_letter_or_digit(host.back()) &&
           host.find("..") == host.npos && !ends_in_a_number(host);
}

bool is_host(std::string_view host) {
    return is_dns_name(host) || (is_address(host) && host.find(':') == host.npos);
}

// Cuts "host:port" and "[address]:port". No port: nullopt inside; broken: nullopt.
std::optional<std::pair<std::string, std::optional<std::uint16_t>>> host_and_port(
    std::string_view authority
) {
    bool is_v6 = authority.starts_with('[');
    auto host = authority.substr(0, is_v6 ? authority.find(']') : authority.find(':'));
    auto rest = authority.substr(std::min(authority.size(), host.size() + (is_v6 ? 1 : 0)));
    if (is_v6) host.remove_prefix(1);

    auto name = lower_case(host);
    bool has_no_scope = name.find('%') == name.npos;
    bool fits =
        is_v6 ? name.find(':') != name.npos && has_no_scope && is_address(name) : is_host(name);
    bool ends_well = !is_v6 || authority.find(']') != authority.npos;
    if (!fits || !ends_well) return std::nullopt;
    if (rest.empty()) return std::pair{name, std::optional<std::uint16_t>{}};
    auto port = rest.front() == ':' ? port_from(rest.substr(1)) : std::nullopt;
    if (!port) return std::nullopt;
    return std::pair{name, port};
}

// By hand, and strictly: whatever could be read in two ways is no URL. Boost.URL finds the host
// 127.0.0.1 in http://127.0.0.1.example.org.
std::optional<Parts> parts_of(std::string_view url) {
    auto is_odd = [](char byte) {
        return byte <= ' ' || byte > '~' || byte == '\\' || byte == '#' || byte == '"' ||
               byte == '<' || byte == '>' || byte == '^' || byte == '`' || byte == '{' ||
               byte == '|' || byte == '}';
    };
    if (std::ranges::any_of(url, is_odd)) return std::nullopt;

    Parts parts;
    auto begin = url.find("://");
    if (begin == url.npos) return std::nullopt;
    parts.scheme = url.substr(0, begin);
    if (parts.scheme != "http" && parts.scheme != "https") return std::nullopt;
    url.remove_prefix(begin + 3);

    auto authority = url.substr(0, url.find_first_of("/?"));
    auto named = host_and_port(authority);
    if (!named) return std::nullopt;
    parts.host = named->first;
    parts.port = named->second;
    parts.rest = url.substr(authority.size());
    return parts;
}

bool is_named(const Target& target, const std::vector<std::string>& hosts) {
    auto names = [&](const std::string& text) {
        bool is_bare_v6 = std::ranges::count(text, ':') > 1 && !text.starts_with('[');
        auto entry = host_and_port(is_bare_v6 ? "[" + text + "]" : text);
        return entry && entry->first == target.host &&
               entry->second.value_or(target.port) == target.port;
    };
    return std::ranges::any_of(hosts, names);
}

bool bypasses(const std::string& host, const std::vector<std::string>& no_proxy) {
    auto covers = [&](const std::string& entry) {
        if (entry == "*") return true;
        auto name = lower_case(entry.starts_with('.') ? entry.substr(1) : entry);
        return !name.empty() && (host == name || host.ends_with("." + name));
    };
    return std::ranges::any_of(no_proxy, covers);
}

}  // namespace
}  // namespace muster::http
