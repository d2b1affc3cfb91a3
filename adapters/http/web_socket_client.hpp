#pragma once

#include "adapters/http/dialler.hpp"
#include "bot/ports/socket_client.hpp"

namespace muster::http {

struct WebSocketClientOptions : OutboundOptions {
    milliseconds opening_time = 10s;  // no longer (ports/socket_client.hpp)
    milliseconds ping_every = 10s;
    milliseconds silence = 30s;      // of a peer that is gone
    milliseconds closing_time = 2s;  // no longer
    std::size_t longest_text = 4 * 1024 * 1024;

    // What waits to be read: beyond it nothing is taken from the connection.
    std::size_t most_unread = 64;
    std::size_t most_unread_bytes = 8 * 1024 * 1024;
    // What waits to be sent: beyond it the socket ends.
    std::size_t most_unsent = 256;
    std::size_t most_unsent_bytes = 8 * 1024 * 1024;
};

// Web sockets over TLS to other people's servers, and in plain text to loopback. Used from the loop
// only.
class WebSocketClient final : public SocketClient {
public:
    using Executor = boost::asio::any_io_executor;

    // The loop and `clock` must outlive it. Throws as Dialler's constructor.
    WebSocketClient(const Executor& loop, WebSocketClientOptions options, Clock& clock);

    // stop() first, if one was opened.
    ~WebSocketClient() override;

    Task<std::variant<std::unique_ptr<Socket>, SocketEnd>> open(std::string url) override;

    // Closes all sockets without a goodbye, and opens none any more. Resumes when that is done, and
    // the thread that looks names up has ended.
    Task<> stop();

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace muster::http
