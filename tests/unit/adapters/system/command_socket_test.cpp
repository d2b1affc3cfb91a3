#include "adapters/system/command_socket.hpp"

#include <fstream>
#include <stdexcept>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bot/ports/task_group.hpp"

namespace muster {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;
using testing::HasSubstr;

class CommandSocketStory : public testing::Test {
protected:
    CommandSocketStory() {
        auto pattern = (std::filesystem::temp_directory_path() / "command.XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
        folder = pattern;
        path = folder / "muster.db.sock";
    }

    ~CommandSocketStory() override {
        run(stop_all());
        std::filesystem::remove_all(folder);
    }

    void listen(CommandHandler command) {
        auto report = [this](std::string_view event, std::string_view reason) {
            reports.push_back(std::string{event} + ": " + std::string{reason});
        };
        socket.emplace(loop.get_executor(), path, std::move(command), report);
        socket->start();
    }

    Task<> stop_all() {
        if (socket) co_await socket->stop();
        askers.cancel();
        co_await askers.join();
        socket.reset();
    }

    // Runs the loop until the task has ended; other coroutines run beside it.
    void run(Task<> task) {
        bool is_done = false;
        asio::co_spawn(loop, std::move(task), [&](std::exception_ptr failure) {
            is_done = true;
            if (failure) std::rethrow_exception(failure);
        });
        loop.restart();
        while (!is_done)
            loop.run_one();
    }

    template <class Condition>
    void run_until(Condition condition) {
        loop.restart();
        while (!condition())
            loop.run_one();
    }

    Task<> ask(std::vector<std::string> arguments, milliseconds patience = 0ms) {
        TextSink to_out = [this](std::string_view text) { out += text; };
        TextSink to_err = [this](std::string_view text) { err += text; };
        try {
            result = co_await ask_running_bot(path, arguments, to_out, to_err, patience);
        } catch (const std::runtime_error& error) {
            thrown = error.what();
        }
    }

    // A connection that can say anything.
    int connect_raw() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.native().copy(address.sun_path, sizeof address.sun_path - 1);
        auto raw = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(raw, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return raw;
        ::close(raw);
        return -1;
    }

    static void send_raw(int raw, std::string_view bytes) {
        EXPECT_EQ(::send(raw, bytes.data(), bytes.size(), MSG_NOSIGNAL), std::ssize(bytes));
    }

    CommandHandler say_arguments() {
        return [this](std::vector<std::string> arguments, Output& output) -> Task<int> {
            seen = arguments;
            co_await output.out("to out\n");
            co_await output.err("to err\n");
            co_return 3;
        };
    }

    std::filesystem::path folder;
    std::filesystem::path path;
    asio::io_context loop{1};
    TaskGroup askers{loop.get_executor(), [](const std::exception_ptr&) {}};
    std::optional<CommandSocket> socket;

    std::vector<std::string> seen;
    std::vector<std::string> reports;
    std::string out;
    std::string err;
    std::string thrown;
    std::optional<Result<int>> result;
};

TEST_F(CommandSocketStory, CarriesArgumentsThereAndOutputAndExitCodeBack) {
    listen(say_arguments());
    run(ask({"export", "", "two words", std::string{"nul\0byte", 8}}));

    EXPECT_THAT(seen, ElementsAre("export", "", "two words", std::string{"nul\0byte", 8}));
    EXPECT_EQ(out, "to out\n");
    EXPECT_EQ(err, "to err\n");
    ASSERT_TRUE(result && *result);
    EXPECT_EQ(**result, 3);
    EXPECT_EQ(reports, std::vector<std::string>{});
}

TEST_F(CommandSocketStory, StreamsALongOutputWithoutHoldingIt) {
    constexpr int pieces = 300;
    int written = 0;
    int most_ahead = 0;
    std::size_t received = 0;
    listen([&](std::vector<std::string>, Output& output) -> Task<int> {
        for (; written < pieces; ++written) {
            auto ahead = written - static_cast<int>(received / 100'000);
            most_ahead = std::max(most_ahead, ahead);
            co_await output.out(std::string(100'000, 'x'));
        }
        co_return 0;
    });
    auto asker = [&]() -> Task<> {
        TextSink count = [&](std::string_view text) { received += text.size(); };
        TextSink nothing = [](std::string_view) {};
        result = co_await ask_running_bot(path, {}, count, nothing, 0ms);
    };
    run(asker());

    EXPECT_EQ(received, pieces * 100'000U);
    EXPECT_LT(most_ahead, 50);
    EXPECT_EQ(**result, 0);
}

TEST_F(CommandSocketStory, ServesSeveralAtOnceAndMoreOneAfterTheOther) {
    int running = 0;
    int most = 0;
    int ended = 0;
    listen([&](std::vector<std::string>, Output&) -> Task<int> {
        most = std::max(most, ++running);
        asio::steady_timer pause{loop, 1ms};
        co_await pause.async_wait(asio::use_awaitable);
        --running;
        ++ended;
        co_return 0;
    });
    for (int asker = 0; asker < 30; ++asker)
        askers.spawn(ask({"one of many"}));
    run_until([&] { return ended == 30; });

    EXPECT_GT(most, 1);
    EXPECT_LE(most, 8);
}

TEST_F(CommandSocketStory, TellsTheAskerWhyACommandFailed) {
    listen([](std::vector<std::string>, Output&) -> Task<int> {
        throw std::runtime_error("no such team");
        co_return 0;
    });
    run(ask({"export"}));

    EXPECT_EQ(err, "no such team\n");
    EXPECT_EQ(**result, 70);
}

TEST_F(CommandSocketStory, SaysThatNobodyListens) {
    run(ask({"export"}));
    EXPECT_EQ(result->error(), Errc::unreachable);
}

TEST_F(CommandSocketStory, WaitsForASocketToAppear) {
    askers.spawn(ask({"export"}, 24h));
    loop.poll();
    EXPECT_FALSE(result);

    listen(say_arguments());
    run_until([this] { return result.has_value(); });

    EXPECT_EQ(**result, 3);
}

TEST_F(CommandSocketStory, SendsNothingThatTheBotWouldRefuse) {
    listen(say_arguments());
    run(ask(std::vector<std::string>(65, "x")));
    EXPECT_EQ(result->error(), Errc::bad_input);

    run(ask({std::string(most_argument_bytes, 'x'), "x"}));
    EXPECT_EQ(result->error(), Errc::bad_input);

    run(ask({std::string(most_argument_bytes, 'x'), ""}));
    EXPECT_EQ(**result, 3);
}

TEST_F(CommandSocketStory, RefusesARequestBeyondItsBounds) {
    listen(say_arguments());
    const auto too_many = std::string{"\0\0\0\x41", 4};
    const auto too_long = std::string{"\0\0\0\1\xff\xff\xff\xff", 8};
    const auto half = std::string{"\0\x80\0\0", 4} + std::string(most_argument_bytes / 2, 'x');
    const auto too_long_together = std::string{"\0\0\0\3", 4} + half + half + too_many;
    for (const auto& bytes : {too_many, too_long, too_long_together}) {
        auto raw = connect_raw();
        auto sender = std::thread{[&] { send_raw(raw, bytes); }};
        auto before = reports.size();
        run_until([&] { return reports.size() > before; });
        sender.join();
        EXPECT_THAT(reports.back(), HasSubstr("too "));
        ::close(raw);
    }
    EXPECT_TRUE(seen.empty());
    run(ask({"export"}));
    EXPECT_EQ(**result, 3);
}

TEST_F(CommandSocketStory, AnAskerMayLeaveAtAnyByte) {
    listen(say_arguments());
    auto request = std::string{"\0\0\0\1\0\0\0\2hi", 10};
    for (std::size_t size = 0; size < request.size(); ++size) {
        auto raw = connect_raw();
        send_raw(raw, std::string_view{request}.substr(0, size));
        ::close(raw);
        run_until([&] { return reports.size() == size + 1; });
    }
    EXPECT_TRUE(seen.empty());
    run(ask({"export"}));
    EXPECT_EQ(**result, 3);
}

TEST_F(CommandSocketStory, ACommandEndsWhenItsAskerHasGone) {
    bool has_ended = false;
    listen([&](std::vector<std::string>, Output& output) -> Task<int> {
        try {
            while (true)
                co_await output.out(std::string(64 * 1024, 'x'));
        } catch (const boost::system::system_error&) {
            has_ended = true;
            throw;
        }
    });
    auto raw = connect_raw();
    send_raw(raw, std::string_view{"\0\0\0\0", 4});
    char first = 0;
    loop.restart();
    while (::recv(raw, &first, 1, MSG_DONTWAIT) != 1)
        loop.run_one();
    ::close(raw);
    run_until([&] { return has_ended && !reports.empty(); });
}

TEST_F(CommandSocketStory, TheAskerLearnsThatTheBotWentAway) {
    listen([this](std::vector<std::string>, Output& output) -> Task<int> {
        co_await output.out("half");
        asio::steady_timer for_ever{loop, asio::steady_timer::time_point::max()};
        co_await for_ever.async_wait(asio::use_awaitable);
        co_return 0;
    });
    askers.spawn(ask({"export"}));
    run_until([this] { return out == "half"; });

    run(socket->stop());
    run_until([this] { return !thrown.empty(); });

    EXPECT_THAT(thrown, HasSubstr("went away before the command ended"));
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(CommandSocketStory, IsForItsOwnerOnly) {
    listen(say_arguments());

    struct stat status {};

    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(CommandSocketStory, RefusesAnotherUserWhoGotAtTheSocket) {
    if (::geteuid() != 0)
        GTEST_SKIP() << "2026-11-22: only root can become another user, and builds run as anybody";
    listen(say_arguments());
    std::filesystem::permissions(folder, std::filesystem::perms::all);
    std::filesystem::permissions(path, std::filesystem::perms::all);
    ASSERT_EQ(::seteuid(65534), 0);
    auto raw = connect_raw();
    ASSERT_EQ(::seteuid(0), 0);
    ASSERT_GE(raw, 0);
    ::send(raw, "\0\0\0\0", 4, MSG_NOSIGNAL);
    run_until([this] { return !reports.empty(); });

    EXPECT_EQ(reports.front(), "command socket: refused: the asker is another user");
    char nothing = 0;
    EXPECT_LE(::recv(raw, &nothing, 1, 0), 0);
    EXPECT_TRUE(seen.empty());
    ::close(raw);
}

TEST_F(CommandSocketStory, ReplacesASocketThatADeadProcessLeftButNothingElse) {
    auto left = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(left, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ::close(left);
    listen(say_arguments());
    run(ask({"export"}));
    EXPECT_EQ(**result, 3);
    run(socket->stop());

    std::ofstream{path} << "precious";
    EXPECT_THROW(listen(say_arguments()), boost::system::system_error);
    EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_F(CommandSocketStory, SaysWhenItsPathIsTooLong) {
    path = folder / std::string(108 - folder.native().size() - 1, 'x');
    EXPECT_THROW(listen(say_arguments()), std::invalid_argument);
    run(ask({"export"}));
    EXPECT_EQ(result->error(), Errc::bad_input);

    path = folder / std::string(107 - folder.native().size() - 1, 'x');
    listen(say_arguments());
    run(ask({"export"}));
    EXPECT_EQ(**result, 3);
}

}  // namespace
}  // namespace muster
