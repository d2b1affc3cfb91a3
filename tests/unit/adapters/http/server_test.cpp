#include <gmock/gmock.h>

#include "tests/unit/adapters/http/server_story.hpp"

namespace muster::http {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class HttpServer : public ServerStory {};

TEST_F(HttpServer, AnswersWithItsStandardFieldsAndNoServerVersion) {
    start();
    RawPeer peer{port};
    peer.send("GET /hello HTTP/1.1\r\nHost: muster.test\r\n\r\n");

    EXPECT_EQ(
        peer.response(),
        "HTTP/1.1 200 OK\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'\r\n"
        "Cache-Control: no-store\r\n"
        "Referrer-Policy: no-referrer\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Length: 5\r\n"
        "\r\n"
        "hello"
    );
}

TEST_F(HttpServer, TellsBrowsersToStayWithHttpsWhereTheyCameOverIt) {
    options.is_behind_tls = true;
    start();
    auto field = HasSubstr("\r\nStrict-Transport-Security: max-age=31536000\r\n");
    auto good = "GET /hello HTTP/1.1\r\nHost: muster.test\r\nConnection: close\r\n\r\n";

    EXPECT_THAT(answer_to(good), field);
    EXPECT_THAT(answer_to("GET /nothing HTTP/1.1\r\nHost: muster.test\r\n\r\n"), field);
}

TEST_F(HttpServer, LetsAPageReplaceAStandardFieldAndAddItsOwn) {
    add("GET", "/page", 0, [](Request) -> Task<Response> {
        Response response;
        response.headers.push_back({"content-security-policy", "default-src 'self'"});
        response.headers.push_back({"Retry-After", "1"});
        co_return response;
    });
    start();
    auto answer = answer_to("GET /page HTTP/1.1\r\nHost: muster.test\r\nConnection: close\r\n\r\n");

    EXPECT_THAT(answer, HasSubstr("\r\ncontent-security-policy: default-src 'self'\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nRetry-After: 1\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("default-src 'none'")));
}

TEST_F(HttpServer, GivesTheHandlerWhatWasSent) {
    Request seen;
    add("POST", "/look", 100, [&seen](Request request) -> Task<Response> {
        seen = request;
        co_return Response{};
    });
    start();
    auto before = clock.now();
    answer_to(
        "POST /look?name=A%20b+c&x=1&x=2 HTTP/1.1\r\nhOST: muster.test\r\nX-Two: 1\r\nx-two: 2\r\n"
        "Connection: close\r\nContent-Length: 4\r\n\r\nbody"
    );

    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.path, "/look");
    EXPECT_EQ(seen.parameter("name"), "A b c");
    EXPECT_EQ(seen.parameter("x"), std::nullopt);
    EXPECT_EQ(seen.query.size(), 3U);
    EXPECT_EQ(seen.headers.only("HOST"), "muster.test");
    EXPECT_EQ(seen.headers.count("X-TWO"), 2U);
    EXPECT_EQ(seen.headers.only("x-two"), std::nullopt);
    EXPECT_EQ(seen.body, "body");
    EXPECT_EQ(seen.remote, "127.0.0.1");
    EXPECT_GE(seen.received_at, before);
}

TEST_F(HttpServer, KeepsAConnectionForManyRequestsAlsoPipelined) {
    start();
    RawPeer peer{port};
    for (int round = 0; round < 100; ++round) {
        peer.send("GET /hello HTTP/1.1\r\nHost: muster.test\r\n\r\n");
        ASSERT_THAT(peer.response(), EndsWith("hello"));
    }
    peer.send(
        "POST /echo HTTP/1.1\r\nHost: muster.test\r\nContent-Length: 3\r\n\r\none"
        "POST /echo HTTP/1.1\r\nHost: muster.test\r\nContent-Length: 3\r\n\r\ntwo"
    );
    EXPECT_THAT(peer.response(), EndsWith("one"));
    EXPECT_THAT(peer.response(), EndsWith("two"));
}

TEST_F(HttpServer, ReadsARequestThatComesByteByByte) {
    start();
    RawPeer peer{port};
    for (char byte :
         std::string{"POST /echo HTTP/1.1\r\nHost: muster.test\r\nContent-Length: 5\r\n\r\nhello"})
        peer.send({&byte, 1});

    EXPECT_THAT(peer.response(), EndsWith("hello"));
}

TEST_F(HttpServer, AnswersHeadLikeGetWithoutTheBody) {
    start();
    auto answer =
        answer_to("HEAD /hello HTTP/1.1\r\nHost: muster.test\r\nConnection: close\r\n\r\n");

    EXPECT_THAT(answer, AllOf(HasSubstr("Content-Length: 5\r\n"), EndsWith("\r\n\r\n")));
}

TEST_F(HttpServer, ClosesAfterHttp10) {
    start();
    EXPECT_EQ(status_of("GET /hello HTTP/1.0\r\nHost: muster.test\r\n\r\n"), 200);
}

TEST_F(HttpServer, AsksForABodyThatWaitsForContinue) {
    start();
    RawPeer peer{port};
    peer.send(post("Content-Length: 5\r\nExpect: 100-Continue\r\n"));
    EXPECT_EQ(peer.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");

    peer.send("hello");
    EXPECT_THAT(peer.response(), AllOf(StartsWith("HTTP/1.1 200 OK"), EndsWith("hello")));
}

TEST_F(HttpServer, KnowsWhenARequestBeganToArrive) {
    Request seen;
    add("POST", "/look", 100, [&seen](Request request) -> Task<Response> {
        seen = request;
        co_return Response{};
    });
    start();
    auto before = clock.steady_now();
    RawPeer peer{port};
    peer.send(
        "POST /look HTTP/1.1\r\nHost: muster.test\r\nContent-Length: 5\r\nExpect: "
        "100-Continue\r\n\r\n"
    );
    peer.until("\r\n\r\n");
    auto head_was_there = clock.steady_now();
    while (clock.steady_now() == head_was_there)
        std::this_thread::yield();
    peer.send("hello");
    peer.response();

    EXPECT_GE(seen.arrived_at, before);
    EXPECT_LE(seen.arrived_at, head_was_there);
}

TEST_F(HttpServer, TakesABodyOfExactlyTheLimit) {
    start();
    auto body = std::string(1'000, 'b');
    EXPECT_THAT(
        answer_to(post("Connection: close\r\nContent-Length: 1000\r\n", body)), EndsWith(body)
    );
}

TEST_F(HttpServer, SendsNothingButARefusalWhenAHandlerThrows) {
    add("GET", "/throws", 0, [](Request) -> Task<Response> {
        throw std::runtime_error("the secret reason");
        co_return Response{};
    });
    start();
    auto answer =
        answer_to("GET /throws HTTP/1.1\r\nHost: muster.test\r\nConnection: close\r\n\r\n");

    EXPECT_EQ(status_in(answer), 500);
    EXPECT_THAT(answer, EndsWith("\r\n\r\nInternal Server Error\n"));
    EXPECT_THAT(reported(), Contains("request failed: the secret reason"));
}

TEST_F(HttpServer, NeverLetsAResponseFieldBreakTheLine) {
    add("GET", "/split", 0, [](Request) -> Task<Response> {
        Response response;
        response.headers.push_back({"Location", "/a\r\nSet-Cookie: stolen"});
        co_return response;
    });
    start();
    auto answer =
        answer_to("GET /split HTTP/1.1\r\nHost: muster.test\r\nConnection: close\r\n\r\n");

    EXPECT_EQ(status_in(answer), 500);
    EXPECT_THAT(answer, Not(HasSubstr("stolen")));
}

TEST_F(HttpServer, StreamsEventsAsTheyCome) {
    add("GET", "/events", 0, events());
    start();
    RawPeer peer{port};
    peer.send("GET /events HTTP/1.1\r\nHost: muster.test\r\n\r\n");
    auto head = peer.until("\r\n\r\n");
    EXPECT_THAT(head, HasSubstr("\r\nContent-Type: text/event-stream\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("Content-Length")));

    on_loop([this] { return opened->send("message", "one\ntwo"); });
    EXPECT_EQ(peer.until("\n\n"), "event: message\ndata: one\ndata: two\n\n");
    on_loop([this] { return opened->send("", "three"); });
    EXPECT_EQ(peer.until("\n\n"), "data: three\n\n");
    EXPECT_EQ(statistics().streams, 1U);

    on_loop([this] {
        opened->send("", "last");
        opened->close();
        return 0;
    });
    EXPECT_EQ(peer.rest(), "data: last\n\n");
}

TEST_F(HttpServer, KeepsASilentStreamAlive) {
    options.keep_alive_time = 5ms;
    add("GET", "/events", 0, events());
    start();
    RawPeer peer{port};
    peer.send("GET /events HTTP/1.1\r\nHost: muster.test\r\n\r\n");

    EXPECT_THAT(peer.until(": keep-alive\n\n"), EndsWith("\r\n\r\n: keep-alive\n\n"));
}

TEST_F(HttpServer, ForgetsAStreamWhoseClientHasGone) {
    add("GET", "/events", 0, events());
    start();
    {
        RawPeer peer{port};
        peer.send("GET /events HTTP/1.1\r\nHost: muster.test\r\n\r\n");
        peer.until("\r\n\r\n");
    }
    wait_on_loop([this] { return !opened->is_open() && server->statistics().streams == 0; });
    wait_on_loop([this] { return server->statistics().connections == 0; });
}

TEST_F(HttpServer, DropsAClientThatIsTooSlowForItsEvents) {
    options.write_time = 24h;
    add("GET", "/events", 0, events());
    start();
    RawPeer peer{port};
    peer.send("GET /events HTTP/1.1\r\nHost: muster.test\r\n\r\n");
    peer.until("\r\n\r\n");

    auto big = std::string(64 * 1024, 'e');
    while (on_loop([&] { return opened->send("", big); })) {
    }
    EXPECT_TRUE(on_loop([this] { return opened->is_dropped(); }));
    wait_on_loop([this] { return server->statistics().streams == 0; });
    peer.rest();
    EXPECT_THAT(reported(), Contains("event stream dropped: its client was too slow"));
}

TEST_F(HttpServer, StopsIdleConnectionsAndStreamsAtOnceAndLetsARequestFinish) {
    options.grace_time = 1h;
    add("GET", "/events", 0, events());
    add("GET", "/slow", 0, when_let_go());
    start();
    RawPeer idle{port};
    RawPeer watching{port};
    watching.send("GET /events HTTP/1.1\r\nHost: muster.test\r\n\r\n");
    watching.until("\r\n\r\n");
    RawPeer asking{port};
    asking.send("GET /slow HTTP/1.1\r\nHost: muster.test\r\n\r\n");
    wait_for_handler(2);

    auto stopped = boost::asio::co_spawn(loop, server->stop(), boost::asio::use_future);
    EXPECT_EQ(idle.rest(), "");
    EXPECT_EQ(watching.rest(), "");
    EXPECT_THROW(RawPeer{port}, std::runtime_error);
    let_go = true;

    EXPECT_THAT(asking.rest(), AllOf(HasSubstr("Connection: close"), EndsWith("at last")));
    stopped.get();
}

TEST_F(HttpServer, CutsARequestThatOutlivesTheGraceTime) {
    options.grace_time = 20ms;
    add("GET", "/never", 0, never());
    start();
    RawPeer peer{port};
    peer.send("GET /never HTTP/1.1\r\nHost: muster.test\r\n\r\n");
    wait_for_handler();

    stop();

    EXPECT_EQ(peer.rest(), "");
}

TEST_F(HttpServer, SurvivesPeersThatLeaveAtAnyByte) {
    start();
    auto request = post("Content-Length: 5\r\n", "hello");
    for (std::size_t size = 0; size <= request.size(); ++size) {
        RawPeer peer{port};
        peer.send(std::string_view{request}.substr(0, size));
    }
    wait_on_loop([this] { return server->statistics().connections == 0; });
    EXPECT_EQ(
        status_of("GET /hello HTTP/1.1\r\nHost: muster.test\r\nConnection: close\r\n\r\n"), 200
    );
}

TEST_F(HttpServer, SaysWhenItsAddressIsTaken) {
    start();
    auto other_options = options;
    other_options.port = port;
    Server other{loop.get_executor(), other_options, routes, clock, report()};

    EXPECT_THROW(other.start(), boost::system::system_error);
}

}  // namespace
}  // namespace muster::http
