#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/instant.hpp"
#include "bot/domain/result.hpp"
#include "bot/ports/task.hpp"

namespace muster {

// How a command reaches the bot that holds the database: it sends its arguments over a Unix socket
// and gets text and an exit code back.
inline constexpr std::size_t most_arguments = 64;
inline constexpr std::size_t most_argument_bytes = 16 * 1024 * 1024;  // a whole settings file

// Where a command writes. Each call resumes when the text is on its way, so that a long export is
// never held in memory. Throws boost::system::system_error when the asker has gone.
class Output {
public:
    virtual ~Output() = default;

    virtual Task<> out(std::string text) = 0;
    virtual Task<> err(std::string text) = 0;
};

// Runs the command and returns its exit code. `output` lives until it resumes for the last time.
using CommandHandler = std::function<Task<int>(std::vector<std::string> arguments, Output& output)>;

// The bot's end. Mode 0600, and the asker must be the same user or root. Used from the loop only.
class CommandSocket {
public:
    using Executor = boost::asio::any_io_executor;

    // For the log: what happened and why; never arguments or output.
    using Report = std::function<void(std::string_view event, std::string_view reason)>;

    // Throws std::invalid_argument when the path does not fit into a socket address.
    CommandSocket(Executor loop, std::filesystem::path path, CommandHandler command, Report report);

    // stop() first, if it was started.
    ~CommandSocket();

    // Replaces a socket that a dead process left behind: the caller must hold the database's lock.
    // Throws boost::system::system_error when the path cannot be had.
    void start();

    // Cuts the commands that run, removes the socket, resumes when all have ended.
    Task<> stop();

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

using TextSink = std::function<void(std::string_view)>;

// The command's end: the exit code, after all output went to the sinks. Waits up to `patience` for
// a socket to appear. Errors: unreachable (nobody listens there), bad_input (too many or too long
// arguments; nothing was sent). Throws std::runtime_error when the bot goes away half-way.
Task<Result<int>> ask_running_bot(
    std::filesystem::path path,
    std::vector<std::string> arguments,
    TextSink out,
    TextSink err,
    milliseconds patience
);

}  // namespace muster
