#include "adapters/http/server.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "adapters/http/admission.hpp"
#include "adapters/http/public_address.hpp"
#include "adapters/http/response_head.hpp"
#include "adapters/http/seats.hpp"
#include "bot/ports/task_group.hpp"

namespace muster::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t most_buffered = 16 * 1024;
constexpr std::size_t one_read = 4 * 1024;
constexpr std::size_t one_body_read = 64 * 1024;
constexpr std::size_t largest_small_body = 64 * 1024;
constexpr std::size_t most_lingering_bytes = 1024 * 1024;
constexpr milliseconds accept_pause = 100ms;

// One peer. Its deadline ends whatever it waits for; the socket stays, so that it can be told why.
struct Connection : std::enable_shared_from_this<Connection> {
    Connection(tcp::socket peer, std::string address, std::shared_ptr<Seat> taken)
        : socket(std::move(peer)),
          deadline(socket.get_executor()),
          changed(socket.get_executor(), asio::steady_timer::time_point::max()),
          remote(std::move(address)),
          seat(std::move(taken)) {}

    void allow(milliseconds time) {
        is_overdue = false;
        auto expired = [self = shared_from_this(), turn = ++turns](error_code error) {
            if (error || turn != self->turns) return;
            self->is_overdue = true;
            self->cancel();
        };
        deadline.expires_after(time);
        deadline.async_wait(std::move(expired));
    }

    // What comes now may take as long as it wants.
    void rest() {
        ++turns;
        deadline.cancel();
    }

    void cancel() {
        error_code ignored;
        socket.cancel(ignored);
    }

    void hang_up() {
        rest();
        changed.cancel();
        error_code ignored;
        socket.close(ignored);
    }

    tcp::socket socket;
    asio::steady_timer deadline;
    asio::steady_timer changed;  // never expires; cancelled when the event stream has news
    std::string remote;
    std::shared_ptr<Seat> seat;
    std::unique_ptr<LargeBody> large_body;  // of the request that is read or answered
    std::string input;                      // read and not yet understood
    SteadyInstant arrived_at;               // the first byte of the request that is being read
    std::uint64_t turns = 0;
    bool is_overdue = false;
    bool is_idle = true;  // waits for the first byte of a request
};

using Peer = std::shared_ptr<Connection>;

// A handler at work, shared by the one who runs it and the one who waits for it no longer than
// allowed.
struct Exchange {
    Exchange(const Route& asked, Request from, const Peer& peer)
        : route(asked),
          request(std::move(from)),
          seat(peer->seat),
          done(peer->socket.get_executor(), asked.deadline) {}

    const Route& route;
    Request request;
    std::shared_ptr<Seat> seat;
    asio::steady_timer done;
    std::optional<Response> response;
    bool is_given_up = false;  // the peer was told 503: nobody will see the response
};

}  // namespace

class Server::Impl : public std::enable_shared_from_this<Server::Impl> {
public:
    Impl(Executor loop, ServerOptions options, Routes routes, Clock& clock, Report report)
        : loop_(loop),
          options_(std::move(options)),
          routes_(std::move(routes)),
          clock_(clock),
          report_(std::move(report)),
          acceptor_(loop),
          chores_(loop, [this](const std::exception_ptr& failure) { tell(failure); }),
          visits_(loop, [this](const std::exception_ptr& failure) { tell(failure); }) {
        for (auto& host : options_.hosts)
            host = lower_case(host);
    }

    std::uint16_t start();
    Task<> stop();

    ServerStatistics statistics() const {
        auto result = statistics_;
        result.connections = connections_.size();
        result.streams = seats_->streams.size();
        return result;
    }

private:
    Task<> accept();
    Task<> keep_streams_alive();
    void welcome(tcp::socket socket);
    void turn_away(tcp::socket socket);

    Task<> visit(Peer peer);
    Task<> converse(Peer peer);

    // The status of a refusal, 0 when the peer has gone, else the size of the head in peer->input.
    Task<std::variant<std::size_t, Refused>> read_head_bytes(Peer peer, bool is_first);
    Task<std::optional<Refused>> read_body(Peer peer, const Asked& asked, std::string& body);

    Task<Response> answer(Peer peer, Asked asked, std::string body);
    Task<> run_handler(std::shared_ptr<Exchange> exchange);

    Task<bool> write(Peer peer, Response response, bool keep_alive, bool is_head);
    std::unique_ptr<StreamSeat> seat_for_stream(Response& response);
    Task<> stream(Peer peer, std::shared_ptr<EventStream> events);
    Task<> watch_for_the_end(Peer peer, std::shared_ptr<EventStream> events);
    Task<> linger(Peer peer);

