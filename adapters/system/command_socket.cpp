#include "adapters/system/command_socket.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/ports/task_group.hpp"

// A request is a count and that many strings; an answer is chunks until the exit code. Numbers have
// four bytes, the highest first; a string is its length and its bytes; a chunk is a kind and a
// string.

namespace muster {

namespace asio = boost::asio;
using boost::system::error_code;
using Local = asio::local::stream_protocol;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t longest_path = 107;  // sun_path without its final zero
constexpr std::size_t longest_chunk = 64 * 1024;
constexpr std::size_t most_at_once = 8;
constexpr milliseconds request_time = 5s;
constexpr milliseconds accept_pause = 100ms;
constexpr milliseconds look_again = 50ms;
constexpr int failed_exit_code = 70;

enum class Kind : char { out = 'o', err = 'e', exit = 'x' };

using Number = std::array<unsigned char, 4>;

Number to_bytes(std::uint32_t number) {
    auto byte = [number](int shift) { return static_cast<unsigned char>(number >> shift); };
    return {byte(24), byte(16), byte(8), byte(0)};
}

std::uint32_t from_bytes(const Number& bytes) {
    std::uint32_t number = 0;
    for (auto byte : bytes)
        number = number << 8 | byte;
    return number;
}

void append(std::string& frame, std::uint32_t number) {
    for (auto byte : to_bytes(number))
        frame += static_cast<char>(byte);
}

void append(std::string& frame, std::string_view text) {
    append(frame, static_cast<std::uint32_t>(text.size()));
    frame += text;
}

std::size_t bytes_of(const std::vector<std::string>& arguments) {
    std::size_t bytes = 0;
    for (const auto& argument : arguments)
        bytes += argument.size();
    return bytes;
}

Task<std::uint32_t> read_number(Local::socket& socket) {
    Number bytes{};
    co_await asio::async_read(socket, asio::buffer(bytes), asio::use_awaitable);
    co_return from_bytes(bytes);
}

Task<std::string> read_text(Local::socket& socket, std::size_t longest) {
    auto length = co_await read_number(socket);
    if (length > longest) throw std::runtime_error("a string is too long");
    std::string text(length, '\0');
    co_await asio::async_read(socket, asio::buffer(text), asio::use_awaitable);
    co_return text;
}

Task<std::vector<std::string>> read_arguments(Local::socket& socket) {
    auto count = co_await read_number(socket);
    if (count > most_arguments) throw std::runtime_error("too many arguments");
    std::vector<std::string> arguments;
    std::size_t room = most_argument_bytes;
    while (arguments.size() < count) {
        auto argument = co_await read_text(socket, room);
        room -= argument.size();
        arguments.push_back(std::move(argument));
    }
    co_return arguments;
}

bool may_ask(Local::socket& socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    auto known = ::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0;
    return known && (peer.uid == ::geteuid() || peer.uid == 0);
}

struct Asker {
    explicit Asker(Local::socket peer) : socket(std::move(peer)), deadline(socket.get_executor()) {}

    Local::socket socket;
    asio::steady_timer deadline;
};

class SocketOutput : public Output {
public:
    explicit SocketOutput(Local::socket& socket) : socket_(socket) {}

    Task<> out(std::string text) override { return send(Kind::out, std::move(text)); }

    Task<> err(std::string text) override { return send(Kind::err, std::move(text)); }

    Task<> exit(int code) {
        std::string text;
        append(text, static_cast<std::uint32_t>(code));
        return send(Kind::exit, std::move(text));
    }

private:
    Task<> send(Kind kind, std::string text) {
        for (std::size_t at = 0; at < text.size(); at += longest_chunk) {
            std::string frame{static_cast<char>(kind)};
            append(frame, std::string_view{text}.substr(at, longest_chunk));
            co_await asio::async_write(socket_, asio::buffer(frame), asio::use_awaitable);
        }
    }

    Local::socket& socket_;
};

}  // namespace

class CommandSocket::Impl {
public:
    Impl(Executor loop, std::filesystem::path path, CommandHandler command, Report report)
        : loop_(loop),
          path_(std::move(path)),
          command_(std::move(command)),
          report_(std::move(report)),
          acceptor_(loop),
          room_(loop, asio::steady_timer::time_point::max()),
          tasks_(loop, [this](const std::exception_ptr& failure) { tell(failure); }) {
        if (path_.native().size() > longest_path)
            throw std::invalid_argument(
                "the path of the command socket is longer than " + std::to_string(longest_path) +
                " bytes: " + path_.string()
            );
    }

    void start();
    Task<> stop();

private:
    Task<> accept();
    Task<> serve(std::shared_ptr<Asker> asker);
    Task<> run(std::shared_ptr<Asker> asker);
    Task<int> run_command(std::vector<std::string> arguments, SocketOutput& output);
    void tell(const std::exception_ptr& failure);

    Executor loop_;
    std::filesystem::path path_;
    CommandHandler command_;
    Report report_;
    Local::acceptor acceptor_;
    asio::steady_timer room_;  // never expires; cancelled when an asker leaves
    std::size_t askers_ = 0;
    TaskGroup tasks_;
};

CommandSocket::CommandSocket(
    Executor loop, std::filesystem::path path, CommandHandler command, Report report
)
    : impl_(std::make_shared<Impl>(
          std::move(loop), std::move(path), std::move(command), std::move(report)
      )) {}

CommandSocket::~CommandSocket() = default;

