#include "adapters/system/redaction.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(Redaction, LeavesPlainWordsAsTheyAre) {
    for (const auto* words :
         {"",
          "could not connect",
          "delivery 42 after 3 attempts: channel_not_found",
          "/var/lib/muster/backups/muster-20261124T093000Z.db",
          "xox",
          "the bearer",
          "a basic mistake",
          "eyJ without dots",
          "Europe/London",
          "SQLite: disk I/O error (10)"})
        EXPECT_EQ(redacted(words), words);
}

TEST(Redaction, HidesTokensWhereverTheyStand) {
    EXPECT_EQ(redacted("xoxb-12-34-AbC"), "xoxb-[redacted]");
    EXPECT_EQ(redacted("token=xoxp-1.2 refused"), "token=xoxp-[redacted] refused");
    EXPECT_EQ(redacted("xoxe.xoxb-1"), "xoxe.xoxb-[redacted]");
    EXPECT_EQ(redacted("{\"t\":\"xapp-1-A0\"}"), "{\"t\":\"xapp-[redacted]\"}");
    EXPECT_EQ(redacted("XOXB-12"), "XOXB-[redacted]");
}

TEST(Redaction, HidesCredentials) {
    EXPECT_EQ(redacted("Authorization: Bearer abc.def-1"), "Authorization: Bearer [redacted]");
    EXPECT_EQ(redacted("bearer  x"), "bearer  [redacted]");
    EXPECT_EQ(
        redacted("Proxy-Authorization: Basic dXNlcjpw"), "Proxy-Authorization: Basic [redacted]"
    );
}

TEST(Redaction, HidesSignedTokens) {
    EXPECT_EQ(redacted("bad token eyJhbGciOi.eyJpc3Mi.c2ln, kept"), "bad token [redacted], kept");
    EXPECT_EQ(redacted("eyJhbGciOi.eyJpc3Mi."), "[redacted]");
}

TEST(Redaction, KeepsOfAWebAddressTheHostOnly) {
    EXPECT_EQ(
        redacted("POST https://hooks.slack.com/actions/T1/2/abc failed"),
        "POST https://hooks.slack.com/[redacted] failed"
    );
    EXPECT_EQ(redacted("https://slack.com/"), "https://slack.com/");
    EXPECT_EQ(redacted("(https://slack.com)"), "(https://slack.com)");
    EXPECT_EQ(redacted("http://127.0.0.1:8080/?code=1"), "http://127.0.0.1:8080/[redacted]");
    EXPECT_EQ(redacted("https://host?code=1"), "https://host?[redacted]");
    EXPECT_EQ(redacted("http://user:pass@proxy.example:3128/"), "http://[redacted]");
}

TEST(Redaction, HidesThePathOfAReplyWithoutItsHost) {
    EXPECT_EQ(redacted("404 at /commands/T1/2/abc"), "404 at /commands/[redacted]");
}

}  // namespace
}  // namespace muster
