#include "adapters/msteams/service_url.hpp"

#include <algorithm>

#include <boost/url/parse.hpp>

#include "adapters/http/message.hpp"
#include "adapters/http/public_address.hpp"

namespace muster::msteams {
namespace {

namespace urls = boost::urls;

constexpr std::size_t longest = 2'000;

}  // namespace

bool is_service_url(std::string_view url, const std::vector<std::string>& hosts) {
    if (url.size() > longest) return false;
    auto parsed = urls::parse_uri(url);
    if (!parsed || parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment())
        return false;
    auto host = http::lower_case(parsed->encoded_host());
    auto is_encrypted = parsed->scheme() == "https";
    auto is_here = parsed->scheme() == "http" && http::is_loopback_host(parsed->host_address());
    if (!is_encrypted && !is_here) return false;
    auto named = host;
    if (parsed->has_port()) named += ":" + std::string{parsed->port()};
    if (named.ends_with(":443") && is_encrypted) named = host;
    return std::ranges::any_of(hosts, [&](const std::string& allowed) {
        return http::lower_case(allowed) == named;
    });
}

std::string joined(std::string_view service_url, std::string_view path) {
    while (service_url.ends_with('/'))
        service_url.remove_suffix(1);
    return std::string{service_url} + "/" + std::string{path};
}

}  // namespace muster::msteams
