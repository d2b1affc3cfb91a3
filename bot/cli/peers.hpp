#pragma once

#include "adapters/http/tls_client.hpp"
#include "adapters/http/web_socket_client.hpp"
#include "config/configuration.hpp"

namespace muster::cli {

// Whom Muster may call, and on which way.
http::TlsClientOptions client_options_of(const config::Configuration&);

// The clients of a process; none as long as nobody is to be called.
class Peers {
public:
    // All must outlive it.
    Peers(http::TlsClient::Executor loop, const config::Configuration& configuration, Clock& clock)
        : loop_(std::move(loop)), configuration_(configuration), clock_(clock) {}

    // Throws a Refusal when the authorities that the configuration names cannot be read.
    HttpClient& client();
    SocketClient& sockets();

    // Must have resumed before it is destroyed.
    Task<> stop();

private:
    http::TlsClient::Executor loop_;
    const config::Configuration& configuration_;
    Clock& clock_;
    std::unique_ptr<http::TlsClient> client_;
    std::unique_ptr<http::WebSocketClient> sockets_;
};

}  // namespace muster::cli
