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
#include "tests/e2e/msteams/fake_server/control_routes.hpp"

namespace muster::fake_teams {
namespace {

namespace asio = boost::asio;

struct Options {
    std::uint16_t port = 0;
    std::string app;    // "http://127.0.0.1:8080"
    std::string front;  // where Muster calls, and who hands it over here
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
          teams_(options.installation),
          http_(loop_, client_options(options), clock_),
          microsoft_(teams_, clock_),
          control_(teams_, microsoft_, http_, clock_, options.app),
          server_(loop_, server_options(options), routes(), clock_, report) {}

    void start() {
        server_.start();
        fmt::print("fake_teams listens on {}\n", options_.here());
        std::fflush(stdout);
    }

    Task<> stop() {
        co_await server_.stop();
        co_await http_.stop();
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
        fmt::print(stderr, "fake_teams: {}: {}\n", event, reason);
    }

    http::Routes routes() {
        http::Routes all;
        microsoft_.add_to(all);
        control_.add_to(all);
        return all;
    }

    asio::any_io_executor loop_;
    Options options_;
    SystemClock clock_;
    FakeTeams teams_;
    http::TlsClient http_;
    MicrosoftRoutes microsoft_;
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
}  // namespace muster::fake_teams

int main(int count, char** words) {
    muster::fake_teams::Options options;
    CLI::App command{"Microsoft Teams for tests, on loopback"};
    command.add_option("--port", options.port, "where it listens")->required();
    command.add_option("--app", options.app, "where Muster listens, as http://127.0.0.1:8080")
        ->required();
    command.add_option("--front", options.front, "where Muster calls, as http://127.0.0.1:9000")
        ->required();
    CLI11_PARSE(command, count, words);
    options.installation.login = options.front + "/login/token";
    options.installation.metadata = options.front + "/login/openidconfiguration";
    options.installation.service_url = options.front + "/connector/";
    try {
        return muster::fake_teams::run(options);
    } catch (const std::exception& problem) {
        fmt::print(stderr, "fake_teams: {}\n", problem.what());
        return 1;
    }
}
