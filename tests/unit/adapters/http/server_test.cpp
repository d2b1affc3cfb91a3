#include <algorithm>

#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>
#include <sys/resource.h>

#include "tests/unit/adapters/http/server_story.hpp"

namespace muster::http {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class HttpServer : public ServerStory {
protected:
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

    std::atomic<bool> let_go = false;
    std::shared_ptr<EventStream> opened;
};

TEST_F(HttpServer, AnswersWithItsStandardFieldsAndNoServerVersion) {
    start();
    RawPeer peer{port};
    peer.send("GET /hello HTTP/1.1\r\nHost: muster.test\r\n\r\n");

    EXPECT_EQ(
        peer.response(),
        "HTTP/1.1 200 OK\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "Content-Security-Policy: default-src 'none'\r\n"
        "Cache-Control: no-store\r\n"
        "Referrer-Policy: no-referrer\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Length: 5\r\n"
        "\r\n"
        "hello"
    );
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

struct BadRequest {
    const char* name;
    std::string bytes;
    int status;
};

std::string get(const std::string& target, const std::string& fields = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: muster.test\r\n" + fields + "\r\n";
}

std::string post(const std::string& fields, const std::string& body = "") {
    return "POST /echo HTTP/1.1\r\nHost: muster.test\r\n" + fields + "\r\n" + body;
}

std::string repeat(const std::string& text, std::size_t times) {
    std::string result;
    for (std::size_t round = 0; round < times; ++round)
        result += text;
    return result;
}

std::vector<BadRequest> bad_requests() {
    const auto chunked = std::string{"Transfer-Encoding: chunked\r\n"};
    const auto five = std::string{"Content-Length: 5\r\n"};
    return {
        {"ContentLengthAndTransferEncoding", post(five + chunked, "0\r\n\r\n"), 400},
        {"TransferEncodingAndContentLength", post(chunked + five, "0\r\n\r\n"), 400},
        {"TransferEncodingXchunked", post("Transfer-Encoding: xchunked\r\n"), 400},
        {"TransferEncodingGzip", post("Transfer-Encoding: gzip\r\n"), 400},
        {"TransferEncodingGzipChunked", post("Transfer-Encoding: gzip, chunked\r\n"), 400},
        {"TransferEncodingChunkedGzip", post("Transfer-Encoding: chunked, gzip\r\n"), 400},
        {"TransferEncodingIdentity", post("Transfer-Encoding: identity\r\n" + five, "hello"), 400},
        {"TransferEncodingUpperCase", post("Transfer-Encoding: CHUNKED\r\n"), 400},
        {"TwoTransferEncodings", post(chunked + chunked, "0\r\n\r\n"), 400},
        {"TransferEncodingOnHttp10",
         "POST /echo HTTP/1.0\r\nHost: muster.test\r\n" + chunked + "\r\n0\r\n\r\n",
         400},
        {"TransferEncodingChunked", post(chunked, "0\r\n\r\n"), 411},
        {"TransferEncodingOnGet", get("/hello", chunked), 411},
        {"LongTrailer",
         post(chunked, "0\r\nX-Slack-Signature: " + std::string(70'000, 'x') + "\r\n\r\n"),
         411},
        {"HugeChunkExtension", post(chunked, "1;" + std::string(20'000'000, 'x') + "\r\na"), 411},
        {"ManyOneByteChunks", post(chunked, repeat("1\r\na\r\n", 1'000'000) + "0\r\n\r\n"), 411},

        {"DifferentContentLengths",
         post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"),
         400},
        {"EqualContentLengths", post(five + five, "hello"), 400},
        {"ListOfContentLengths", post("Content-Length: 5, 5\r\n", "hello"), 400},
        {"NegativeContentLength", post("Content-Length: -5\r\n", "hello"), 400},
        {"SignedContentLength", post("Content-Length: +5\r\n", "hello"), 400},
        {"HexContentLength", post("Content-Length: 0x5\r\n", "hello"), 400},
        {"EmptyContentLength", post("Content-Length: \r\n", "hello"), 400},
        {"OverflowingContentLength", post("Content-Length: 99999999999999999999\r\n"), 400},

        {"NoHost", "GET /hello HTTP/1.1\r\n\r\n", 400},
        {"NoHostOnHttp10", "GET /hello HTTP/1.0\r\n\r\n", 400},
        {"EmptyHost", "GET /hello HTTP/1.1\r\nHost:\r\n\r\n", 400},
        {"TwoHosts", get("/hello", "Host: muster.test\r\n"), 400},
        {"ForeignHost", "GET /hello HTTP/1.1\r\nHost: evil.test\r\n\r\n", 421},
        {"ForeignPort", "GET /hello HTTP/1.1\r\nHost: localhost:8081\r\n\r\n", 421},
        {"HostWithOurNameInFront", "GET /hello HTTP/1.1\r\nHost: muster.test.evil\r\n\r\n", 421},

        {"AbsoluteTarget", get("http://muster.test/hello"), 400},
        {"AsteriskTarget", get("*"), 400},
        {"AuthorityTarget", get("muster.test:80"), 400},
        {"RelativeTarget", get("hello"), 400},
        {"FragmentInTarget", get("/hello#top"), 400},
        {"SpaceInTarget", get("/hel lo"), 400},
        {"TabInTarget", get("/hel\tlo"), 400},
        {"ControlByteInTarget", get("/hel\x01lo"), 400},
        {"DeleteInTarget", get("/hel\x7flo"), 400},
        {"HighByteInTarget", get("/hell\xc3\xb6"), 400},
        {"NulInTarget", get(std::string{"/hel\0lo", 7}), 400},
        {"BrokenEscapeInQuery", get("/hello?a=%2"), 400},
        {"NulInQuery", get("/hello?a=%00"), 400},
        {"TooManyParameters", get("/hello?" + repeat("a&", 65)), 400},

        {"DotDot", get("/files/../etc/passwd"), 404},
        {"DotDotAtTheEnd", get("/files/.."), 404},
        {"Dot", get("/files/./a"), 404},
        {"EscapedDot", get("/files/%2e%2e/etc/passwd"), 404},
        {"EscapedSlash", get("/files/..%2fetc"), 404},
        {"DoubleSlash", get("//hello"), 404},
        {"DoubleSlashInside", get("/files//a"), 404},
        {"BackSlash", get("/files/..\\etc"), 404},
        {"UnknownPath", get("/nothing"), 404},

        {"FoldedField", get("/hello", "X-Long: one\r\n two\r\n"), 400},
        {"FoldedByTab", get("/hello", "X-Long: one\r\n\ttwo\r\n"), 400},
        {"FoldedFirstField", "GET /hello HTTP/1.1\r\n Host: muster.test\r\n\r\n", 400},
        {"SpaceBeforeColon", get("/hello", "X-Space : 1\r\n"), 400},
        {"NoColon", get("/hello", "nonsense\r\n"), 400},
        {"EmptyFieldName", get("/hello", ": nothing\r\n"), 400},
        {"BareLineFeed", "GET /hello HTTP/1.1\nHost: muster.test\n\n", 400},
        {"BareCarriageReturn", get("/hello", "X-A: a\rb\r\n"), 400},
        {"NulInField", get("/hello", std::string{"X-A: a\0b\r\n", 10}), 400},
        {"EscapeInField", get("/hello", "X-A: a\x1b[31m\r\n"), 400},
        {"LeadingEmptyLine", "\r\n" + get("/hello"), 400},
        {"NotHttp", "hello there\r\n\r\n", 400},
        {"TlsClientHello", std::string{"\x16\x03\x01\x02\x00\x01\x00\x01", 8}, 400},

        {"LongField", get("/hello", "X-Long: " + std::string(8'200, 'x') + "\r\n"), 431},
        {"LongTarget", get("/" + std::string(8'200, 'x')), 431},
        {"EndlessLine", std::string(20'000, 'x'), 431},
        {"TooManyFields", get("/hello", repeat("a: b\r\n", 100)), 431},

        {"BodyOverTheLimit", post("Content-Length: 1001\r\n"), 413},
        {"HugeBody", post("Content-Length: 9999999999999\r\n"), 413},
        {"BodyOnGet", get("/hello", five), 413},
        {"ExpectOverTheLimit", post("Content-Length: 1001\r\nExpect: 100-continue\r\n"), 417},
        {"UnknownExpectation", post(five + "Expect: 200-ok\r\n", "hello"), 417},
        {"TwoExpectations",
         post(five + "Expect: 100-continue\r\nExpect: 100-continue\r\n", "hello"),
         417},

        {"Trace", "TRACE /hello HTTP/1.1\r\nHost: muster.test\r\n\r\n", 405},
        {"Connect", "CONNECT muster.test:443 HTTP/1.1\r\nHost: muster.test\r\n\r\n", 405},
        {"Options", "OPTIONS * HTTP/1.1\r\nHost: muster.test\r\n\r\n", 405},
        {"UnknownMethod", "BREW /hello HTTP/1.1\r\nHost: muster.test\r\n\r\n", 405},
        {"LowerCaseMethod", "get /hello HTTP/1.1\r\nHost: muster.test\r\n\r\n", 405},
        {"GetOnAPostRoute", get("/echo"), 405},
        {"HeadOnAPostRoute", "HEAD /echo HTTP/1.1\r\nHost: muster.test\r\n\r\n", 405},
        {"PostOnAGetRoute", "POST /hello HTTP/1.1\r\nHost: muster.test\r\n\r\n", 405},

        {"UpgradeToWebSocket", get("/hello", "Connection: Upgrade\r\nUpgrade: websocket\r\n"), 400},
        {"UpgradeToH2c",
         get("/hello",
             "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: a\r\n"),
         400},
        {"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"Http09", "GET /hello\r\n\r\n", 400},
        {"Http12", "GET /hello HTTP/1.2\r\nHost: muster.test\r\n\r\n", 505},
    };
}

class HttpServerRefuses : public HttpServer, public testing::WithParamInterface<BadRequest> {};

// Each is refused with its status and the connection closed by the server; nothing behind it on the
// connection is understood, and the next peer is served as if nothing had happened.
TEST_P(HttpServerRefuses, AndLivesOn) {
    options.idle_time = 100ms;
    start();
    RawPeer peer{port};
    peer.send(GetParam().bytes);
    peer.send("POST /echo HTTP/1.1\r\nHost: muster.test\r\nContent-Length: 2\r\n\r\nhi");
    auto answer = peer.rest();

    EXPECT_EQ(status_in(answer), GetParam().status) << answer;
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_EQ(answer.find("HTTP/1.1", 1), answer.npos) << answer;
    EXPECT_EQ(handled, 0);
    EXPECT_EQ(
        status_of("GET /hello HTTP/1.1\r\nHost: muster.test\r\nConnection: close\r\n\r\n"), 200
    );
}

std::string name_of(const testing::TestParamInfo<BadRequest>& request) {
    return request.param.name;
}

INSTANTIATE_TEST_SUITE_P(Http, HttpServerRefuses, testing::ValuesIn(bad_requests()), name_of);

TEST_F(HttpServer, TellsWhichMethodsAreAllowed) {
    add("GET", "/both", 0, say("got"));
    add("POST", "/both", 0, say("posted"));
    start();

    EXPECT_THAT(
        answer_to("DELETE /both HTTP/1.1\r\nHost: muster.test\r\n\r\n"),
        HasSubstr("\r\nAllow: GET, HEAD, POST\r\n")
    );
    EXPECT_THAT(
        answer_to("GET /echo HTTP/1.1\r\nHost: muster.test\r\n\r\n"),
        HasSubstr("\r\nAllow: POST\r\n")
    );
    EXPECT_THAT(
        answer_to("TRACE / HTTP/1.1\r\nHost: muster.test\r\n\r\n"),
        HasSubstr("\r\nAllow: GET, HEAD, POST\r\n")
    );
}

TEST_F(HttpServer, AcceptsOneHundredFieldsAndEightKibibytes) {
    start();
    auto request = get("/hello", repeat("a: b\r\n", 98) + "Connection: close\r\n");
    EXPECT_EQ(status_of(request), 200);

    auto used = get("/hello", "Connection: close\r\nX: \r\n").size();
    auto padding = std::string(8 * 1024 - used, 'x');
    EXPECT_EQ(status_of(get("/hello", "Connection: close\r\nX: " + padding + "\r\n")), 200);
    EXPECT_EQ(status_of(get("/hello", "Connection: close\r\nX: " + padding + "x\r\n")), 431);
}

TEST_F(HttpServer, AcceptsTheHostWithoutCase) {
    start();
    EXPECT_EQ(
        status_of("GET /hello HTTP/1.1\r\nHost: LocalHost:8080\r\nConnection: close\r\n\r\n"), 200
    );
}

TEST_F(HttpServer, RefusesAWrongContentTypeButNotItsParameters) {
    start();
    auto json = [](const std::string& type) {
        return "POST /json HTTP/1.1\r\nHost: muster.test\r\n" + type +
               "Connection: close\r\nContent-Length: 2\r\n\r\n{}";
    };
    EXPECT_EQ(status_of(json("Content-Type: application/json\r\n")), 200);
    EXPECT_EQ(status_of(json("Content-Type: Application/JSON ; charset=utf-8\r\n")), 200);
    EXPECT_EQ(status_of(json("Content-Type: text/plain\r\n")), 415);
    EXPECT_EQ(status_of(json("Content-Type: application/jsonp\r\n")), 415);
    EXPECT_EQ(status_of(json("")), 415);
    EXPECT_EQ(
        status_of(json("Content-Type: text/plain\r\nContent-Type: application/json\r\n")), 400
    );
}

TEST_F(HttpServer, AsksForABodyThatWaitsForContinue) {
    start();
    RawPeer peer{port};
    peer.send(post("Content-Length: 5\r\nExpect: 100-Continue\r\n"));
    EXPECT_EQ(peer.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");

    peer.send("hello");
    EXPECT_THAT(peer.response(), AllOf(StartsWith("HTTP/1.1 200 OK"), EndsWith("hello")));
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

TEST_F(HttpServer, AnswersInTimeWhenAHandlerDoesNotAndLetsItFinish) {
    routes.add({.method = "GET", .path = "/slow", .handler = when_let_go(), .deadline = 20ms});
    start();

    EXPECT_EQ(status_of("GET /slow HTTP/1.1\r\nHost: muster.test\r\n\r\n"), 503);
    EXPECT_EQ(handled, 1);
    let_go = true;
}

TEST_F(HttpServer, CountsAHandlerThatRunsOnAgainstTheLimit) {
    options.most_connections = 1;
    options.linger_time = 1ms;
    routes.add({.method = "GET", .path = "/slow", .handler = when_let_go(), .deadline = 1ms});
    start();
    EXPECT_EQ(status_of("GET /slow HTTP/1.1\r\nHost: muster.test\r\n\r\n"), 503);
    wait_on_loop([this] { return server->statistics().connections == 0; });

    EXPECT_EQ(status_of(""), 503);
    EXPECT_EQ(statistics().turned_away, 1U);
    let_go = true;
}

TEST_F(HttpServer, GivesUpAHeadThatDoesNotEnd) {
    options.head_time = 20ms;
    start();
    EXPECT_EQ(status_of("GET /hello HTTP/1.1\r\nHost: muster"), 408);
    EXPECT_EQ(answer_to(""), "");
}

TEST_F(HttpServer, GivesUpAHeadThatDripsHoweverSteadily) {
    options.head_time = 20ms;
    options.linger_time = 1ms;
    start();
    RawPeer peer{port};
    RawPeer pacemaker{port};
    while (peer.send("x")) {
        pacemaker.send("GET /hello HTTP/1.1\r\nHost: muster.test\r\n\r\n");
        pacemaker.response();
    }

    EXPECT_GE(statistics().timed_out, 1U);
    EXPECT_EQ(statistics().answered[431], 0U);
}

TEST_F(HttpServer, GivesUpABodyThatDoesNotEnd) {
    options.body_time = 20ms;
    start();
    EXPECT_EQ(status_of(post("Content-Length: 5\r\n", "hell")), 408);
    EXPECT_EQ(handled, 0);
}

TEST_F(HttpServer, ClosesAnIdleConnectionWithoutAWord) {
    options.idle_time = 20ms;
    start();
    RawPeer peer{port};
    peer.send("GET /hello HTTP/1.1\r\nHost: muster.test\r\n\r\n");
    EXPECT_THAT(peer.response(), EndsWith("hello"));
    EXPECT_EQ(peer.rest(), "");
}

TEST_F(HttpServer, TurnsAwayMoreConnectionsThanItHasSeats) {
    options.most_connections = 2;
    start();
    RawPeer one{port};
    RawPeer two{port};
    wait_on_loop([this] { return server->statistics().connections == 2; });

    EXPECT_EQ(status_of(""), 503);
    EXPECT_EQ(statistics().turned_away, 1U);
    two.send("GET /hello HTTP/1.1\r\nHost: muster.test\r\n\r\n");
    EXPECT_THAT(two.response(), EndsWith("hello"));
}

TEST_F(HttpServer, TurnsAwayMoreConnectionsThanOneAddressMayHave) {
    options.most_per_address = 1;
    start();
    {
        RawPeer one{port};
        wait_on_loop([this] { return server->statistics().connections == 1; });
        EXPECT_EQ(status_of(""), 503);
    }
    wait_on_loop([this] { return server->statistics().connections == 0; });
    EXPECT_EQ(
        status_of("GET /hello HTTP/1.1\r\nHost: muster.test\r\nConnection: close\r\n\r\n"), 200
    );
}

TEST_F(HttpServer, WaitsWhenNoDescriptorIsLeftAndThenServes) {
    start();
    RawPeer peer;
    auto next = ::dup(0);
    ::close(next);
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    auto none_left = limit;
    none_left.rlim_cur = static_cast<rlim_t>(next);
    ::setrlimit(RLIMIT_NOFILE, &none_left);

    peer.connect(port);
    peer.send("GET /hello HTTP/1.1\r\nHost: muster.test\r\n\r\n");
    while (reported().empty())
        std::this_thread::yield();
    ::setrlimit(RLIMIT_NOFILE, &limit);

    EXPECT_THAT(peer.response(), EndsWith("hello"));
    EXPECT_THAT(reported().front(), StartsWith("accept failed"));
    EXPECT_LE(reported().size(), 20U);
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

TEST_F(HttpServer, RefusesMoreStreamsThanItMayHave) {
    options.most_streams = 1;
    add("GET", "/events", 0, events());
    start();
    RawPeer peer{port};
    peer.send("GET /events HTTP/1.1\r\nHost: muster.test\r\n\r\n");
    peer.until("\r\n\r\n");
    wait_on_loop([this] { return server->statistics().streams == 1; });

    EXPECT_EQ(status_of("GET /events HTTP/1.1\r\nHost: muster.test\r\n\r\n"), 503);
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
