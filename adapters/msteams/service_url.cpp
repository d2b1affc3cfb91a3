#include "adapters/msteams/service_url.hpp"

#include <algorithm>
#include <array>

#include <boost/url/parse.hpp>

namespace muster::msteams {
namespace {

namespace urls = boost::urls;

constexpr std::size_t longest = 2'000;

bool is_unreserved(char c) {
    constexpr std::string_view others = "-._~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

bool is_loopback(std::string_view host) {
    constexpr std::array<std::string_view, 3> hosts{"127.0.0.1", "localhost", "[::1]"};
    return std::ranges::find(hosts, host) != hosts.end();
}

std::string lower(std::string text) {
    for (auto& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

}  // namespace

bool is_service_url(std::string_view url, const std::vector<std::string>& hosts) {
    if (url.size() > longest) return false;
    auto parsed = urls::parse_uri(url);
    if (!parsed || parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment())
        return false;
    auto host = lower(std::string{parsed->encoded_host()});
    auto is_encrypted = parsed->scheme() == "https";
    auto is_here = parsed->scheme() == "http" && is_loopback(host);
    if (!is_encrypted && !is_here) return false;
    auto named = host;
    if (parsed->has_port()) named += ":" + std::string{parsed->port()};
    if (named.ends_with(":443") && is_encrypted) named = host;
    return std::ranges::any_of(hosts, [&](const std::string& allowed) {
        return lower(allowed) == named;
    });
}

std::string joined(std::string_view service_url, std::string_view path) {
    while (service_url.ends_with('/'))
        service_url.remove_suffix(1);
    return std::string{service_url} + "/" + std::string{path};
}

std::string segment(std::string_view id) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string escaped;
    for (auto character : id) {
        if (is_unreserved(character)) {
            escaped += character;
            continue;
        }
        auto byte = static_cast<unsigned char>(character);
        escaped += '%';
        escaped += digits[byte >> 4];
        escaped += digits[byte & 15];
    }
    return escaped;
}

}  // namespace muster::msteams
