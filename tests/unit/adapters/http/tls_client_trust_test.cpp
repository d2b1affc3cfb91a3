#include "tests/unit/adapters/http/tls_client_story.hpp"

namespace muster::http {
namespace {

using testing::Each;
using testing::HasSubstr;

// Whom the client believes (spec/security.md E8), and whom it calls at all (E1, E4).
class TlsClientTrust : public TlsClientStory {
protected:
    // Tries, and looks whether any byte of the request came through.
    void expect_no_trust_in(const TlsManners& bad, const std::string& reason) {
        auto script = [bad](Conversation& conversation) {
            conversation.shake_hands(bad);
            conversation.request();
        };
        ScriptedServer server{script};
        if (!client) start();
        expect_not_sent(a_post(url(server)), reason);
        EXPECT_EQ(server.connections(), 1);
        EXPECT_EQ(server.heard(), "");
    }

    void expect_no_trust_in(const Identity& bad, const std::string& reason) {
        expect_no_trust_in(TlsManners{&bad, nullptr, 0}, reason);
    }

    // A server of which nobody may hear that it was called.
    void expect_no_connection(ScriptedServer& server, const std::string& to) {
        expect_not_sent(a_post(to), "");
        EXPECT_EQ(server.connections(), 0) << to;
    }
};

TEST_F(TlsClientTrust, EndsAtAnUnknownAuthority) {
    Identity stranger{authority_named("A stranger")};
    expect_no_trust_in(
        Identity{Claims{}, &stranger}, "wrong certificate: unable to get local issuer"
    );
}

TEST_F(TlsClientTrust, EndsAtAnAuthorityThatOnlyHasTheRightName) {
    Identity impostor{authority_named("An authority")};
    expect_no_trust_in(Identity{Claims{}, &impostor}, "wrong certificate");
}

TEST_F(TlsClientTrust, EndsWithTheCertificate) {
    Claims old;
    old.to = "20200102000000Z";
    expect_no_trust_in(Identity{old, &authority}, "wrong certificate: certificate has expired");
    Claims early;
    early.from = "21190101000000Z";
    expect_no_trust_in(
        Identity{early, &authority}, "wrong certificate: certificate is not yet valid"
    );
}

TEST_F(TlsClientTrust, EndsWithTheWrongHost) {
    for (auto* wrong : {
             "DNS:other.test",
             "DNS:slack.test.evil.test",
             "DNS:*.slack.test",
             "DNS:*.test.slack",
             "DNS:*",
             "IP:127.0.0.1",
         }) {
        Claims other;
        other.alternative_names = wrong;
        expect_no_trust_in(Identity{other, &authority}, "wrong certificate: hostname mismatch");
    }
}

TEST_F(TlsClientTrust, EndsWithTheNameOfAnAddress) {
    options.allowed_private_hosts = {"127.0.0.1"};
    ScriptedServer server{answer(an_answer("hi"))};
    start();
    expect_not_sent(a_post(url(server, "127.0.0.1")), "wrong certificate: hostname mismatch");
    Claims by_address;
    by_address.alternative_names = "IP:127.0.0.1";
    Identity right{by_address, &authority};
    manners.identity = &right;
    EXPECT_EQ(body_of(a_post(url(server, "127.0.0.1"))), "hi");
}

TEST_F(TlsClientTrust, EndsWhereAServerVouchesForItself) {
    expect_no_trust_in(Identity{Claims{}}, "wrong certificate: self-signed certificate");
}

TEST_F(TlsClientTrust, EndsWithOldProtocols) {
    for (auto version : {TLS1_VERSION, TLS1_1_VERSION})
        expect_no_trust_in(TlsManners{&identity, nullptr, version}, "no TLS");
}

TEST_F(TlsClientTrust, GoesWithTls12) {
    manners.version_to = TLS1_2_VERSION;
    ScriptedServer server{answer(an_answer("hi"))};
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(TlsClientTrust, EndsWithSha1InTheChain) {
    Claims weak;
    weak.digest = EVP_sha1();
    expect_no_trust_in(
        Identity{weak, &authority}, "wrong certificate: CA signature digest algorithm too weak"
    );

    auto claims = authority_named("A weak link");
    claims.digest = EVP_sha1();
    Identity between{claims, &authority};
    Identity below{Claims{}, &between};
    expect_no_trust_in(
        TlsManners{&below, &between, 0}, "wrong certificate: CA signature digest algorithm too weak"
    );
}

TEST_F(TlsClientTrust, GoesThroughAStrongLink) {
    Identity between{authority_named("A link"), &authority};
    Identity below{Claims{}, &between};
    manners = {&below, &between, 0};
    ScriptedServer server{answer(an_answer("hi"))};
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
}

TEST_F(TlsClientTrust, EndsWhereACertificateOfAServerVouchesForOthers) {
    Identity between{Claims{.common_name = "A server"}, &authority};
    Identity below{Claims{}, &between};
    expect_no_trust_in(
        TlsManners{&below, &between, 0}, "wrong certificate: invalid CA certificate"
    );
}

TEST_F(TlsClientTrust, EndsWithANameThatHidesItsEnd) {
    Claims hiding;
    hiding.common_name = std::string{"slack.test\0.evil.test", 21};
    hiding.alternative_names = "";
    expect_no_trust_in(Identity{hiding, &authority}, "wrong certificate: hostname mismatch");
}

TEST_F(TlsClientTrust, ComesFromTheSystemWhenNoFileIsNamed) {
    options.ca_file = "";
    expect_no_trust_in(identity, "wrong certificate");
}

TEST_F(TlsClientTrust, LeavesOutAddressesThatAreNotPublic) {
    ScriptedServer server{answer(an_answer("hi"))};
    options.allowed_private_hosts = {};
    options.allowed_ports = {443, server.port};
    names["mixed.test"] = {"127.0.0.1", "::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"};
    start();
    expect_not_sent(a_post(url(server)), "private addresses only");
    expect_not_sent(a_post(url(server, "mixed.test")), "private addresses only");
    EXPECT_EQ(server.connections(), 0);
    EXPECT_EQ(lookups, 2);
}

TEST_F(TlsClientTrust, LeavesOutMetadataServicesWhoeverNamedThem) {
    options.allowed_private_hosts = {"gateway.test"};
    options.connect_time = 1ms;
    names["gateway.test"] = {"169.254.169.254", "fd00:ec2::254", "168.63.129.16", "0.0.0.0"};
    start();
    HttpCall call;
    call.url = "https://gateway.test/";
    expect_not_sent(call, "private addresses only");
}

TEST_F(TlsClientTrust, CallsNobodyByAnUrlThatMayNotBeCalled) {
    ScriptedServer server{answer(an_answer("hi"))};
    auto port = std::to_string(server.port);
    options.allowed_private_hosts = {};
    start();
    expect_no_connection(server, "https://slack.test:" + port + "/");
    expect_no_connection(server, "http://slack.test:" + port + "/");
    expect_no_connection(server, "https://127.0.0.1:" + port + "/");
    expect_no_connection(server, "http://localhost:" + port + "/");
    expect_no_connection(server, "https://slack.test@127.0.0.1:" + port + "/");
    expect_no_connection(server, "https://2130706433:" + port + "/");
    expect_no_connection(server, "https://slack.test.:" + port + "/");
    expect_no_connection(server, "https://slack.test\\@127.0.0.1:" + port + "/");
    expect_no_connection(server, "https://[::ffff:127.0.0.1]:" + port + "/");
    EXPECT_EQ(lookups, 0);
}

// One lookup decides for the whole call: a name that then means somebody else changes nothing.
TEST_F(TlsClientTrust, IsNotFooledByANameThatChanges) {
    ScriptedServer server{answer(an_answer("hi"))};
    options.allowed_private_hosts = {};
    options.allowed_ports = {server.port};
    options.connect_time = 1ms;
    options.deadline = 20ms;
    options.look_up = [this](const std::string&) -> Addresses {
        return ++lookups == 1 ? Addresses{"10.0.0.1"} : Addresses{"127.0.0.1"};
    };
    start();
    for (int round = 0; round < 3; ++round)
        expect_not_sent(a_post(url(server)), "private addresses only");
    EXPECT_EQ(server.connections(), 0);
}

}  // namespace
}  // namespace muster::http
