#include <csignal>
#include <cstdio>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "adapters/http/server.hpp"
#include "adapters/http/tls_client.hpp"
#include "adapters/system/system_clock.hpp"
#include "tests/e2e/slack/fake_server/api_routes.hpp"
#include "tests/e2e/slack/fake_server/control_routes.hpp"

namespace muster::fake_slack {
namespace {

namespace asio = boost::asio;

struct Options {
    std::uint16_t port = 0;
    std::string app;  // "http://127.0.0.1:8080"
    int one_way = 0;  // milliseconds
    Installation installation;

    std::string here() const { return "127.0.0.1:" + std::to_string(port); }
};

// Members are built top-down and go bottom-up; stop() ends what runs.
class Program {
public:
    Program(asio::io_context& loop, const Options& options)
        : loop_(loop.get_executor()),
          options_(options),
          clock_(loop_),
          slack_(options.installation),
          troubles_(sim::Random{1}),
          http_(loop_, client_options(options), clock_),
          tasks_(loop_, [](const std::exception_ptr& problem) { std::rethrow_exception(problem); }),
          app_(slack_, http_, clock_, tasks_, options.app),
          api_(
              slack_,
              app_,
              clock_,
              troubles_,
              "http://" + options.here(),
              milliseconds{options.one_way}
          ),
          control_(slack_, app_, clock_, troubles_),
          server_(loop_, server_options(options), routes(), clock_, report) {}

    void start() {
        server_.start();
        fmt::print("fake_slack listens on {}\n", options_.here());
        std::fflush(stdout);
    }

    Task<> stop() {
        co_await server_.stop();
        tasks_.cancel();
        co_await http_.stop();
        co_await tasks_.join();
    }

private:
    static http::TlsClientOptions client_options(const Options& options) {
        http::TlsClientOptions client;
        client.allowed_private_hosts = {options.app.substr(std::string{"http://"}.size())};
        return client;
    }

    static http::ServerOptions server_options(const Options& options) {
        http::ServerOptions server;
        server.port = options.port;
        server.hosts = {options.here()};
        return server;
    }

    static void report(std::string_view event, std::string_view reason) {
        fmt::print(stderr, "fake_slack: {}: {}\n", event, reason);
    }

    http::Routes routes() {
        http::Routes all;
        api_.add_to(all);
        control_.add_to(all);
        return all;
    }

    asio::any_io_executor loop_;
    Options options_;
    SystemClock clock_;
    FakeSlack slack_;
    Troubles troubles_;
    http::TlsClient http_;
    TaskGroup tasks_;
    AppLine app_;
    ApiRoutes api_;
    ControlRoutes control_;
    http::Server server_;
};

Task<> run_until_signal(Program& program, asio::signal_set& signals) {
    program.start();
    co_await signals.async_wait(asio::use_awaitable);
    co_await program.stop();
}

int run(const Options& options) {
    asio::io_context loop{1};
    asio::signal_set signals{loop, SIGINT, SIGTERM};
    Program program{loop, options};
    std::exception_ptr failure;
    auto finished = [&](std::exception_ptr problem) { failure = problem; };
    asio::co_spawn(loop, run_until_signal(program, signals), finished);
    loop.run();
    if (failure) std::rethrow_exception(failure);
    return 0;
}

}  // namespace
}  // namespace muster::fake_slack

int main(int count, char** words) {
    muster::fake_slack::Options options;
    CLI::App command{"Slack for tests, on loopback"};
    command.add_option("--port", options.port, "where it listens")->required();
    command.add_option("--app", options.app, "where Muster listens, as http://127.0.0.1:8080")
        ->required();
    command.add_option("--token", options.installation.token, "the bot token that it knows");
    command.add_option(
        "--signing-secret", options.installation.signing_secret, "what it signs with"
    );
    command.add_option("--client-id", options.installation.client_id, "the app's, for OAuth");
    command.add_option("--client-secret", options.installation.client_secret, "of OAuth");
    command.add_option("--app-token", options.installation.app_token, "the token for Socket Mode");
    command.add_option(
        "--socket", options.installation.socket, "where Socket Mode is, as ws://..."
    );
    command.add_option("--one-way", options.one_way, "how long calls travel, in milliseconds");
    CLI11_PARSE(command, count, words);
    options.installation.api = "http://" + options.here() + "/api/";
    options.installation.responses = "http://" + options.here() + "/response/";
    try {
        return muster::fake_slack::run(options);
    } catch (const std::exception& problem) {
        fmt::print(stderr, "fake_slack: {}\n", problem.what());
        return 1;
    }
}
