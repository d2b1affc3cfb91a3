#pragma once

#include "adapters/http/dialler.hpp"
#include "bot/ports/http_client.hpp"

namespace muster::http {

struct TlsClientOptions : OutboundOptions {
    milliseconds deadline = 10s;           // for a whole call; no longer (ports/http_client.hpp)
    milliseconds idle_time = 30s;          // then an idle connection closes
    milliseconds idle_time_of_posts = 5s;  // who may not repeat takes none that waited longer
    std::size_t most_per_host = 96;        // connections; calls beyond that wait
    std::size_t most_waiting = 256;        // for one host; calls beyond that are not sent
    std::size_t most_idle = 16;
};

// HTTP/1.1 over TLS to other people's servers, and in plain text to loopback. What it refuses to
// call is not_sent. Used from the loop only.
class TlsClient final : public HttpClient {
public:
    using Executor = boost::asio::any_io_executor;

    // The loop and `clock` must outlive it. Throws std::invalid_argument when the proxy is no
    // address, boost::system::system_error when the authorities cannot be read.
    TlsClient(const Executor& loop, TlsClientOptions options, Clock& clock);

    // stop() first, if there was a call.
    ~TlsClient() override;

    Task<HttpResult> call(HttpCall call) override;

    // Closes all connections; the calls that use them fail, and so do all to come. Resumes when
    // they have ended, and the thread that looks names up.
    Task<> stop();

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace muster::http