    void tell(const std::exception_ptr& failure);

    Executor loop_;
    ServerOptions options_;
    Routes routes_;
    Clock& clock_;
    Report report_;
    tcp::acceptor acceptor_;
    bool is_stopping_ = false;

    ServerStatistics statistics_;
    std::shared_ptr<Seats> seats_ = std::make_shared<Seats>();
    std::set<Peer> connections_;

    TaskGroup chores_;  // end as soon as the server stops
    TaskGroup visits_;  // have the grace time
};

Server::Server(Executor loop, ServerOptions options, Routes routes, Clock& clock, Report report)
    : impl_(std::make_shared<Impl>(
          std::move(loop), std::move(options), std::move(routes), clock, std::move(report)
      )) {}

Server::~Server() = default;

std::uint16_t Server::start() {
    return impl_->start();
}

Task<> Server::stop() {
    return impl_->stop();
}

ServerStatistics Server::statistics() const {
    return impl_->statistics();
}

std::uint16_t Server::Impl::start() {
    auto endpoint = tcp::endpoint{asio::ip::make_address(options_.address), options_.port};
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind(endpoint);
    acceptor_.listen();
    chores_.spawn(accept());
    chores_.spawn(keep_streams_alive());
    return acceptor_.local_endpoint().port();
}

Task<> Server::Impl::stop() {
    is_stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    chores_.cancel();
    co_await chores_.join();

    for (const auto& events : seats_->streams)
        events->close();
    for (const auto& peer : connections_)
        if (peer->is_idle) peer->cancel();

    asio::steady_timer grace{loop_, options_.grace_time};
    auto cut = [weak = weak_from_this()](error_code error) {
        auto self = weak.lock();
        if (error || !self) return;
        self->visits_.cancel();
        for (const auto& peer : self->connections_)
            peer->cancel();
    };
    grace.async_wait(cut);
    co_await visits_.join();
}

Task<> Server::Impl::accept() {
    while (!is_stopping_) {
        auto [error, socket] = co_await acceptor_.async_accept(quietly);
        if (is_stopping_) co_return;
        if (error) {
            // Most likely no descriptor is left. The connection waits in the queue; so must we,
            // because accept() would fail again at once and for ever.
            report_("accept failed", error.message());
            asio::steady_timer pause{loop_, accept_pause};
            co_await pause.async_wait(quietly);
            continue;
        }
        try {
            welcome(std::move(socket));
        } catch (...) {
            tell(std::current_exception());  // one peer is lost, not all that will come
        }
    }
}

void Server::Impl::welcome(tcp::socket socket) {
    error_code error;
    auto endpoint = socket.remote_endpoint(error);
    if (error) return;
    auto address = endpoint.address().to_string();
    bool is_full = seats_->taken >= options_.most_connections;
    bool is_greedy = seats_->taken_from(address) >= options_.most_per_address &&
                     !is_within(address, options_.proxies);
    if (is_full || is_greedy) return turn_away(std::move(socket));

    socket.set_option(tcp::no_delay(true), error);
    auto seat = std::make_shared<Seat>(seats_, address);
    auto peer = std::make_shared<Connection>(std::move(socket), address, seat);
    connections_.insert(peer);
    visits_.spawn(visit(peer));
}

// No coroutine, no memory, no waiting: this is the path for when there are too many.
void Server::Impl::turn_away(tcp::socket socket) {
    static const auto text = [] {
        auto busy = refusal(503);
        return head_of(busy, false) + busy.body;
    }();
    ++statistics_.turned_away;
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
}

Task<> Server::Impl::keep_streams_alive() {
    while (true) {
        co_await clock_.pause(options_.keep_alive_time);
        for (const auto& events : seats_->streams)
            events->keep_alive();
    }
}

Task<> Server::Impl::visit(Peer peer) {
    try {
        co_await converse(peer);
    } catch (...) {
        tell(std::current_exception());
    }
    peer->hang_up();
    connections_.erase(peer);
}

