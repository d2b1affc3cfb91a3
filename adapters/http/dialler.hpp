#pragma once

#include <memory>

#include "adapters/http/resolver.hpp"
#include "adapters/http/target.hpp"
#include "adapters/http/trust.hpp"
#include "adapters/http/wire.hpp"

namespace muster::http {

// Whom we may call, whom we believe, and by which way we reach them.
struct OutboundOptions {
    std::string ca_file;                // authorities in PEM; "" = the system's
    std::string proxy;                  // "http://proxy.example:3128", https too; "" = none
    std::vector<std::string> no_proxy;  // "example.org", and what is below it; "*" = everything

    // Hosts named by the operator, which may be loopback and have private addresses: "localhost",
    // "gateway.corp" (at any port), "127.0.0.1:9000" (at this one). Loopback never goes through the
    // proxy, and only loopback may be in plain text.
    std::vector<std::string> allowed_private_hosts;
    std::vector<std::uint16_t> allowed_ports = {443};  // of all other hosts

    LookUp look_up = system_addresses;

    milliseconds connect_time = 2s;  // for one address, if there are more
};

// Something that needs a connection to a peer.
struct Dial {
    using Moment = Wire::Moment;

    void use(std::shared_ptr<Wire> found);

    Target target;
    Moment until;                // the connection closes then, whatever it does
    std::shared_ptr<Wire> wire;  // in use now
};

// Opens connections to other people's servers, in TLS and through the proxy where that is due. Used
// from the loop only.
class Dialler {
public:
    using Executor = boost::asio::any_io_executor;

    // The loop and `clock` must outlive it. Throws std::invalid_argument when the proxy is no
    // address, boost::system::system_error when the authorities cannot be read.
    Dialler(const Executor& loop, OutboundOptions options, Clock& clock);

    const OutboundRules& rules() const { return rules_; }

    // "": dial->wire is open, and its peer is who it should be. Else why not. The dialler must
    // outlive the call.
    Task<std::string> open(std::shared_ptr<Dial> dial);

    // No connection is opened any more. Resumes when the thread that looks names up has ended.
    Task<> stop();

private:
    // These say why it did not work, or "".
    Task<std::string> connect(std::shared_ptr<Dial> dial, std::string host, std::uint16_t port);
    Task<Addresses> addresses_for(std::shared_ptr<Dial> dial, std::string host);

    Executor loop_;
    OutboundOptions options_;
    OutboundRules rules_;
    Trust trust_;
    Resolver resolver_;
    bool is_stopped_ = false;
};

}  // namespace muster::http
