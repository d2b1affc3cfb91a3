// slack_sink: answers Muster's calls as Slack would, as cheaply as it can, and counts them.
#include <csignal>
#include <cstdio>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "adapters/http/server.hpp"
#include "adapters/json/strict.hpp"
#include "adapters/system/system_clock.hpp"

namespace muster::bench {
namespace {

namespace asio = boost::asio;

class Sink {
public:
    Sink(asio::io_context& loop, std::uint16_t port)
        : clock_(loop.get_executor()),
          server_(loop.get_executor(), options(port), routes(), clock_, report) {}

    Task<> run_until(asio::signal_set& signals) {
        server_.start();
        fmt::print("slack_sink listens\n");
        std::fflush(stdout);
        co_await signals.async_wait(asio::use_awaitable);
        co_await server_.stop();
    }

private:
    static http::ServerOptions options(std::uint16_t port) {
        http::ServerOptions server;
        server.port = port;
        server.hosts = {"127.0.0.1:" + std::to_string(port)};
        server.most_per_address = server.most_connections;
        return server;
    }

    static void report(std::string_view event, std::string_view reason) {
        fmt::print(stderr, "slack_sink: {}: {}\n", event, reason);
    }

    http::Routes routes() {
        constexpr std::size_t largest_body = 1024 * 1024;
        http::Routes all;
        auto answer_call = [this](http::Request request) { return answer(std::move(request)); };
        auto tell_count = [this](http::Request) { return count(); };
        all.add(
            {.method = "POST", .path = "/api/*", .body_limit = largest_body, .handler = answer_call}
        );
        all.add({.method = "GET", .path = "/calls", .handler = tell_count});
        return all;
    }

    Task<http::Response> answer(http::Request request) {
        ++calls_;
        if (request.path == "/api/auth.test")
            co_return json_response(
                {{"ok", true},
                 {"team_id", "T0BENCH"},
                 {"user_id", "U0MUSTER"},
                 {"bot_id", "B0MUSTER"}}
            );
        auto asked = json::parse(request.body);
        auto channel = asked ? asked->text_of("channel") : "";
        auto ts = asked ? asked->text_of("ts") : "";
        if (channel.starts_with('U')) channel.front() = 'D';
        if (ts.empty()) ts = fmt::format("1700000000.{:06}", ++posted_);
        co_return json_response({{"ok", true}, {"channel", channel}, {"ts", ts}});
    }

    Task<http::Response> count() { co_return json_response({{"calls", calls_}}); }

    static http::Response json_response(json::Object body) {
        http::Response response;
        response.content_type = "application/json";
        response.body = json::dump(json::Value{std::move(body)});
        return response;
    }

    std::int64_t calls_ = 0;
    std::int64_t posted_ = 0;
    SystemClock clock_;
    http::Server server_;
};

void run(std::uint16_t port) {
    asio::io_context loop{1};
    asio::signal_set signals{loop, SIGINT, SIGTERM};
    Sink sink{loop, port};
    std::exception_ptr failure;
    auto ended = [&](const std::exception_ptr& problem) { failure = problem; };
    asio::co_spawn(loop, sink.run_until(signals), ended);
    loop.run();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace
}  // namespace muster::bench

int main(int count, char** words) {
    std::uint16_t port = 0;
    CLI::App command{"Takes what a bot calls, on loopback"};
    command.add_option("--port", port, "where it listens")->required();
    CLI11_PARSE(command, count, words);
    try {
        muster::bench::run(port);
        return 0;
    } catch (const std::exception& problem) {
        fmt::print(stderr, "slack_sink: {}\n", problem.what());
        return 1;
    }
}