Task<> Server::Impl::converse(Peer peer) {
    for (bool is_first = true; !is_stopping_; is_first = false) {
        auto read = co_await read_head_bytes(peer, is_first);
        auto* refused = std::get_if<Refused>(&read);
        if (refused && refused->status == 0) co_return;

        Asked asked;
        std::string body;
        auto refusal_now = refused ? std::optional{*refused} : std::nullopt;
        if (!refused) {
            auto size = std::get<std::size_t>(read);
            auto admitted =
                admit(std::string_view{peer->input}.substr(0, size), options_.hosts, routes_);
            peer->input.erase(0, size);
            if (auto* no = std::get_if<Refused>(&admitted))
                refusal_now = *no;
            else
                asked = std::move(std::get<Asked>(admitted));
        }
        if (!refusal_now) refusal_now = co_await read_body(peer, asked, body);
        if (refusal_now) {
            if (refusal_now->status == 0) co_return;
            auto no = refusal(refusal_now->status);
            if (!refusal_now->allow.empty()) no.headers.push_back({"Allow", refusal_now->allow});
            co_await write(peer, std::move(no), false, false);
            co_await linger(peer);
            co_return;
        }

        bool is_head = asked.head.method == "HEAD";
        bool keep_alive = asked.head.keep_alive;
        auto response = co_await answer(peer, std::move(asked), std::move(body));
        peer->large_body.reset();
        auto stream_seat = seat_for_stream(response);
        auto events = response.events;
        keep_alive = keep_alive && !is_stopping_ && !events && response.status != 503;
        bool is_written = co_await write(peer, std::move(response), keep_alive, is_head);
        if (is_written && events && !is_head) co_await stream(peer, events);
        stream_seat.reset();
        if (!is_written) co_return;
        if (!keep_alive) {
            co_await linger(peer);
            co_return;
        }
    }
}

Task<std::variant<std::size_t, Refused>> Server::Impl::read_head_bytes(Peer peer, bool is_first) {
    using Outcome = std::variant<std::size_t, Refused>;
    auto gone = Outcome{Refused{0, {}}};
    auto& input = peer->input;
    peer->is_idle = input.empty();
    peer->arrived_at = clock_.steady_now();
    peer->allow(is_first || !peer->is_idle ? options_.head_time : options_.idle_time);
    std::size_t searched = 0;
    while (true) {
        if (!may_become_head(std::string_view{input}.substr(0, input.find("\r\n\r\n"))))
            co_return Outcome{Refused{400, {}}};
        auto end = input.find("\r\n\r\n", searched);
        if (end != input.npos && end + 4 <= longest_head) {
            peer->is_idle = false;
            co_return Outcome{end + 4};
        }
        if (end != input.npos || input.size() > longest_head) co_return Outcome{Refused{431, {}}};
        searched = input.size() < 3 ? 0 : input.size() - 3;

        auto old_size = input.size();
        input.resize(old_size + std::min(one_read, most_buffered - old_size));
        auto space = asio::buffer(input.data() + old_size, input.size() - old_size);
        auto [error, size] = co_await peer->socket.async_read_some(space, quietly);
        input.resize(old_size + size);
        if (error) {
            if (peer->is_overdue) ++statistics_.timed_out;
            bool was_asking = peer->is_overdue && !input.empty();
            co_return was_asking ? Outcome{Refused{408, {}}} : gone;
        }
        if (peer->is_idle) peer->arrived_at = clock_.steady_now();
        if (peer->is_idle && !is_first) peer->allow(options_.head_time);
        peer->is_idle = false;
    }
}

Task<std::optional<Refused>> Server::Impl::read_body(
    Peer peer, const Asked& asked, std::string& body
) {
    auto length = static_cast<std::size_t>(asked.head.content_length);
    auto early = std::min(length, peer->input.size());
    body = peer->input.substr(0, early);
    peer->input.erase(0, early);
    if (body.size() == length) co_return std::nullopt;
    if (length > largest_small_body) {
        if (seats_->large_bodies >= options_.most_large_bodies) co_return Refused{503, {}};
        peer->large_body = std::make_unique<LargeBody>(seats_);
    }

    peer->allow(options_.body_time);
    if (asked.head.expects_continue) {
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(peer->socket, asio::buffer(go_on), quietly);
    }
    while (body.size() < length) {
        // Room is made as the bytes come, not as they are promised.
        auto old_size = body.size();
        body.resize(old_size + std::min(one_body_read, length - old_size));
        auto space = asio::buffer(body.data() + old_size, body.size() - old_size);
        auto [error, size] = co_await peer->socket.async_read_some(space, quietly);
        body.resize(old_size + size);
        if (error) {
            if (peer->is_overdue) ++statistics_.timed_out;
            co_return Refused{peer->is_overdue ? 408 : 0, {}};
        }
    }
    co_return std::nullopt;
}

