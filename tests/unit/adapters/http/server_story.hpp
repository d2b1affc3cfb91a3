#pragma once

#include <future>
#include <mutex>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include "adapters/http/server.hpp"
#include "adapters/system/system_clock.hpp"
#include "bot/ports/task_group.hpp"
#include "tests/unit/adapters/http/raw_peer.hpp"

namespace muster::http {

inline std::string get(const std::string& target, const std::string& fields = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: muster.test\r\n" + fields + "\r\n";
}

inline std::string post(const std::string& fields, const std::string& body = "") {
    return "POST /echo HTTP/1.1\r\nHost: muster.test\r\n" + fields + "\r\n" + body;
}

inline std::string repeat(const std::string& text, std::size_t times) {
    std::string result;
    for (std::size_t round = 0; round < times; ++round)
        result += text;
    return result;
}

// A real server on a real socket, its loop on a thread of its own.
class ServerStory : public testing::Test {
protected:
    ServerStory() {
        options.port = 0;
        options.hosts = {"muster.test", "localhost:8080"};
        add("GET", "/hello", 0, say("hello"));
        add("POST", "/echo", 1'000, echo());
        add("POST", "/json", 1'000, echo(), {"application/json"});
        add("GET", "/files/*", 0, show_path());
    }

    ~ServerStory() override { stop(); }

    void start() {
        server = std::make_unique<Server>(loop.get_executor(), options, routes, clock, report());
        port = server->start();
        thread = std::thread{[this] { loop.run(); }};
    }

    void stop() {
        if (!thread.joinable()) return;
        boost::asio::co_spawn(loop, server->stop(), boost::asio::use_future).get();
        server.reset();
        keep_running.reset();
        thread.join();
    }

    void add(
        std::string method,
        std::string path,
        std::size_t limit,
        Handler handler,
        std::vector<std::string> types = {}
    ) {
        routes.add({
            .method = std::move(method),
            .path = std::move(path),
            .body_limit = limit,
            .content_types = std::move(types),
            .handler = std::move(handler),
        });
    }

    static Handler say(std::string text) {
        return [text](Request) -> Task<Response> {
            Response response;
            response.body = text;
            co_return response;
        };
    }

    Handler echo() {
        return [this](Request request) -> Task<Response> {
            ++handled;
            Response response;
            response.body = request.body;
            co_return response;
        };
    }

    static Handler show_path() {
        return [](Request request) -> Task<Response> {
            Response response;
            response.body = request.path;
            co_return response;
        };
    }

    Server::Report report() {
        return [this](std::string_view event, std::string_view reason) {
            std::lock_guard lock{guard};
            reports.push_back(std::string{event} + ": " + std::string{reason});
        };
    }

    std::vector<std::string> reported() {
        std::lock_guard lock{guard};
        return reports;
    }

    // What a peer gets that sends these bytes, and whether the server then closed.
    std::string answer_to(std::string_view bytes) {
        RawPeer peer{port};
        peer.send(bytes);
        return peer.rest();
    }

    // The status of an answer after which the server closed the connection by itself.
    int status_of(std::string_view bytes) { return status_in(answer_to(bytes)); }

    static int status_in(std::string_view answer) {
        return answer.starts_with("HTTP/1.1 ") ? std::atoi(answer.data() + 9) : 0;
    }

    template <class Function>
    auto on_loop(Function function) {
        auto task = std::packaged_task<decltype(function())()>{std::move(function)};
        auto result = task.get_future();
        boost::asio::post(loop, [&task] { task(); });
        return result.get();
    }

    ServerStatistics statistics() {
        return on_loop([this] { return server->statistics(); });
    }

    // A handler that waits for the end of the world or of the server.
    Handler never() {
        return [this](Request) -> Task<Response> {
            ++handled;
            co_await clock.pause(24h);
            co_return Response{};
        };
    }

    // A handler that answers when the test says so.
    Handler when_let_go() {
        return [this](Request) -> Task<Response> {
            ++handled;
            while (!let_go)
                co_await clock.pause(1ms);
            Response response;
            response.body = "at last";
            co_return response;
        };
    }

    Handler events() {
        return [this](Request) -> Task<Response> {
            opened = std::make_shared<EventStream>();
            Response response;
            response.content_type = "text/event-stream";
            response.events = opened;
            ++handled;
            co_return response;
        };
    }

    void wait_for_handler(int count = 1) {
        while (handled < count)
            std::this_thread::yield();
    }

    template <class Condition>
    void wait_on_loop(Condition condition) {
        while (!on_loop(condition))
            std::this_thread::yield();
    }

    ServerOptions options;
    Routes routes;
    std::atomic<int> handled = 0;
    std::atomic<bool> let_go = false;
    std::shared_ptr<EventStream> opened;  // by the last request for events()
    std::uint16_t port = 0;

    std::mutex guard;
    std::vector<std::string> reports;

    boost::asio::io_context loop{1};
    SystemClock clock{loop.get_executor()};
    std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>>
        keep_running{loop.get_executor()};
    std::unique_ptr<Server> server;
    std::thread thread;
};

}  // namespace muster::http
