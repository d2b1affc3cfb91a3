#include "adapters/http/target.hpp"

#include <gtest/gtest.h>

namespace muster::http {
namespace {

class OutboundTarget : public testing::Test {
protected:
    Errc refusal_of(std::string_view url) {
        auto target = target_of(url, rules);
        EXPECT_FALSE(target) << url;
        return target ? Errc{} : target.error();
    }

    bool is_proxied(std::string_view url) {
        auto target = target_of(url, rules);
        EXPECT_TRUE(target) << url;
        return target && target->is_proxied;
    }

    OutboundRules rules;
};

TEST_F(OutboundTarget, IsAHostAPortAndAPath) {
    auto target = target_of("https://Slack.com/api/chat.postMessage?a=b%2Fc&d", rules);
    ASSERT_TRUE(target);
    EXPECT_TRUE(target->is_tls);
    EXPECT_EQ(target->host, "slack.com");
    EXPECT_EQ(target->port, 443);
    EXPECT_EQ(target->path, "/api/chat.postMessage?a=b%2Fc&d");
    EXPECT_EQ(target->authority(), "slack.com");
    EXPECT_EQ(target->address(), "slack.com:443");
    EXPECT_EQ(target->key(), "https://slack.com:443");
}

TEST_F(OutboundTarget, AlwaysHasAPath) {
    EXPECT_EQ(target_of("https://slack.com", rules)->path, "/");
    EXPECT_EQ(target_of("https://slack.com?a=b", rules)->path, "/?a=b");
    EXPECT_EQ(target_of("https://slack.com:443/", rules)->path, "/");
}

TEST_F(OutboundTarget, CannotBeReadInTwoWays) {
    for (auto* url : {
             "",
             "slack.com",
             "//slack.com/",
             "https:/slack.com/",
             "https:///api",
             "HTTPS://slack.com/",
             "ftp://slack.com/",
             "file:///etc/passwd",
             "https://slack.com@127.0.0.1/",
             "https://smba.trafficmanager.net@evil/",
             "https://user:password@slack.com/",
             "https://slack.com\\@evil.example/",
             "https://slack.com\\.evil.example/",
             "https://slack.com/\\..",
             "https://slack.com%2f@evil.example/",
             "https://slack.com%2fevil.example/",
             "https://slack.com#@evil.example/",
             "https://slack.com/#fragment",
             "https://slack.com./",
             "https://.slack.com/",
             "https://slack..com/",
             "https://-slack.com/",
             "https://sl\xc3\xa4"
             "ck.com/",
             "https://slack_.com/",
             "https://slack.com:/",
             "https://slack.com:0/",
             "https://slack.com:65536/",
             "https://slack.com:+443/",
             "https://slack.com:443:443/",
             "https://slack.com /",
             "https://slack.com/a b",
             "https://slack.com/a\r\nHost: evil.example",
             "https://127.1/",
             "https://0x7f.1/",
             "https://2130706433/",
             "https://0177.0.0.1/",
             "https://127.0.0.1.1/",
             "https://[::1/",
             "https://[::1]443/",
             "https://[slack.com]/",
             "https://[127.0.0.1]/",
             "https://[fe80::1%25lo]/",
             "https://[fe80::1%lo]/",
         })
        EXPECT_EQ(refusal_of(url), Errc::bad_input) << url;
    EXPECT_EQ(refusal_of(std::string{"https://slack.com/\0", 19}), Errc::bad_input);
    EXPECT_EQ(refusal_of("https://" + std::string(254, 'a') + "/"), Errc::bad_input);
}

TEST_F(OutboundTarget, IsNeverPlainTextToTheWorld) {
    EXPECT_EQ(refusal_of("http://slack.com/"), Errc::not_allowed);
    rules.allowed_private_hosts = {"slack.com"};
    rules.allowed_ports = {80, 443};
    EXPECT_EQ(refusal_of("http://slack.com/"), Errc::not_allowed);
}

TEST_F(OutboundTarget, IsNoBareAddress) {
    rules.allowed_private_hosts = {"10.0.0.1"};
    for (auto* url : {
             "https://1.1.1.1/",
             "https://10.0.0.1/",
             "https://169.254.169.254/latest/meta-data",
             "https://[2606:4700::1111]/",
             "https://[::ffff:127.0.0.1]/",
         })
        EXPECT_EQ(refusal_of(url), Errc::not_allowed) << url;
}

TEST_F(OutboundTarget, HasAPortThatIsAllowed) {
    EXPECT_EQ(refusal_of("https://slack.com:8443/"), Errc::not_allowed);
    rules.allowed_ports = {443, 8443};
    EXPECT_EQ(target_of("https://slack.com:8443/", rules)->authority(), "slack.com:8443");
}

TEST_F(OutboundTarget, IsThisMachineOnlyWhenTheOperatorNamedIt) {
    for (auto* url : {"http://localhost:9000/", "https://127.0.0.1/", "http://[::1]:9000/"})
        EXPECT_EQ(refusal_of(url), Errc::not_allowed) << url;

    rules.allowed_private_hosts = {"localhost", "127.0.0.1:9000", "::1"};
    auto named = target_of("http://localhost:9000/", rules);
    ASSERT_TRUE(named);
    EXPECT_FALSE(named->is_tls);
    EXPECT_TRUE(named->may_be_private);
    EXPECT_TRUE(target_of("http://127.0.0.1:9000/", rules));
    EXPECT_EQ(refusal_of("http://127.0.0.1:9001/"), Errc::not_allowed);
    EXPECT_EQ(refusal_of("http://127.0.0.2:9000/"), Errc::not_allowed);
    EXPECT_EQ(target_of("http://[::1]:9000/", rules)->authority(), "[::1]:9000");
    EXPECT_EQ(target_of("http://[::1]/", rules)->key(), "http://[::1]:80");
}

TEST_F(OutboundTarget, MayBePrivateWhenTheOperatorNamedIt) {
    rules.allowed_private_hosts = {"gateway.corp", "[::1]:9000"};
    EXPECT_TRUE(target_of("https://gateway.corp:8443/", rules)->may_be_private);
    EXPECT_FALSE(target_of("https://slack.com/", rules)->may_be_private);
    EXPECT_EQ(refusal_of("https://evil.gateway.corp:8443/"), Errc::not_allowed);
    EXPECT_TRUE(target_of("http://[::1]:9000/", rules));
    EXPECT_EQ(refusal_of("http://[::1]:9001/"), Errc::not_allowed);
}

TEST_F(OutboundTarget, GoesThroughTheProxyUnlessToldOtherwise) {
    rules.proxy = *proxy_of("http://proxy.corp:3128");
    rules.no_proxy = {"example.org", ".corp"};
    rules.allowed_private_hosts = {"localhost", "gateway.corp"};
    EXPECT_TRUE(is_proxied("https://slack.com/"));
    EXPECT_TRUE(is_proxied("https://notexample.org/"));
    EXPECT_FALSE(is_proxied("https://example.org/"));
    EXPECT_FALSE(is_proxied("https://api.Example.org/"));
    EXPECT_FALSE(is_proxied("https://gateway.corp/"));
    EXPECT_FALSE(is_proxied("http://localhost:9000/"));

    rules.no_proxy = {"*"};
    EXPECT_FALSE(is_proxied("https://slack.com/"));
}

// There the address cannot be seen, so the name must do.
TEST_F(OutboundTarget, HasAPublicNameBehindAProxy) {
    EXPECT_TRUE(target_of("https://wiki.internal/", rules));
    rules.proxy = *proxy_of("http://proxy.corp:3128");
    EXPECT_EQ(refusal_of("https://metadata.google.internal/"), Errc::not_allowed);
    EXPECT_EQ(refusal_of("https://gateway/"), Errc::not_allowed);
    rules.allowed_private_hosts = {"wiki.internal"};
    EXPECT_TRUE(is_proxied("https://wiki.internal/"));
}

TEST(OutboundProxy, IsASchemeAHostAndAPort) {
    auto proxy = proxy_of("http://10.0.0.5:3128/");
    ASSERT_TRUE(proxy);
    EXPECT_FALSE(proxy->is_tls);
    EXPECT_EQ(proxy->host, "10.0.0.5");
    EXPECT_EQ(proxy->port, 3128);
    EXPECT_EQ(proxy_of("https://proxy.corp")->port, 443);
    EXPECT_TRUE(proxy_of("https://proxy.corp")->is_tls);
    EXPECT_EQ(proxy_of("http://proxy.corp")->port, 80);
    for (auto* url : {"", "proxy.corp:3128", "socks5://proxy.corp", "http://proxy.corp/path"})
        EXPECT_FALSE(proxy_of(url)) << url;
}

}  // namespace
}  // namespace muster::http
