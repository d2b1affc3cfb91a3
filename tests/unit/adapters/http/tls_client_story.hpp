#pragma once

#include <filesystem>
#include <fstream>
#include <future>
#include <map>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <gmock/gmock.h>

#include "adapters/http/tls_client.hpp"
#include "adapters/system/system_clock.hpp"
#include "tests/unit/adapters/http/scripted_server.hpp"

namespace muster::http {

inline std::string an_answer(std::string_view body, const std::string& fields = "") {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + fields +
           "\r\n" + std::string{body};
}

// A client on real sockets, its loop on a thread of its own. The name slack.test means this
// machine, and the operator says that it may.
class TlsClientStory : public testing::Test {
protected:
    TlsClientStory() {
        auto pattern = (std::filesystem::temp_directory_path() / "tls_client.XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
        folder = pattern;
        std::ofstream{folder / "authorities.pem"} << authority.pem();
        options.ca_file = folder / "authorities.pem";
        options.allowed_private_hosts = {"slack.test", "localhost"};
        options.look_up = [this](const std::string& host) {
            ++lookups;
            std::lock_guard lock{guard};
            return names[host];
        };
    }

    ~TlsClientStory() override {
        stop();
        std::filesystem::remove_all(folder);
    }

    void start() {
        client = std::make_unique<TlsClient>(loop.get_executor(), options, clock);
        thread = std::thread{[this] { loop.run(); }};
    }

    void stop() {
        if (!thread.joinable()) return;
        boost::asio::co_spawn(loop, client->stop(), boost::asio::use_future).get();
        keep_running.reset();
        thread.join();
        client.reset();
    }

    // A server that is who it says, and answers every request like this.
    ScriptedServer::Script answer(std::string bytes) {
        return [this, bytes](Conversation& conversation) {
            if (!conversation.shake_hands(manners)) return;
            while (!conversation.request().empty())
                if (!conversation.say(bytes)) return;
        };
    }

    // After one request, and a handshake that went well.
    ScriptedServer::Script after_request(ScriptedServer::Script script) {
        return [this, script](Conversation& conversation) {
            if (!conversation.shake_hands(manners)) return;
            if (!conversation.request().empty()) script(conversation);
        };
    }

    static std::string url(const ScriptedServer& server, const std::string& host = "slack.test") {
        return "https://" + host + ":" + std::to_string(server.port) + "/api";
    }

    static HttpCall a_post(std::string url) {
        HttpCall call;
        call.url = std::move(url);
        call.headers = {{"Authorization", "Bearer xoxb-secret"}};
        call.body = "hello";
        return call;
    }

    static HttpCall a_repeatable(std::string url) {
        auto call = a_post(std::move(url));
        call.may_repeat = true;
        return call;
    }

    std::future<HttpResult> begin(HttpCall call) {
        return boost::asio::co_spawn(loop, client->call(std::move(call)), boost::asio::use_future);
    }

    HttpResult call(HttpCall call) { return begin(std::move(call)).get(); }

    std::string body_of(HttpCall asked) {
        auto result = call(std::move(asked));
        auto* answer = std::get_if<HttpAnswer>(&result);
        return answer ? answer->body : "failed: " + std::get<HttpFailure>(result).reason;
    }

    HttpFailure failure_of(HttpCall asked) {
        auto result = call(std::move(asked));
        auto* failure = std::get_if<HttpFailure>(&result);
        return failure ? *failure : HttpFailure{HttpFailure::Kind::not_sent, "(it was answered)"};
    }

    void expect_not_sent(HttpCall asked, const std::string& reason) {
        auto failure = failure_of(std::move(asked));
        EXPECT_EQ(failure.kind, HttpFailure::Kind::not_sent);
        EXPECT_THAT(failure.reason, testing::HasSubstr(reason));
    }

    void expect_ambiguous(HttpCall asked, const std::string& reason) {
        auto failure = failure_of(std::move(asked));
        EXPECT_EQ(failure.kind, HttpFailure::Kind::ambiguous);
        EXPECT_THAT(failure.reason, testing::HasSubstr(reason));
    }

    std::filesystem::path folder;
    Identity authority{authority_named("An authority")};
    Identity identity{Claims{}, &authority};
    TlsManners manners{&identity, nullptr, 0};

    std::mutex guard;
    std::map<std::string, Addresses> names{{"slack.test", {"127.0.0.1"}}};
    std::atomic<int> lookups = 0;

    TlsClientOptions options;
    boost::asio::io_context loop{1};
    SystemClock clock{loop.get_executor()};
    std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>>
        keep_running{loop.get_executor()};
    std::unique_ptr<TlsClient> client;
    std::thread thread;
};

}  // namespace muster::http
