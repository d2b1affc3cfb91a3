#include "adapters/http/web_socket_client.hpp"

#include <deque>
#include <optional>
#include <set>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

#include "bot/ports/task_group.hpp"

namespace muster::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

namespace {

using Timer = asio::steady_timer;
using Error = boost::system::error_code;
using Moment = Timer::time_point;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr auto stopped = "the client has stopped";

// A wire as Beast wants it.
class WireStream {
public:
    using executor_type = asio::any_io_executor;

    WireStream(executor_type loop, std::shared_ptr<Wire> wire, std::function<void()> heard)
        : loop_(std::move(loop)), wire_(std::move(wire)), heard_(std::move(heard)) {}

    executor_type get_executor() const noexcept { return loop_; }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        auto begin = [this](auto handler, asio::mutable_buffer space) {
            auto heard = [heard = heard_](std::size_t size) {
                if (size > 0) heard();
            };
            auto done = once(std::move(handler), std::move(heard));
            if (space.size() == 0) return asio::post(loop_, [done] { done({}, 0); });
            wire_->read_some(space.data(), space.size(), std::move(done));
        };
        auto space = first_of<asio::mutable_buffer>(buffers);
        return asio::async_initiate<Token, void(Error, std::size_t)>(begin, token, space);
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        auto begin = [this](auto handler, asio::const_buffer data) {
            auto done = once(std::move(handler), [](std::size_t) {});
            if (data.size() == 0) return asio::post(loop_, [done] { done({}, 0); });
            wire_->write_some(data.data(), data.size(), std::move(done));
        };
        auto data = first_of<asio::const_buffer>(buffers);
        return asio::async_initiate<Token, void(Error, std::size_t)>(begin, token, data);
    }

    // Beast finds these by their names, when the web socket has said all it had to say.
    friend void beast_close_socket(WireStream& stream) { stream.wire_->close(); }

    friend void teardown(beast::role_type, WireStream& stream, Error&) { stream.wire_->close(); }

    template <class Handler>
    friend void async_teardown(beast::role_type, WireStream& stream, Handler&& handler) {
        stream.wire_->close();
        auto done = beast::bind_front_handler(std::forward<Handler>(handler), Error{});
        asio::post(stream.loop_, std::move(done));
    }

private:
    template <class Buffer, class Buffers>
    static Buffer first_of(const Buffers& buffers) {
        auto end = asio::buffer_sequence_end(buffers);
        for (auto next = asio::buffer_sequence_begin(buffers); next != end; ++next)
            if (Buffer buffer{*next}; buffer.size() > 0) return buffer;
        return {};
    }

    // Beast's handlers can only be moved.
    template <class Handler, class Look>
    static Wire::Done once(Handler handler, Look look) {
        auto kept = std::make_shared<Handler>(std::move(handler));
        return [kept, look](const Error& error, std::size_t size) {
            look(size);
            auto called = std::move(*kept);
            std::move(called)(error, size);
        };
    }

    executor_type loop_;
    std::shared_ptr<Wire> wire_;
    std::function<void()> heard_;
};

// Wakes one task. A ring while nobody waits is kept.
class Signal {
public:
    explicit Signal(const asio::any_io_executor& loop) : timer_(loop) {}

    void ring() {
        is_rung_ = true;
        timer_.cancel();
    }

    Task<> wait(Moment until = Moment::max()) {
        if (!is_rung_) {
            timer_.expires_at(until);
            co_await timer_.async_wait(quietly);
        }
        is_rung_ = false;
        auto state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none)
            throw boost::system::system_error(asio::error::operation_aborted);
    }

private:
    Timer timer_;
    bool is_rung_ = false;
};

// Texts that wait for somebody.
class Queue {
public:
    Queue(std::size_t most, std::size_t most_bytes) : most_(most), most_bytes_(most_bytes) {}

    bool is_empty() const { return texts_.empty(); }

    bool is_full() const { return texts_.size() >= most_ || bytes_ >= most_bytes_; }

    void push(std::string text) {
        bytes_ += text.size();
        texts_.push_back(std::move(text));
    }

    std::string pop() {
        auto text = std::move(texts_.front());
        texts_.pop_front();
        bytes_ -= text.size();
        return text;
    }

private:
    std::size_t most_;
    std::size_t most_bytes_;
    std::size_t bytes_ = 0;
    std::deque<std::string> texts_;
};

std::string reason_in(const Error& error) {
    if (error == websocket::error::closed) return "closed by the peer";
    if (error == websocket::error::message_too_big) return "a text is too long";
    return "broken: " + error.message();
}

