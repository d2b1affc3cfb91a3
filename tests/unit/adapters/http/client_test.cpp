#include "adapters/http/client.hpp"

#include "tests/unit/adapters/http/server_story.hpp"

namespace muster::http {
namespace {

class HttpClient : public ServerStory {
protected:
    Result<Answer> ask(std::string host, std::string target, milliseconds time = 60s) {
        auto call = get(std::move(host), port, std::move(target), time);
        return boost::asio::co_spawn(loop, std::move(call), boost::asio::use_future).get();
    }

    // A listener whose owner never accepts, or answers whatever the test says.
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
};

TEST_F(HttpClient, GetsStatusAndBody) {
    // The port is known only now, and the client names it in Host.
    options.hosts = {"127.0.0.1:1"};
    start();
    auto answer = ask("localhost", "/hello");

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 421);
    EXPECT_EQ(answer->body, "Misdirected Request\n");
}

TEST_F(HttpClient, SaysThatNobodyListens) {
    start();
    ::close(listen_silently());

    EXPECT_EQ(ask("127.0.0.1", "/livez").error(), Errc::unreachable);
}

TEST_F(HttpClient, WaitsNoLongerThanItMay) {
    start();
    auto listener = listen_silently();

    EXPECT_EQ(ask("127.0.0.1", "/livez", 20ms).error(), Errc::too_late);
    ::close(listener);
}

TEST_F(HttpClient, SaysThatThePeerDoesNotSpeakHttp) {
    start();
    auto listener = listen_silently();
    auto peer = std::thread{[listener] {
        auto accepted = ::accept(listener, nullptr, nullptr);
        ::send(accepted, "SSH-2.0-OpenSSH\r\n\r\n", 19, MSG_NOSIGNAL);
        char unread[4096];
        while (::recv(accepted, unread, sizeof unread, 0) > 0) {
        }
        ::close(accepted);
    }};

    EXPECT_EQ(ask("127.0.0.1", "/livez").error(), Errc::bad_input);
    peer.join();
    ::close(listener);
}

TEST_F(HttpClient, LeavesTheMachineForNobody) {
    start();
    EXPECT_EQ(ask("192.0.2.1", "/livez").error(), Errc::bad_input);
    EXPECT_EQ(ask("example.org", "/livez").error(), Errc::bad_input);
}

}  // namespace
}  // namespace muster::http
