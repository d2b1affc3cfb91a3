#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include <boost/system/error_code.hpp>

#include "bot/ports/task.hpp"

namespace muster::http {

class Trust;

// One connection to a peer: bytes over TCP, and at will in TLS. One task at a time reads and one
// writes; any may close it, which ends whatever they wait for. Used from the loop only.
class Wire : public std::enable_shared_from_this<Wire> {
public:
    using Executor = boost::asio::any_io_executor;
    using Moment = std::chrono::steady_clock::time_point;
    using Error = boost::system::error_code;

    explicit Wire(const Executor& loop);
    ~Wire();

    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    // Closes it at that moment; a later call moves the moment.
    void close_at(Moment when);
    void close();
    bool is_overdue() const;  // closed because the moment came

    Task<Error> connect(std::string address, std::uint16_t port);

    // Speaks TLS from here on, with a peer that proves to be `host`. A second time: inside the
    // first, through a proxy. "", or why not. `trust` must outlive the wire.
    Task<std::string> secure(Trust& trust, std::string host);

    struct Read {
        Error error;
        std::string bytes;
    };

    Task<Error> write(std::string bytes);
    Task<Read> read();

    // The same for who composes reads and writes without a task, of at least one byte: `done` gets
    // how many went, never before this returns. The wire lives till then; so must the bytes.
    using Done = std::function<void(const Error&, std::size_t)>;
    void read_some(void* bytes, std::size_t size, Done done);
    void write_some(const void* bytes, std::size_t size, Done done);

    static bool is_orderly_end(const Error& error);  // the peer closed it, and nobody cut it

    // Between two answers: open, and nothing came that nobody asked for, not even the end.
    bool is_quiet() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace muster::http
