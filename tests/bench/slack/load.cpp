// slack_load: sends prepared requests to a server on loopback and measures how long each answer
// took.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "bot/ports/task.hpp"

namespace muster::bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Steady = std::chrono::steady_clock;

struct Options {
    std::uint16_t port = 0;
    std::size_t connections = 64;
    int rate = 0;  // requests a second over all connections; 0 = the next one follows the answer
    std::string file;
};

// ---- what is sent: "<length>\n<request>" as often as there are requests

std::string whole(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<std::string_view> requests_in(std::string_view text) {
    std::vector<std::string_view> requests;
    while (!text.empty()) {
        std::size_t length = 0;
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
        if (error != std::errc{} || length > text.size())
            throw std::runtime_error("the file of requests is cut off");
        requests.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return requests;
}

// ---- what comes back

struct Answer {
    int status = 0;
    std::size_t size = 0;
};

std::string_view value_of(std::string_view head, std::string_view field) {
    auto is_same = [](char one, char other) {
        return one == other || (one >= 'A' && one <= 'Z' && one - 'A' + 'a' == other);
    };
    auto found = std::search(head.begin(), head.end(), field.begin(), field.end(), is_same);
    if (found == head.end()) return {};
    std::string_view rest{found + static_cast<std::ptrdiff_t>(field.size()), head.end()};
    return rest.substr(0, rest.find('\r'));
}

int number_in(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// None until all of it is there. Node answers in chunks what it does not know the length of.
std::optional<Answer> answer_in(std::string_view text) {
    auto end = text.find("\r\n\r\n");
    if (end == text.npos) return std::nullopt;
    auto head = text.substr(0, end + 2);
    auto begin = end + 4;
    Answer answer{number_in(head.substr(std::string_view{"HTTP/1.1 "}.size())), 0};
    if (value_of(head, "\r\ntransfer-encoding: ") == "chunked") {
        auto last = text.find("0\r\n\r\n", begin);
        if (last == text.npos) return std::nullopt;
        answer.size = last + 5;
    } else {
        auto length = number_in(value_of(head, "\r\ncontent-length: "));
        answer.size = begin + static_cast<std::size_t>(length);
    }
    return text.size() < answer.size ? std::nullopt : std::optional{answer};
}

// ---- the sending

// Takes one request after the other, whichever connection is free. At a fixed rate a request is
// late from the moment that it was due: a server that stalls is not spared the requests that it
// kept from being sent (coordinated omission).
class Load {
public:
    Load(asio::io_context& loop, const Options& options, std::vector<std::string_view> requests)
        : loop_(loop), options_(options), requests_(std::move(requests)) {
        latencies_.reserve(requests_.size());
    }

    Task<> run_connection() {
        tcp::socket socket{loop_};
        tcp::endpoint server{asio::ip::address_v4::loopback(), options_.port};
        co_await socket.async_connect(server, asio::use_awaitable);
        socket.set_option(tcp::no_delay{true});
        asio::steady_timer alarm{loop_};
        while (next_ < requests_.size()) {
            auto index = next_++;
            auto begin = Steady::now();
            if (options_.rate > 0) {
                begin = due(index);
                alarm.expires_at(begin);
                co_await alarm.async_wait(asio::use_awaitable);
            }
            auto status = co_await exchange(socket, requests_[index]);
            ++statuses_[status];
            latencies_.push_back(Steady::now() - begin);
        }
        ended_ = Steady::now();
    }

    void print() {
        std::ranges::sort(latencies_);
        auto seconds = std::chrono::duration<double>(ended_ - began_).count();
        fmt::print(R"({{"seconds":{:.4f},"statuses":{{)", seconds);
        for (auto separator = ""; auto [status, count] : statuses_)
            fmt::print(R"({}"{}":{})", std::exchange(separator, ","), status, count);
        fmt::print(
            R"(}},"p50_ms":{:.4f},"p99_ms":{:.4f},"longest_ms":{:.4f}}})"
            "\n",
            percentile(0.5),
            percentile(0.99),
            percentile(1)
        );
    }

private:
    Steady::time_point due(std::size_t index) const {
        return began_ + std::chrono::nanoseconds{1'000'000'000} / options_.rate * index;
    }

    Task<int> exchange(tcp::socket& socket, std::string_view request) {
        auto outgoing = asio::buffer(request);
        co_await asio::async_write(socket, outgoing, asio::use_awaitable);
        std::array<char, 4096> buffer{};
        std::size_t filled = 0;
        for (;;) {
            auto rest = asio::buffer(buffer) + filled;
            filled += co_await socket.async_read_some(rest, asio::use_awaitable);
            auto answer = answer_in({buffer.data(), filled});
            if (answer) co_return answer->status;
            if (filled == buffer.size()) throw std::runtime_error("an answer is too long");
        }
    }

    // The exact one, by nearest rank: all latencies are kept.
    double percentile(double share) const {
        if (latencies_.empty()) return 0;
        auto rank = std::ceil(share * static_cast<double>(latencies_.size()));
        auto found = latencies_[static_cast<std::size_t>(rank) - 1];
        return std::chrono::duration<double, std::milli>(found).count();
    }

    asio::io_context& loop_;
    Options options_;
    std::vector<std::string_view> requests_;
    std::size_t next_ = 0;
    std::map<int, std::size_t> statuses_;
    std::vector<Steady::duration> latencies_;
    Steady::time_point began_ = Steady::now();
    Steady::time_point ended_ = began_;
};

void run(const Options& options) {
    auto text = whole(options.file);
    asio::io_context loop{1};
    Load load{loop, options, requests_in(text)};
    std::exception_ptr failure;
    auto ended = [&](const std::exception_ptr& problem) {
        if (problem) failure = problem;
    };
    for (std::size_t number = 0; number < options.connections; ++number)
        asio::co_spawn(loop, load.run_connection(), ended);
    loop.run();
    if (failure) std::rethrow_exception(failure);
    load.print();
}

}  // namespace
}  // namespace muster::bench

int main(int count, char** words) {
    muster::bench::Options options;
    CLI::App command{"Sends prepared requests to loopback, and measures"};
    command.add_option("--port", options.port, "of the server")->required();
    command.add_option("--connections", options.connections, "at once");
    command.add_option("--rate", options.rate, "requests a second; 0: as fast as answers come");
    command.add_option("file", options.file, "what is sent")->required();
    CLI11_PARSE(command, count, words);
    try {
        muster::bench::run(options);
        return 0;
    } catch (const std::exception& problem) {
        fmt::print(stderr, "slack_load: {}\n", problem.what());
        return 1;
    }
}