// One web socket, from the first look for an address to its end. Shared by the two tasks that carry
// texts and by who holds the socket.
class Line : public std::enable_shared_from_this<Line> {
public:
    Line(const asio::any_io_executor& loop, const WebSocketClientOptions& options, Target target)
        : loop_(loop),
          options_(options),
          unread_(options.most_unread, options.most_unread_bytes),
          unsent_(options.most_unsent, options.most_unsent_bytes),
          opened_(loop),
          came_(loop),
          taken_(loop),
          to_send_(loop),
          ended_(loop) {
        dial_->target = std::move(target);
        dial_->until = now() + options.opening_time;
    }

    // ---- for who holds the socket

    Task<> wait_until_opened() { return opened_.wait(); }

    bool is_open() const { return is_open_; }

    const std::string& reason() const { return reason_; }

    Task<std::variant<std::string, SocketEnd>> read();
    bool write(std::string text);
    Task<> close();

    // Whatever it does. The first reason counts.
    void cut(std::string why);

    // ---- the tasks that carry texts

    Task<> open(Dialler& dialler);
    Task<> carry_in();
    Task<> carry_out();
    void end();

private:
    Moment now() const { return Timer{loop_, 0s}.expiry(); }

    Task<std::string> shake_hands();
    void heard();

    asio::any_io_executor loop_;
    const WebSocketClientOptions& options_;
    std::shared_ptr<Dial> dial_ = std::make_shared<Dial>();
    std::optional<websocket::stream<WireStream, false>> stream_;
    Queue unread_;
    Queue unsent_;
    Signal opened_;
    Signal came_;     // a text, or the end
    Signal taken_;    // there is room for a text, or the end
    Signal to_send_;  // a text, a goodbye, or the end
    Signal ended_;
    bool is_open_ = false;
    bool is_held_up_ = false;  // nobody reads
    bool is_closing_ = false;
    bool is_over_ = false;
    std::string reason_;  // of the end
};

Task<std::variant<std::string, SocketEnd>> Line::read() {
    while (unread_.is_empty() && !is_over_)
        co_await came_.wait();
    if (unread_.is_empty()) co_return SocketEnd{reason_};
    auto text = unread_.pop();
    taken_.ring();
    co_return text;
}

bool Line::write(std::string text) {
    if (is_over_ || is_closing_ || !reason_.empty()) return false;
    if (unsent_.is_full()) {
        cut("the peer takes nothing");
        return false;
    }
    unsent_.push(std::move(text));
    to_send_.ring();
    return true;
}

Task<> Line::close() {
    auto self = shared_from_this();
    is_closing_ = true;
    if (!is_over_) dial_->wire->close_at(now() + options_.closing_time);
    to_send_.ring();
    try {
        while (!is_over_)
            co_await ended_.wait();
    } catch (const boost::system::system_error&) {
        cut("closed by us");
        throw;
    }
}

void Line::cut(std::string why) {
    if (reason_.empty()) reason_ = std::move(why);
    dial_->until = Moment::min();  // of a wire that is to come
    if (dial_->wire) dial_->wire->close();
    taken_.ring();
    to_send_.ring();
}

Task<> Line::open(Dialler& dialler) {
    auto problem = co_await dialler.open(dial_);
    if (problem.empty()) problem = co_await shake_hands();
    is_open_ = problem.empty() && reason_.empty();
    if (reason_.empty()) reason_ = std::move(problem);
    if (is_open_) heard();
    opened_.ring();
}

Task<std::string> Line::shake_hands() {
    auto wire = dial_->wire;
    auto heard = [weak = weak_from_this()] {
        if (auto self = weak.lock()) self->heard();
    };
    stream_.emplace(loop_, wire, heard);
    stream_->read_message_max(options_.longest_text);
    stream_->auto_fragment(false);
    auto name_us = [](websocket::request_type& request) {
        request.set(beast::http::field::user_agent, "Muster/" MUSTER_VERSION);
    };
    stream_->set_option(websocket::stream_base::decorator(name_us));
    const auto& target = dial_->target;
    websocket::response_type answer;
    auto [error] =
        co_await stream_->async_handshake(answer, target.authority(), target.path, quietly);
    if (!error) co_return "";
    if (wire->is_overdue()) co_return "no web socket in time";
    if (error == websocket::error::upgrade_declined)
        co_return "refuses with " + std::to_string(answer.result_int());
    co_return "no web socket: " + error.message();
}

// It lives, whatever it says.
void Line::heard() {
    if (!is_open_ || is_closing_ || is_held_up_) return;
    dial_->wire->close_at(now() + options_.silence);
}

