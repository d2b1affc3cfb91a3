#pragma once

#include "adapters/http/tls_client.hpp"
#include "config/configuration.hpp"

namespace muster::cli {

// Whom Muster may call, and on which way.
http::TlsClientOptions client_options_of(const config::Configuration&);

// Throws a Refusal when the authorities that the configuration names cannot be read.
std::unique_ptr<http::TlsClient>
make_client(http::TlsClient::Executor loop, const config::Configuration&, Clock&);

}  // namespace muster::cli
