#include "tests/unit/adapters/http/tls_client_story.hpp"

namespace muster::http {
namespace {

using testing::StartsWith;

class TlsClientProxy : public TlsClientStory {
protected:
    TlsClientProxy() {
        options.allowed_private_hosts = {"gateway.test"};
        options.no_proxy = {"direct.test"};
    }

    void start_with(const ScriptedServer& proxy, const std::string& scheme = "http") {
        options.proxy = scheme + "://proxy.test:" + std::to_string(proxy.port);
        names["proxy.test"] = {"127.0.0.1"};
        start();
    }

    // Connects everybody to a server that answers.
    void connect(Conversation& conversation) {
        if (conversation.request().empty()) return;
        conversation.say("HTTP/1.0 200 Connection established\r\n\r\n");
        if (!conversation.shake_hands(manners)) return;
        while (!conversation.request().empty())
            conversation.say(an_answer("through"));
    }

    // Answers a CONNECT in its own words.
    ScriptedServer::Script say(std::string words) {
        return [words](Conversation& conversation) {
            conversation.request();
            conversation.say(words);
            conversation.wait_for_the_end();
        };
    }
};

TEST_F(TlsClientProxy, IsAskedForAConnectionAndSeesNothingElse) {
    std::string asked;
    ScriptedServer proxy{[&](Conversation& conversation) {
        asked = conversation.request();
        conversation.say("HTTP/1.1 200 OK\r\n\r\n");
        if (!conversation.shake_hands(manners)) return;
        conversation.request();
        conversation.say(an_answer("through"));
    }};
    start_with(proxy);
    EXPECT_EQ(body_of(a_post("https://slack.test/api")), "through");
    EXPECT_EQ(
        asked,
        "CONNECT slack.test:443 HTTP/1.1\r\nHost: slack.test:443\r\nUser-Agent: "
        "Muster/" MUSTER_VERSION "\r\n\r\n"
    );
    EXPECT_EQ(lookups, 1);  // of the proxy alone
}

TEST_F(TlsClientProxy, KeepsItsConnectionsApart) {
    ScriptedServer proxy{[this](Conversation& conversation) { connect(conversation); }};
    auto both = Identity{Claims{.alternative_names = "DNS:slack.test,DNS:other.test"}, &authority};
    manners.identity = &both;
    start_with(proxy);
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(body_of(a_post("https://slack.test/api")), "through");
        EXPECT_EQ(body_of(a_post("https://other.test/api")), "through");
    }
    EXPECT_EQ(proxy.connections(), 2);
}

TEST_F(TlsClientProxy, MayItselfSpeakTls) {
    Claims claims;
    claims.alternative_names = "DNS:proxy.test";
    Identity its_own{claims, &authority};
    auto script = [&](Conversation& conversation) {
        if (conversation.shake_hands({&its_own, nullptr, 0})) connect(conversation);
    };
    ScriptedServer proxy{script};
    start_with(proxy, "https");
    EXPECT_EQ(body_of(a_post("https://slack.test/api")), "through");
    EXPECT_EQ(body_of(a_post("https://slack.test/api")), "through");
    EXPECT_EQ(proxy.connections(), 1);
}

TEST_F(TlsClientProxy, MustProveWhoItIsWhenItSpeaksTls) {
    ScriptedServer proxy{[this](Conversation& conversation) {
        if (conversation.shake_hands(manners)) connect(conversation);
    }};
    start_with(proxy, "https");
    expect_not_sent(
        a_post("https://slack.test/api"), "proxy: wrong certificate: hostname mismatch"
    );
    EXPECT_EQ(proxy.heard(), "");
}

TEST_F(TlsClientProxy, IsNotBelievedToBeTheServer) {
    Claims claims;
    claims.alternative_names = "DNS:proxy.test";
    Identity its_own{claims, &authority};
    manners.identity = &its_own;
    ScriptedServer proxy{[this](Conversation& conversation) { connect(conversation); }};
    start_with(proxy);
    expect_not_sent(a_post("https://slack.test/api"), "wrong certificate: hostname mismatch");
    EXPECT_THAT(proxy.heard(), testing::Not(testing::HasSubstr("xoxb")));
}

TEST_F(TlsClientProxy, MayRefuse) {
    ScriptedServer proxy{say("HTTP/1.1 407 Who are you\r\nContent-Length: 3\r\n\r\nno\n")};
    start_with(proxy);
    expect_not_sent(a_post("https://slack.test/api"), "proxy: refuses with 407");
}

TEST_F(TlsClientProxy, MayAnswerNonsense) {
    ScriptedServer proxy{say("SSH-2.0-OpenSSH\r\n\r\n")};
    start_with(proxy);
    expect_not_sent(a_post("https://slack.test/api"), "proxy: the answer is unreadable");
}

TEST_F(TlsClientProxy, MaySpeakTooSoon) {
    ScriptedServer proxy{say("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")};
    start_with(proxy);
    expect_not_sent(a_post("https://slack.test/api"), "proxy: speaks before it is asked");
}

TEST_F(TlsClientProxy, MayHangUp) {
    ScriptedServer proxy{[](Conversation& conversation) { conversation.request(); }};
    start_with(proxy);
    expect_not_sent(a_post("https://slack.test/api"), "proxy: closed without an answer");
}

TEST_F(TlsClientProxy, MaySayNothing) {
    ScriptedServer proxy{say("")};
    options.deadline = 50ms;
    start_with(proxy);
    expect_not_sent(a_post("https://slack.test/api"), "proxy: no answer in time");
}

TEST_F(TlsClientProxy, IsNotAskedForWhatGoesDirectly) {
    ScriptedServer proxy{[this](Conversation& conversation) { connect(conversation); }};
    Claims claims;
    claims.alternative_names = "DNS:direct.test";
    Identity direct{claims, &authority};
    manners.identity = &direct;
    ScriptedServer server{answer(an_answer("straight"))};
    names["direct.test"] = {"127.0.0.1"};
    options.allowed_private_hosts = {"direct.test"};
    start_with(proxy);
    EXPECT_EQ(body_of(a_post(url(server, "direct.test"))), "straight");
    EXPECT_EQ(proxy.connections(), 0);
}

TEST_F(TlsClientProxy, IsNotAskedForThisMachine) {
    ScriptedServer proxy{[this](Conversation& conversation) { connect(conversation); }};
    ScriptedServer server{[](Conversation& conversation) {
        conversation.request();
        conversation.say(an_answer("here"));
    }};
    options.allowed_private_hosts = {"localhost"};
    start_with(proxy);
    EXPECT_EQ(body_of(a_post("http://localhost:" + std::to_string(server.port) + "/")), "here");
    EXPECT_EQ(proxy.connections(), 0);
}

TEST_F(TlsClientProxy, IsNotAskedForHostsThatAreNotPublic) {
    ScriptedServer proxy{[this](Conversation& conversation) { connect(conversation); }};
    start_with(proxy);
    for (auto* host : {"metadata.google.internal", "gateway", "169.254.169.254", "10.0.0.1"})
        expect_not_sent(a_post("https://" + std::string{host} + "/"), "may not be called");
    EXPECT_EQ(proxy.connections(), 0);
}

}  // namespace
}  // namespace muster::http
