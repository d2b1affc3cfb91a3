#include "adapters/http/wire.hpp"

#include <array>
#include <optional>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "adapters/http/public_address.hpp"
#include "adapters/http/trust.hpp"

namespace muster::http {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t one_read = 16 * 1024;

using Tls = ssl::stream<tcp::socket&>;
using TlsInTls = ssl::stream<Tls&>;

template <class Stream>
Task<Wire::Error> write_to(Stream& stream, std::string bytes) {
    auto [error, size] = co_await asio::async_write(stream, asio::buffer(bytes), quietly);
    co_return error;
}

template <class Stream>
Task<Wire::Read> read_from(Stream& stream) {
    Wire::Read result;
    result.bytes.resize(one_read);
    auto space = asio::buffer(result.bytes);
    auto [error, size] = co_await stream.async_read_some(space, quietly);
    result.error = error;
    result.bytes.resize(size);
    co_return result;
}

// Adds to Asio's check the reason that a log can tell.
struct NameCheck {
    bool operator()(bool is_trusted, ssl::verify_context& context) const {
        if (ssl::host_name_verification{host}(is_trusted, context)) return true;
        if (is_trusted)
            X509_STORE_CTX_set_error(context.native_handle(), X509_V_ERR_HOSTNAME_MISMATCH);
        return false;
    }

    std::string host;
};

template <class Stream>
Task<std::string> shake_hands(Stream& stream, std::string host) {
    auto* native = stream.native_handle();
    if (!is_address(host)) SSL_set_tlsext_host_name(native, host.c_str());
    stream.set_verify_callback(NameCheck{host});
    auto [error] = co_await stream.async_handshake(ssl::stream_base::client, quietly);
    if (!error) co_return "";
    auto verdict = SSL_get_verify_result(native);
    if (verdict != X509_V_OK)
        co_return std::string{"wrong certificate: "} + X509_verify_cert_error_string(verdict);
    co_return "no TLS: " + error.message();
}

template <class Stream>
bool has_unread_records(Stream& stream) {
    auto* native = stream.native_handle();
    return SSL_has_pending(native) || BIO_ctrl_pending(SSL_get_rbio(native)) > 0;
}

}  // namespace

struct Wire::Parts {
    explicit Parts(const Executor& loop) : socket(loop), end(loop) {}

    tcp::socket socket;
    asio::steady_timer end;
    std::uint64_t turns = 0;  // of the timer
    bool is_closed = false;
    bool is_overdue = false;
    std::optional<Tls> tls;
    std::optional<TlsInTls> inner_tls;
};

Wire::Wire(const Executor& loop) : parts_(std::make_unique<Parts>(loop)) {}

Wire::~Wire() = default;

void Wire::close_at(Moment when) {
    auto expired = [weak = weak_from_this(), turn = ++parts_->turns](const Error& error) {
        auto self = weak.lock();
        if (error || !self || turn != self->parts_->turns) return;
        self->parts_->is_overdue = !self->parts_->is_closed;
        self->close();
    };
    parts_->end.expires_at(when);
    parts_->end.async_wait(std::move(expired));
}

void Wire::close() {
    parts_->is_closed = true;
    Error ignored;
    parts_->socket.close(ignored);
}

bool Wire::is_overdue() const {
    return parts_->is_overdue;
}

Task<Wire::Error> Wire::connect(std::string address, std::uint16_t port) {
    // A closed socket would open itself again.
    if (parts_->is_closed) co_return asio::error::operation_aborted;
    auto peer = tcp::endpoint{asio::ip::make_address(address), port};
    auto [error] = co_await parts_->socket.async_connect(peer, quietly);
    Error ignored;
    parts_->socket.set_option(tcp::no_delay(true), ignored);
    co_return error;
}

Task<std::string> Wire::secure(Trust& trust, std::string host) {
    if (!parts_->tls) {
        parts_->tls.emplace(parts_->socket, trust.context());
        co_return co_await shake_hands(*parts_->tls, host);
    }
    parts_->inner_tls.emplace(*parts_->tls, trust.context());
    co_return co_await shake_hands(*parts_->inner_tls, host);
}

Task<Wire::Error> Wire::write(std::string bytes) {
    if (parts_->inner_tls) co_return co_await write_to(*parts_->inner_tls, std::move(bytes));
    if (parts_->tls) co_return co_await write_to(*parts_->tls, std::move(bytes));
    co_return co_await write_to(parts_->socket, std::move(bytes));
}

Task<Wire::Read> Wire::read() {
    if (parts_->inner_tls) co_return co_await read_from(*parts_->inner_tls);
    if (parts_->tls) co_return co_await read_from(*parts_->tls);
    co_return co_await read_from(parts_->socket);
}

void Wire::read_some(void* bytes, std::size_t size, Done done) {
    auto finished = [self = shared_from_this(), done = std::move(done)](
                        const Error& error, std::size_t read
                    ) { done(error, read); };
    auto space = asio::buffer(bytes, size);
    if (parts_->inner_tls) return parts_->inner_tls->async_read_some(space, std::move(finished));
    if (parts_->tls) return parts_->tls->async_read_some(space, std::move(finished));
    parts_->socket.async_read_some(space, std::move(finished));
}

void Wire::write_some(const void* bytes, std::size_t size, Done done) {
    auto finished = [self = shared_from_this(), done = std::move(done)](
                        const Error& error, std::size_t written
                    ) { done(error, written); };
    auto data = asio::buffer(bytes, size);
    if (parts_->inner_tls) return parts_->inner_tls->async_write_some(data, std::move(finished));
    if (parts_->tls) return parts_->tls->async_write_some(data, std::move(finished));
    parts_->socket.async_write_some(data, std::move(finished));
}

// In TLS that is the peer's word. A connection that was merely cut has another error, so nobody on
// the way can shorten an answer.
bool Wire::is_orderly_end(const Error& error) {
    return error == asio::error::eof;
}

bool Wire::is_quiet() const {
    auto& parts = *parts_;
    if (parts.is_closed) return false;
    if (parts.inner_tls && has_unread_records(*parts.inner_tls)) return false;
    if (parts.tls && has_unread_records(*parts.tls)) return false;
    char byte = 0;
    auto size = ::recv(parts.socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace muster::http
