#include <cstdio>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include "adapters/http/loopback_get.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/exit_code.hpp"

namespace muster::cli {
namespace {

constexpr auto patience = 5s;

// Who listens everywhere is asked from here.
std::string host_to_ask(const std::string& host) {
    if (host == "0.0.0.0") return "127.0.0.1";
    if (host == "::") return "::1";
    return host;
}

// "" = well.
std::string problem_of(const Result<http::Answer>& answer, const std::string& what) {
    if (!answer && answer.error() == Errc::too_late)
        return what + " did not answer within 5 seconds";
    if (!answer && answer.error() == Errc::bad_input)
        return "only a listener on this machine that speaks HTTP can be asked";
    if (!answer) return "nobody listens there";
    if (answer->status == 200) return "";
    return fmt::format(
        "{} answered {}: {}", what, answer->status, answer->body.substr(0, answer->body.find('\n'))
    );
}

Task<std::string> examine(config::Listener listener) {
    auto host = host_to_ask(listener.host);
    for (const std::string what : {"/livez", "/readyz"}) {
        auto answer = co_await http::get(host, listener.port, what, patience);
        if (auto problem = problem_of(answer, what); !problem.empty()) co_return problem;
    }
    co_return "";
}

}  // namespace

int run(const Healthcheck& command) {
    auto listener = configuration_of(command.place).server.admin_listen;
    boost::asio::io_context loop{1};
    std::string problem;
    auto finished = [&](std::exception_ptr failure, std::string found) {
        if (failure) std::rethrow_exception(failure);
        problem = std::move(found);
    };
    boost::asio::co_spawn(loop, examine(listener), finished);
    loop.run();
    if (problem.empty()) {
        fmt::print("Muster is well: it is alive and can read and write its database.\n");
        return exit_code::ok;
    }
    fmt::print("Muster is not well at {}:{}: {}.\n", listener.host, listener.port, problem);
    return exit_code::finding;
}

}  // namespace muster::cli
