#include "adapters/http/request_text.hpp"

#include <gtest/gtest.h>

namespace muster::http {
namespace {

class RequestText : public testing::Test {
protected:
    Target target = *target_of("https://slack.com/api/auth.test", OutboundRules{});
    HttpCall call;
};

TEST_F(RequestText, HoldsTheCallersHeadersBetweenOurOwn) {
    call.headers = {{"Authorization", "Bearer xoxb-1"}, {"Content-Type", "application/json"}};
    call.body = "{}";
    EXPECT_EQ(
        *request_text(call, target),
        "POST /api/auth.test HTTP/1.1\r\n"
        "Host: slack.com\r\n"
        "User-Agent: Muster/" MUSTER_VERSION
        "\r\n"
        "Connection: keep-alive\r\n"
        "Authorization: Bearer xoxb-1\r\n"
        "Content-Type: application/json\r\n"
        "Content-Length: 2\r\n"
        "\r\n"
        "{}"
    );
}

TEST_F(RequestText, SaysThatAPostIsEmptyAndThatAGetHasNoBody) {
    EXPECT_TRUE(request_text(call, target)->ends_with("\r\nContent-Length: 0\r\n\r\n"));
    call.method = "GET";
    EXPECT_TRUE(request_text(call, target)->ends_with("\r\nConnection: keep-alive\r\n\r\n"));
}

TEST_F(RequestText, TakesNoHeaderThatBreaksALine) {
    using Header = std::pair<std::string, std::string>;
    for (const auto& header : {
             Header{"X", "a\r\nHost: evil.example"},
             Header{"X", "a\nb"},
             Header{"X", "a\rb"},
             Header{"X", std::string{"a\0b", 3}},
             Header{"X", "\xc3\xa4"},
             Header{"X: a\r\nY", "b"},
             Header{"X Y", "b"},
             Header{"", "b"},
         }) {
        call.headers = {header};
        EXPECT_EQ(request_text(call, target).error(), Errc::bad_input) << header.first;
    }
}

TEST_F(RequestText, TakesNoHeaderThatSpeaksForUs) {
    for (auto* name : {
             "host",
             "Connection",
             "CONTENT-LENGTH",
             "Transfer-Encoding",
             "User-Agent",
             "Accept-Encoding",
             "Expect",
             "Upgrade",
             "TE",
             "Trailer",
         }) {
        call.headers = {{name, "x"}};
        EXPECT_EQ(request_text(call, target).error(), Errc::bad_input) << name;
    }
}

TEST_F(RequestText, TakesNoMethodThatBreaksALine) {
    for (auto* method : {"", "get", "GET / HTTP/1.1\r\n", "CONNECT"}) {
        call.method = method;
        EXPECT_EQ(request_text(call, target).error(), Errc::bad_input) << method;
    }
}

TEST_F(RequestText, AsksAProxyForAConnection) {
    EXPECT_EQ(
        connect_text(target),
        "CONNECT slack.com:443 HTTP/1.1\r\nHost: slack.com:443\r\nUser-Agent: "
        "Muster/" MUSTER_VERSION "\r\n\r\n"
    );
}

}  // namespace
}  // namespace muster::http