Task<> Line::carry_in() {
    auto wire = dial_->wire;
    for (;;) {
        beast::flat_buffer bytes;
        auto [error, size] = co_await stream_->async_read(bytes, quietly);
        if (error) {
            auto why = is_closing_ ? "closed by us" : reason_in(error);
            cut(wire->is_overdue() && !is_closing_ ? "silent for too long" : why);
            co_return;
        }
        if (!stream_->got_text()) continue;
        unread_.push(beast::buffers_to_string(bytes.data()));
        came_.ring();
        if (!unread_.is_full()) continue;
        is_held_up_ = true;
        wire->close_at(Moment::max());
        while (unread_.is_full() && reason_.empty())
            co_await taken_.wait();
        is_held_up_ = false;
        heard();
    }
}

Task<> Line::carry_out() {
    auto next_ping = now() + options_.ping_every;
    while (reason_.empty()) {
        Error error;
        if (!unsent_.is_empty()) {
            auto text = unsent_.pop();
            stream_->text(true);
            auto [failed, size] = co_await stream_->async_write(asio::buffer(text), quietly);
            error = failed;
        } else if (is_closing_) {
            co_await stream_->async_close(websocket::close_code::normal, quietly);
            co_return cut("closed by us");
        } else if (now() >= next_ping) {
            next_ping = now() + options_.ping_every;
            auto [failed] = co_await stream_->async_ping({}, quietly);
            error = failed;
        } else {
            co_await to_send_.wait(next_ping);
        }
        // Who reads learns why.
        if (error) co_return;
    }
}

void Line::end() {
    if (reason_.empty()) reason_ = "closed";
    is_over_ = true;
    for (auto* signal : {&opened_, &came_, &taken_, &to_send_, &ended_})
        signal->ring();
}

class LineSocket final : public Socket {
public:
    explicit LineSocket(std::shared_ptr<Line> line) : line_(std::move(line)) {}

    ~LineSocket() override { line_->cut("closed by us"); }

    Task<std::variant<std::string, SocketEnd>> read() override { return line_->read(); }

    bool write(std::string text) override { return line_->write(std::move(text)); }

    Task<> close() override { return line_->close(); }

private:
    std::shared_ptr<Line> line_;
};

}  // namespace

class WebSocketClient::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(const Executor& loop, WebSocketClientOptions options, Clock& clock)
        : loop_(loop),
          options_(std::move(options)),
          dialler_(loop, options_, clock),
          tasks_(loop, [](const std::exception_ptr& problem) { std::rethrow_exception(problem); }) {
    }

    Task<std::variant<std::unique_ptr<Socket>, SocketEnd>> open(std::string url);
    Task<> stop();

private:
    Task<> carry(std::shared_ptr<Line> line);

    Executor loop_;
    WebSocketClientOptions options_;
    Dialler dialler_;
    TaskGroup tasks_;
    std::set<std::shared_ptr<Line>> lines_;
    bool is_stopped_ = false;
};

WebSocketClient::WebSocketClient(const Executor& loop, WebSocketClientOptions options, Clock& clock)
    : impl_(std::make_shared<Impl>(loop, std::move(options), clock)) {}

WebSocketClient::~WebSocketClient() = default;

Task<std::variant<std::unique_ptr<Socket>, SocketEnd>> WebSocketClient::open(std::string url) {
    return impl_->open(std::move(url));
}

Task<> WebSocketClient::stop() {
    return impl_->stop();
}

Task<std::variant<std::unique_ptr<Socket>, SocketEnd>> WebSocketClient::Impl::open(std::string url
) {
    auto self = shared_from_this();
    if (is_stopped_) co_return SocketEnd{stopped};
    auto target = web_socket_target_of(url, dialler_.rules());
    if (!target && target.error() == Errc::bad_input) co_return SocketEnd{"not a URL"};
    if (!target) co_return SocketEnd{"this host may not be called"};

    auto line = std::make_shared<Line>(loop_, options_, std::move(*target));
    std::unique_ptr<Socket> socket = std::make_unique<LineSocket>(line);  // who leaves cuts it
    tasks_.spawn(carry(line));
    co_await line->wait_until_opened();
    if (!line->is_open()) co_return SocketEnd{line->reason()};
    co_return socket;
}

Task<> WebSocketClient::Impl::carry(std::shared_ptr<Line> line) {
    lines_.insert(line);
    if (is_stopped_) line->cut(stopped);
    try {
        co_await line->open(dialler_);
        if (line->is_open()) {
            auto send = [](std::shared_ptr<Line> sent) -> Task<> { co_await sent->carry_out(); };
            tasks_.spawn(send(line));
            co_await line->carry_in();
        }
    } catch (const std::exception& problem) {
        line->cut(problem.what());
    }
    line->end();
    lines_.erase(line);
}

Task<> WebSocketClient::Impl::stop() {
    auto self = shared_from_this();
    co_await asio::this_coro::throw_if_cancelled(false);
    is_stopped_ = true;
    for (const auto& line : lines_)
        line->cut(stopped);
    co_await dialler_.stop();
    co_await tasks_.join();
}

}  // namespace muster::http
