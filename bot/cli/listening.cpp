#include "bot/cli/listening.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace muster::cli {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Bound as the server will be.
tcp::acceptor bound(
    asio::io_context& loop, const config::Listener& listener, boost::system::error_code& error
) {
    tcp::acceptor acceptor{loop};
    auto address = asio::ip::make_address(address_of(listener), error);
    if (error) return acceptor;
    tcp::endpoint endpoint{address, listener.port};
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint, error);
    return acceptor;
}

}  // namespace

std::string address_of(const config::Listener& listener) {
    return listener.host == "localhost" ? "127.0.0.1" : listener.host;
}

bool is_free(const config::Listener& listener) {
    asio::io_context loop;
    boost::system::error_code error;
    auto acceptor = bound(loop, listener, error);
    if (!error) acceptor.listen(1, error);
    return !error;
}

std::uint16_t port_of(const config::Listener& listener) {
    if (listener.port != 0) return listener.port;
    asio::io_context loop;
    boost::system::error_code error;
    auto acceptor = bound(loop, listener, error);
    return error ? std::uint16_t{0} : acceptor.local_endpoint().port();
}

std::vector<std::string> hosts_of(const config::Listener& listener, const std::string& public_url) {
    auto port = ":" + std::to_string(listener.port);
    auto own =
        listener.host.find(':') == std::string::npos ? listener.host : "[" + listener.host + "]";
    std::vector<std::string> hosts{own + port, "localhost" + port, "127.0.0.1" + port};
    if (auto scheme = public_url.find("://"); scheme != std::string::npos) {
        auto host = public_url.substr(scheme + 3);
        hosts.push_back(host.substr(0, host.find('/')));
    }
    return hosts;
}

}  // namespace muster::cli
