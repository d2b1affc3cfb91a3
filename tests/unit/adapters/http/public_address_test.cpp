#include "adapters/http/public_address.hpp"

#include <gtest/gtest.h>

namespace muster::http {
namespace {

TEST(PublicAddress, IsOneThatTheWholeWorldReaches) {
    for (auto* address : {
             "1.1.1.1",
             "9.255.255.255",
             "11.0.0.0",
             "100.63.255.255",
             "100.128.0.0",
             "172.15.255.255",
             "172.32.0.0",
             "192.167.255.255",
             "223.255.255.255",
             "2001:200::1",
             "2606:4700:4700::1111",
             "2a00:1450:4001:81b::200e",
         })
        EXPECT_TRUE(is_public_address(address)) << address;
}

TEST(PublicAddress, IsNeitherOursNorOurNetworksNorACloudsMetadata) {
    for (auto* address : {
             "0.0.0.0",
             "0.1.2.3",
             "10.0.0.1",
             "10.255.255.255",
             "100.64.0.1",
             "100.100.100.200",
             "127.0.0.1",
             "127.255.255.255",
             "168.63.129.16",
             "169.254.169.254",
             "172.16.0.1",
             "172.31.255.255",
             "192.0.0.192",
             "192.0.2.1",
             "192.168.1.1",
             "198.18.0.1",
             "198.19.255.255",
             "198.51.100.7",
             "203.0.113.7",
             "224.0.0.1",
             "240.0.0.1",
             "255.255.255.255",
             "::",
             "::1",
             "::2",
             "100::1",
             "2001::1",
             "2001:db8::1",
             "2002:7f00:1::",
             "3fff::1",
             "64:ff9b:1::1",
             "fc00::1",
             "fd00:ec2::254",
             "fe80::1",
             "fe80::1%1",
             "fec0::1",
             "ff02::1",
         })
        EXPECT_FALSE(is_public_address(address)) << address;
}

TEST(PublicAddress, OrNotIsNeverThatOfMetadata) {
    for (auto* address : {
             "0.0.0.0",
             "100.100.100.200",
             "168.63.129.16",
             "169.254.169.254",
             "169.254.170.2",
             "192.0.0.192",
             "224.0.0.1",
             "255.255.255.255",
             "::",
             "::ffff:169.254.169.254",
             "64:ff9b::a9fe:a9fe",
             "fd00:ec2::254",
             "fe80::1",
             "fe80::1%lo",
             "ff02::1",
             "no address",
         })
        EXPECT_TRUE(is_nobodys_address(address)) << address;
    for (auto* address : {"10.0.0.1", "127.0.0.1", "192.168.1.1", "::1", "fd00::1", "1.1.1.1"})
        EXPECT_FALSE(is_nobodys_address(address)) << address;
}

TEST(Networks, HoldTheirAddressesAlone) {
    const std::vector<std::string> networks{"127.0.0.1", "10.1.2.3/8", "fd00::/8", "2001:db8::7"};
    for (auto* inside :
         {"127.0.0.1", "10.0.0.0", "10.255.255.255", "::ffff:10.1.1.1", "fd12::1", "2001:db8::7"})
        EXPECT_TRUE(is_within(inside, networks)) << inside;
    for (auto* outside : {"127.0.0.2", "11.0.0.0", "fe00::1", "2001:db8::8", "::ffff:11.0.0.1", ""})
        EXPECT_FALSE(is_within(outside, networks)) << outside;
    EXPECT_FALSE(is_within("10.0.0.1", {"everybody", "10.0.0.0/99", ""}));
}

TEST(PublicAddress, LooksAtTheAddressInsideTheAddress) {
    EXPECT_TRUE(is_public_address("::ffff:1.1.1.1"));
    EXPECT_FALSE(is_public_address("::ffff:127.0.0.1"));
    EXPECT_FALSE(is_public_address("::ffff:169.254.169.254"));
    EXPECT_TRUE(is_public_address("64:ff9b::1.1.1.1"));
    EXPECT_FALSE(is_public_address("64:ff9b::10.0.0.1"));
}

TEST(PublicAddress, IsAnAddress) {
    for (auto* text : {"", "slack.com", "1.1.1", "1.1.1.1.1", "0x1.1.1.1", "1.1.1.1:443"})
        EXPECT_FALSE(is_public_address(text)) << text;
}

TEST(PublicName, MeansTheSameEverywhere) {
    EXPECT_TRUE(is_public_name("slack.com"));
    EXPECT_TRUE(is_public_name("local.example.org"));
    for (auto* name : {
             "localhost",
             "gateway",
             "printer.local",
             "metadata.google.internal",
             "a.localhost",
             "nas.home.arpa",
             "wiki.corp",
             "1.1.1.1",
         })
        EXPECT_FALSE(is_public_name(name)) << name;
}

TEST(LoopbackHost, IsThisMachine) {
    for (auto* host : {"localhost", "127.0.0.1", "127.8.9.10", "::1"})
        EXPECT_TRUE(is_loopback_host(host)) << host;
    for (auto* host : {"localhost.example.org", "128.0.0.1", "::2", "127.0.0.1.example.org", ""})
        EXPECT_FALSE(is_loopback_host(host)) << host;
}

}  // namespace
}  // namespace muster::http
