#include "adapters/http/loopback_get.hpp"

#include <gmock/gmock.h>

#include "tests/unit/adapters/http/server_story.hpp"

namespace muster::http {
namespace {

class LoopbackGet : public ServerStory {
protected:
    Result<Answer> ask(std::string host, std::string target, milliseconds time = 60s) {
        auto call = get(std::move(host), port, std::move(target), time);
        return boost::asio::co_spawn(loop, std::move(call), boost::asio::use_future).get();
    }

    // Nobody accepts here, unless the test does.
    int listen_silently() {
        auto listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(::listen(listener, 1), 0);
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin_port);
        return listener;
    }

    // -1 on a machine without IPv6.
    int listen_silently_on_ipv6() {
        auto listener = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_addr = in6addr_loopback;
        socklen_t size = sizeof address;
        if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0) {
            ::close(listener);
            return -1;
        }
        EXPECT_EQ(::listen(listener, 1), 0);
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin6_port);
        return listener;
    }

    static std::thread answer_on(int listener, std::string answer, std::string& asked) {
        return std::thread{[listener, answer, &asked] {
            auto accepted = ::accept(listener, nullptr, nullptr);
            ::send(accepted, answer.data(), answer.size(), MSG_NOSIGNAL);
            char bytes[4096];
            while (auto size = std::max(::recv(accepted, bytes, sizeof bytes, 0), ssize_t{0}))
                asked.append(bytes, static_cast<std::size_t>(size));
            ::close(accepted);
        }};
    }
};

TEST_F(LoopbackGet, AsksWithItsHostAndGetsStatusAndBody) {
    start();
    auto listener = listen_silently();
    std::string asked;
    auto peer = answer_on(listener, "HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nwait\n", asked);
    auto answer = ask("localhost", "/readyz");
    peer.join();
    ::close(listener);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    EXPECT_EQ(answer->body, "wait\n");
    auto host = "localhost:" + std::to_string(port);
    EXPECT_EQ(asked, "GET /readyz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
}

TEST_F(LoopbackGet, PutsAnAddressWithColonsInBrackets) {
    start();
    auto listener = listen_silently_on_ipv6();
    if (listener < 0)
        GTEST_SKIP() << "2026-11-22: this machine has no IPv6, as some build hosts and containers";
    std::string asked;
    auto peer = answer_on(listener, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", asked);
    ask("::1", "/livez");
    peer.join();
    ::close(listener);

    EXPECT_THAT(asked, testing::HasSubstr("\r\nHost: [::1]:" + std::to_string(port) + "\r\n"));
}

TEST_F(LoopbackGet, IsUnderstoodByOurServer) {
    start();
    EXPECT_EQ(ask("127.0.0.1", "/hello")->status, 421);
}

TEST_F(LoopbackGet, SaysThatNobodyListens) {
    start();
    ::close(listen_silently());

    EXPECT_EQ(ask("127.0.0.1", "/livez").error(), Errc::unreachable);
}

TEST_F(LoopbackGet, WaitsNoLongerThanItMay) {
    start();
    auto listener = listen_silently();

    EXPECT_EQ(ask("127.0.0.1", "/livez", 20ms).error(), Errc::too_late);
    ::close(listener);
}

TEST_F(LoopbackGet, SaysThatThePeerDoesNotSpeakHttp) {
    start();
    auto listener = listen_silently();
    std::string asked;
    auto peer = answer_on(listener, "SSH-2.0-OpenSSH\r\n\r\n", asked);

    EXPECT_EQ(ask("127.0.0.1", "/livez").error(), Errc::bad_input);
    peer.join();
    ::close(listener);
}

TEST_F(LoopbackGet, LeavesTheMachineForNobody) {
    start();
    EXPECT_EQ(ask("192.0.2.1", "/livez").error(), Errc::bad_input);
    EXPECT_EQ(ask("example.org", "/livez").error(), Errc::bad_input);
}

}  // namespace
}  // namespace muster::http