Task<Response> Server::Impl::answer(Peer peer, Asked asked, std::string body) {
    Request request;
    request.method = std::move(asked.head.method);
    request.path = std::move(asked.head.path);
    request.query = std::move(asked.head.query);
    request.headers = std::move(asked.head.fields);
    request.body = std::move(body);
    request.remote = peer->remote;
    request.received_at = clock_.now();
    request.arrived_at = peer->arrived_at;

    peer->rest();
    auto exchange = std::make_shared<Exchange>(*asked.route, std::move(request), peer);
    visits_.spawn(run_handler(exchange));
    co_await exchange->done.async_wait(quietly);
    if (!exchange->response) {
        exchange->is_given_up = true;
        co_return refusal(503);
    }
    co_return std::move(*exchange->response);
}

Task<> Server::Impl::run_handler(std::shared_ptr<Exchange> exchange) {
    try {
        auto response = co_await exchange->route.handler(std::move(exchange->request));
        check_fields(response);
        if (response.events && exchange->is_given_up) response.events->close();
        exchange->response = std::move(response);
    } catch (...) {
        tell(std::current_exception());
        exchange->response = refusal(500);
    }
    exchange->done.cancel();
}

Task<bool> Server::Impl::write(Peer peer, Response response, bool keep_alive, bool is_head) {
    ++statistics_.answered[response.status];
    if (options_.is_behind_tls)
        response.headers.push_back({"Strict-Transport-Security", "max-age=31536000"});
    auto head = head_of(response, keep_alive);
    bool sends_body = has_body(response.status) && !is_head && !response.events;
    auto buffers = std::array<asio::const_buffer, 2>{
        asio::buffer(head),
        asio::buffer(response.body.data(), sends_body ? response.body.size() : 0)};
    peer->allow(options_.write_time);
    auto [error, size] = co_await asio::async_write(peer->socket, buffers, quietly);
    if (error && peer->is_overdue) ++statistics_.timed_out;
    co_return !error;
}

// Looks and takes in one turn of the loop, so that no two get the last seat.
std::unique_ptr<StreamSeat> Server::Impl::seat_for_stream(Response& response) {
    if (!response.events) return nullptr;
    if (seats_->streams.size() < options_.most_streams)
        return std::make_unique<StreamSeat>(seats_, response.events);
    response.events->close();
    response = refusal(503);
    return nullptr;
}

Task<> Server::Impl::stream(Peer peer, std::shared_ptr<EventStream> events) {
    auto changed = [peer, dropped = events.get()] {
        if (dropped->is_dropped()) peer->cancel();
        peer->changed.cancel();
    };
    events->on_change(std::move(changed));
    peer->rest();
    visits_.spawn(watch_for_the_end(peer, events));

    if (is_stopping_) events->close();
    while (true) {
        auto text = events->take();
        if (text.empty()) {
            if (!events->is_open()) break;
            co_await peer->changed.async_wait(quietly);
            auto state = co_await asio::this_coro::cancellation_state;
            if (state.cancelled() != asio::cancellation_type::none) break;
            continue;
        }
        peer->allow(options_.write_time);
        auto [error, size] = co_await asio::async_write(peer->socket, asio::buffer(text), quietly);
        if (error || events->is_dropped()) break;
        peer->rest();
    }
    if (events->is_dropped()) report_("event stream dropped", "its client was too slow");
}

// Nothing may follow the request of a stream: a byte or the end means that the client has gone.
Task<> Server::Impl::watch_for_the_end(Peer peer, std::shared_ptr<EventStream> events) {
    char byte = 0;
    auto space = asio::buffer(&byte, 1);
    co_await peer->socket.async_read_some(space, quietly);
    events->close();
}

// Closing a socket with unread input resets the connection, and the peer may lose the answer it was
// given. So: say that we are done, and let the peer close first.
Task<> Server::Impl::linger(Peer peer) {
    error_code ignored;
    peer->socket.shutdown(tcp::socket::shutdown_send, ignored);
    peer->allow(options_.linger_time);
    std::array<char, one_read> unread;
    for (std::size_t total = 0; total < most_lingering_bytes;) {
        auto [error, size] = co_await peer->socket.async_read_some(asio::buffer(unread), quietly);
        if (error) co_return;
        total += size;
    }
}

void Server::Impl::tell(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& error) {
        if (error.code() != asio::error::operation_aborted) report_("request failed", error.what());
    } catch (const std::exception& error) {
        report_("request failed", error.what());
    } catch (...) {
        report_("request failed", "an exception of unknown type");
    }
}

}  // namespace muster::http
