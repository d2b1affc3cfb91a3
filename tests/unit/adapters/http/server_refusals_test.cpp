#include <gmock/gmock.h>

#include "tests/unit/adapters/http/server_story.hpp"

namespace muster::http {
namespace {

using testing::HasSubstr;

struct BadRequest {
    const char* name;
    std::string bytes;
    int status;
};

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

class HttpServerRefusals : public ServerStory {};

class HttpServerRefuses : public ServerStory, public testing::WithParamInterface<BadRequest> {};

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

TEST_F(HttpServerRefusals, TellsWhichMethodsAreAllowed) {
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

TEST_F(HttpServerRefusals, AcceptsOneHundredFieldsAndEightKibibytes) {
    start();
    auto request = get("/hello", repeat("a: b\r\n", 98) + "Connection: close\r\n");
    EXPECT_EQ(status_of(request), 200);

    auto used = get("/hello", "Connection: close\r\nX: \r\n").size();
    auto padding = std::string(8 * 1024 - used, 'x');
    EXPECT_EQ(status_of(get("/hello", "Connection: close\r\nX: " + padding + "\r\n")), 200);
    EXPECT_EQ(status_of(get("/hello", "Connection: close\r\nX: " + padding + "x\r\n")), 431);
}

TEST_F(HttpServerRefusals, AcceptsTheHostWithoutCase) {
    options.hosts.push_back("Muster.Example");
    start();
    EXPECT_EQ(
        status_of("GET /hello HTTP/1.1\r\nHost: muster.example\r\nConnection: close\r\n\r\n"), 200
    );
    EXPECT_EQ(
        status_of("GET /hello HTTP/1.1\r\nHost: LocalHost:8080\r\nConnection: close\r\n\r\n"), 200
    );
}

TEST_F(HttpServerRefusals, RefusesAWrongContentTypeButNotItsParameters) {
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

}  // namespace
}  // namespace muster::http
