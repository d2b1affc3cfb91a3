#pragma once

#include <map>

#include "adapters/http/event_stream.hpp"
#include "adapters/http/message.hpp"
#include "adapters/http/routes.hpp"
#include "bot/ports/clock.hpp"

namespace muster::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;       // 0: any free one
    std::vector<std::string> hosts;  // what Host may say, without case: "localhost:8080"
    bool is_behind_tls = false;      // browsers come over https, and are told to stay with it

    std::size_t most_connections = 512;
    std::size_t most_per_address = 128;
    std::vector<std::string> proxies;  // addresses and networks for which that limit does not hold
    std::size_t most_streams = 64;
    std::size_t most_large_bodies = 32;  // of more than 64 KiB, at once: what strangers may fill

    milliseconds head_time = 5s;   // from its first byte (or the accept) to its last
    milliseconds body_time = 10s;  // for the whole body
    milliseconds idle_time = 30s;  // between two requests
    milliseconds write_time = 30s;
    milliseconds linger_time = 1s;  // for the peer to read a refusal before the connection goes
    milliseconds keep_alive_time = 15s;
    milliseconds grace_time = 3s;  // for requests that run when the server stops
};

struct ServerStatistics {
    std::size_t connections = 0;  // open now
    std::size_t streams = 0;      // open now
    std::uint64_t turned_away = 0;
    std::uint64_t timed_out = 0;
    std::map<int, std::uint64_t> answered;  // by status
};

// One strict HTTP/1.1 listener with its own routes, hosts and limits. What it does not understand
// it refuses with a fixed body and closes. Used from the loop only.
class Server {
public:
    using Executor = boost::asio::any_io_executor;

    // For the log: what happened and why; never content of a request.
    using Report = std::function<void(std::string_view event, std::string_view reason)>;

    // `clock` must outlive the server.
    Server(Executor loop, ServerOptions options, Routes routes, Clock& clock, Report report);

    // stop() first, if it was started.
    ~Server();

    // Throws boost::system::system_error when the address cannot be had. Returns the port.
    std::uint16_t start();

    // Accepts nobody any more, closes idle connections and event streams, lets running requests
    // finish within the grace time, cuts the rest. Resumes when all have ended.
    Task<> stop();

    ServerStatistics statistics() const;

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace muster::http