void CommandSocket::start() {
    impl_->start();
}

Task<> CommandSocket::stop() {
    return impl_->stop();
}

void CommandSocket::Impl::start() {
    if (std::filesystem::is_socket(std::filesystem::symlink_status(path_)))
        std::filesystem::remove(path_);
    acceptor_.open();
    acceptor_.bind(Local::endpoint{path_.native()});
    // Nobody can connect before listen(), so the mode is right before it matters.
    if (::chmod(path_.c_str(), S_IRUSR | S_IWUSR) != 0)
        throw boost::system::system_error(errno, boost::system::system_category(), path_.string());
    acceptor_.listen();
    tasks_.spawn(accept());
}

Task<> CommandSocket::Impl::stop() {
    error_code ignored;
    if (acceptor_.is_open()) {
        acceptor_.close(ignored);
        std::error_code gone_already;
        std::filesystem::remove(path_, gone_already);
    }
    tasks_.cancel();
    co_await tasks_.join();
}

Task<> CommandSocket::Impl::accept() {
    while (true) {
        while (askers_ == most_at_once)
            co_await room_.async_wait(quietly);
        auto [error, socket] = co_await acceptor_.async_accept(quietly);
        if (!acceptor_.is_open()) co_return;
        if (error) {
            report_("command socket: accept failed", error.message());
            asio::steady_timer pause{loop_, accept_pause};
            co_await pause.async_wait(quietly);
            continue;
        }
        if (!may_ask(socket)) {
            report_("command socket: refused", "the asker is another user");
            continue;
        }
        ++askers_;
        tasks_.spawn(serve(std::make_shared<Asker>(std::move(socket))));
    }
}

Task<> CommandSocket::Impl::serve(std::shared_ptr<Asker> asker) {
    try {
        co_await run(asker);
    } catch (...) {
        tell(std::current_exception());
    }
    asker->deadline.cancel();
    error_code ignored;
    asker->socket.close(ignored);
    --askers_;
    room_.cancel();
}

Task<> CommandSocket::Impl::run(std::shared_ptr<Asker> asker) {
    auto expired = [weak = std::weak_ptr{asker}](error_code error) {
        auto late = weak.lock();
        error_code ignored;
        if (!error && late) late->socket.shutdown(Local::socket::shutdown_both, ignored);
    };
    asker->deadline.expires_after(request_time);
    asker->deadline.async_wait(expired);
    auto arguments = co_await read_arguments(asker->socket);
    asker->deadline.cancel();

    SocketOutput output{asker->socket};
    auto code = co_await run_command(std::move(arguments), output);
    co_await output.exit(code);
}

Task<int> CommandSocket::Impl::run_command(
    std::vector<std::string> arguments, SocketOutput& output
) {
    std::string why;
    try {
        co_return co_await command_(std::move(arguments), output);
    } catch (const boost::system::system_error&) {
        throw;  // the asker has gone, or we are stopping
    } catch (const std::exception& error) {
        why = error.what();
    }
    report_("command failed", why);
    co_await output.err(why + "\n");
    co_return failed_exit_code;
}

// An asker that goes away, or sends nonsense, is no failure of ours.
void CommandSocket::Impl::tell(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        report_("command socket: connection ended early", error.what());
    }
}

namespace {

Task<bool> connect(Local::socket& socket, Local::endpoint endpoint, milliseconds patience) {
    for (auto waited = 0ms;; waited += look_again) {
        auto [error] = co_await socket.async_connect(endpoint, quietly);
        if (!error) co_return true;
        if (waited >= patience) co_return false;
        socket.close();
        asio::steady_timer pause{socket.get_executor(), look_again};
        co_await pause.async_wait(asio::use_awaitable);
    }
}

Task<int> receive(Local::socket& socket, TextSink out, TextSink err) {
    while (true) {
        char kind = 0;
        co_await asio::async_read(socket, asio::buffer(&kind, 1), asio::use_awaitable);
        auto text = co_await read_text(socket, longest_chunk);
        switch (Kind{kind}) {
            case Kind::out: out(text); continue;
            case Kind::err: err(text); continue;
            case Kind::exit: break;
        }
        Number code{};
        if (Kind{kind} != Kind::exit || text.size() != code.size())
            throw std::runtime_error("the answer makes no sense");
        std::copy(text.begin(), text.end(), code.begin());
        co_return static_cast<int>(from_bytes(code));
    }
}

}  // namespace

Task<Result<int>> ask_running_bot(
    std::filesystem::path path,
    std::vector<std::string> arguments,
    TextSink out,
    TextSink err,
    milliseconds patience
) {
    if (arguments.size() > most_arguments) co_return Errc::bad_input;
    if (bytes_of(arguments) > most_argument_bytes) co_return Errc::bad_input;
    if (path.native().size() > longest_path) co_return Errc::bad_input;

    Local::socket socket{co_await asio::this_coro::executor};
    Local::endpoint endpoint{path.native()};
    auto is_connected = co_await connect(socket, endpoint, patience);
    if (!is_connected) co_return Errc::unreachable;

    std::string request;
    append(request, static_cast<std::uint32_t>(arguments.size()));
    for (const auto& argument : arguments)
        append(request, argument);
    try {
        co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
        auto code = co_await receive(socket, std::move(out), std::move(err));
        co_return code;
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error(
            "the running bot went away before the command ended (" + error.code().message() + ")"
        );
    }
}

}  // namespace muster
