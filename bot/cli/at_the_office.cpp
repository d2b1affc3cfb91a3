#include "bot/cli/at_the_office.hpp"

#include <cstdio>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "adapters/system/demo_clock.hpp"
#include "adapters/system/entropy.hpp"
#include "adapters/system/system_clock.hpp"
#include "bot/cli/refusal.hpp"
#include "bot/cli/time_source.hpp"

namespace muster::cli {
namespace {

namespace asio = boost::asio;

constexpr auto patience = 5s;

class SinkOutput : public Output {
public:
    SinkOutput(TextSink out, TextSink err) : out_(std::move(out)), err_(std::move(err)) {}

    Task<> out(std::string text) override {
        out_(text);
        co_return;
    }

    Task<> err(std::string text) override {
        err_(text);
        co_return;
    }

private:
    TextSink out_;
    TextSink err_;
};

TextSink to_stderr() {
    return [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); };
}

// Runs one coroutine to its end and gives what it returned.
template <class Value>
Value finish(asio::io_context& loop, Task<Value> task) {
    std::optional<Value> value;
    std::exception_ptr failure;
    auto finished = [&](std::exception_ptr problem, Value result) {
        failure = problem;
        value.emplace(std::move(result));
    };
    asio::co_spawn(loop, std::move(task), finished);
    loop.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(*value);
}

Task<int> do_alone(Office::Parts parts, Errand errand, Output& output) {
    int code = exit_code::ok;
    std::exception_ptr failure;
    try {
        co_await record_connections(parts);
        Office office{parts};
        code = co_await office.run(std::move(errand), output);
    } catch (...) {
        failure = std::current_exception();
    }
    co_await parts.peers.stop();
    co_await parts.store.close();
    if (failure) std::rethrow_exception(failure);
    co_return code;
}

int alone(
    asio::io_context& loop,
    const config::Configuration& configuration,
    SqliteStore& store,
    Errand errand,
    TextSink out
) {
    TimeSource time{loop.get_executor(), configuration};
    SystemEntropy entropy;
    SinkOutput output{std::move(out), to_stderr()};
    Peers peers{loop.get_executor(), configuration, time.clock()};
    Office::Parts parts{store, time.clock(), entropy, configuration, peers};
    return finish(loop, do_alone(parts, std::move(errand), output));
}

int beside(
    asio::io_context& loop, const config::Configuration& configuration, Errand errand, TextSink out
) {
    auto path = socket_of(configuration);
    auto asked = finish(
        loop, ask_running_bot(path, std::move(errand), std::move(out), to_stderr(), patience)
    );
    if (asked) return *asked;
    if (asked.error() == Errc::bad_input)
        throw Refusal(
            exit_code::usage,
            "This is too large to hand to the running Muster (16 MiB). Stop it and try again."
        );
    throw Refusal(
        exit_code::locked,
        "Another process has " + configuration.storage.sqlite.string() +
            " and did not answer within 5 seconds. If Muster is starting or stopping, try again."
    );
}

}  // namespace

int at_the_office(
    const config::Configuration& configuration, Errand errand, TextSink out, bool creates
) {
    const auto& database = configuration.storage.sqlite;
    if (!creates && !std::filesystem::exists(database))
        throw Refusal(
            exit_code::usage,
            "There is no database at " + database.string() +
                " yet. muster apply and muster serve make one."
        );
    asio::io_context loop{1};
    auto opened = SqliteStore::open(loop, store_options_of(configuration));
    if (opened) return alone(loop, configuration, **opened, std::move(errand), std::move(out));
    if (opened.error().error == Errc::locked)
        return beside(loop, configuration, std::move(errand), std::move(out));
    throw Refusal(exit_code::store, opened.error().sentence);
}

TextSink to_terminal() {
    return [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); };
}

std::filesystem::path socket_of(const config::Configuration& configuration) {
    return configuration.storage.sqlite.string() + ".sock";
}

StoreOptions store_options_of(const config::Configuration& configuration) {
    StoreOptions options;
    options.path = configuration.storage.sqlite.string();
    if (const auto& backup = configuration.storage.backup)
        options.backup_dir = backup->directory.string();
    return options;
}

}  // namespace muster::cli
