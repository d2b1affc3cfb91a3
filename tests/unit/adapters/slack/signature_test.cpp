#include "adapters/slack/signature.hpp"

#include <gtest/gtest.h>

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

const SigningSecret secret{"8f742231b10e8888abcd99yyyzzz85a5"};
const std::string stamp = "1531420618";
const Instant stamped = Instant{1'531'420'618s};

// Slack's public example: docs.slack.dev/authentication/verifying-requests-from-slack.
const std::string body =
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibI"
    "GlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
const std::string signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

Verdict verdict_on(
    std::optional<std::string_view> its_stamp, std::optional<std::string_view> its_signature
) {
    return verify(std::vector{secret}, SignedRequest{its_stamp, its_signature, body}, stamped);
}

bool is_slacks(std::string_view its_stamp, std::string_view its_signature, std::string_view bytes) {
    auto request = SignedRequest{its_stamp, its_signature, bytes};
    return verify(std::vector{secret}, request, stamped) == Verdict::good;
}

// Signed as Slack would sign it, so that only the stamp can be the reason to refuse it.
bool is_taken_with_stamp(std::string_view other, Instant now = stamped) {
    auto signed_so = sign(secret, other, body);
    auto request = SignedRequest{other, signed_so, body};
    return verify(std::vector{secret}, request, now) == Verdict::good;
}

bool is_taken_with(const std::vector<SigningSecret>& secrets, Instant now = stamped) {
    return verify(secrets, SignedRequest{stamp, signature, body}, now) == Verdict::good;
}

TEST(SlackSignature, IsTheOneOfThePublicExample) {
    EXPECT_EQ(sign(secret, stamp, body), signature);
    EXPECT_TRUE(is_slacks(stamp, signature, body));
}

TEST(SlackSignature, CoversTheBytesAsTheyCameWhateverTheyAre) {
    for (std::string bytes :
         {std::string{},
          std::string{"na\xC3\xAFve \xF0\x9F\x8C\xB4"},
          std::string{"\0\xFF\r\n", 4},
          std::string(1'048'576, 'x')})
        EXPECT_TRUE(is_slacks(stamp, sign(secret, stamp, bytes), bytes)) << bytes.size();
}

TEST(SlackSecrets, CountForFiveMinutesMoreWhenAnotherHasTakenTheirPlace) {
    auto both = renewed({secret}, "new", stamped);

    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both.front().value, "new");
    EXPECT_FALSE(both.front().until);
    EXPECT_TRUE(is_taken_with(both, stamped + 4min + 59s));
    EXPECT_FALSE(is_taken_with(both, stamped + 5min));
}

TEST(SlackSecrets, CountNoLongerThanBeforeAndAreNotKeptForEver) {
    auto ends = std::vector{SigningSecret{secret.value, stamped + 1min}};

    EXPECT_FALSE(is_taken_with(renewed(ends, "new", stamped), stamped + 1min));
    EXPECT_EQ(renewed(ends, "new", stamped + 1min).size(), 1U);
    auto back_again = renewed(renewed({secret}, "new", stamped), secret.value, stamped + 1min);
    EXPECT_TRUE(is_taken_with(back_again, stamped + 5min - 1ms));
    EXPECT_EQ(back_again.size(), 2U);
}

TEST(SlackSignature, IsMissedWhenAHeaderIsNotThereOnce) {
    EXPECT_EQ(verdict_on({}, signature), Verdict::missing);
    EXPECT_EQ(verdict_on(stamp, {}), Verdict::missing);
    EXPECT_EQ(verdict_on("", signature), Verdict::missing);
    EXPECT_EQ(verdict_on(stamp, ""), Verdict::missing);
}

TEST(SlackSignature, IsStaleOnlyWhenItWasOnceGood) {
    auto request = SignedRequest{stamp, signature, body};
    auto zeros = "v0=" + std::string(64, '0');
    auto forged = SignedRequest{stamp, zeros, body};
    for (auto now : {stamped - 301s, stamped + 301s}) {
        EXPECT_EQ(verify(std::vector{secret}, request, now), Verdict::stale);
        EXPECT_EQ(verify(std::vector{secret}, forged, now), Verdict::wrong);
    }
    EXPECT_EQ(verdict_on("a" + stamp, sign(secret, "a" + stamp, body)), Verdict::wrong);
}

TEST(SlackSignature, IsTakenForFiveMinutesBeforeAndAfter) {
    EXPECT_TRUE(is_taken_with_stamp(stamp, stamped + 299s));
    EXPECT_TRUE(is_taken_with_stamp(stamp, stamped - 299s));
    EXPECT_TRUE(is_taken_with_stamp(stamp, stamped + 300s));
    EXPECT_TRUE(is_taken_with_stamp(stamp, stamped - 300s));
    EXPECT_FALSE(is_taken_with_stamp(stamp, stamped + 301s));
    EXPECT_FALSE(is_taken_with_stamp(stamp, stamped - 301s));
}

TEST(SlackSignature, NeedsItsVersionAndSmallHexOfTheRightLength) {
    auto hex = signature.substr(3);
    auto in_capitals = signature;
    for (auto& letter : in_capitals)
        if (letter >= 'a' && letter <= 'f') letter = static_cast<char>(letter - 'a' + 'A');

    for (std::string other :
         {hex,
          "v1=" + hex,
          "V0=" + hex,
          in_capitals,
          signature.substr(0, signature.size() - 1),
          signature.substr(0, signature.size() - 2),
          signature + "0",
          signature + "00",
          " " + signature,
          signature + " ",
          signature + "," + signature,
          std::string{"v0="},
          std::string{"v0"}})
        EXPECT_FALSE(is_slacks(stamp, other, body)) << other;
}

TEST(SlackSignature, NeedsAStampOfDigitsAlone) {
    EXPECT_TRUE(is_taken_with_stamp("1531420618"));
    for (std::string other :
         {"abc",
          "1531420618.5",
          "+1531420618",
          "-1531420618",
          " 1531420618",
          "1531420618 ",
          "01531420618",
          "0x5b479c4a",
          "1531420618s",
          "1,531,420,618",
          "15314206180000",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999999999",
          "0"})
        EXPECT_FALSE(is_taken_with_stamp(other)) << other;
}

TEST(SlackSignature, IsOfNobodyElsesSecretAndOfNoOtherBody) {
    EXPECT_FALSE(is_taken_with({{"8f742231b10e8888abcd99yyyzzz85a6"}}));
    EXPECT_FALSE(is_slacks(stamp, signature, body + "&text=x"));
    EXPECT_FALSE(is_slacks(stamp, signature, body + "&ssl_check=1"));
    EXPECT_FALSE(is_slacks("1531420619", signature, body));
}

// One for each bit, with that bit the other way round.
std::vector<std::string> flipped(const std::string& whole) {
    std::vector<std::string> all(whole.size() * 8, whole);
    for (std::size_t bit = 0; bit < all.size(); ++bit) {
        auto& letter = all[bit][bit / 8];
        letter = static_cast<char>(letter ^ (1 << bit % 8));
    }
    return all;
}

TEST(SlackSignature, BreaksWithEveryBit) {
    for (const auto& other : flipped(stamp))
        EXPECT_FALSE(is_slacks(other, signature, body)) << other;
    for (const auto& other : flipped(signature))
        EXPECT_FALSE(is_slacks(stamp, other, body)) << other;
    for (const auto& other : flipped(body))
        EXPECT_FALSE(is_slacks(stamp, signature, other)) << other;
}

TEST(SlackSignature, MayBeOfTheOldSecretUntilTheMinuteItIsGivenUp) {
    auto until = stamped + 60s;
    auto old = SigningSecret{secret.value, until};
    auto newer = SigningSecret{"a new secret"};

    EXPECT_TRUE(is_taken_with({newer, old}, until - 1ms));
    EXPECT_TRUE(is_taken_with({old, newer}, until - 1ms));
    EXPECT_FALSE(is_taken_with({newer, old}, until));
    EXPECT_TRUE(is_taken_with({newer, secret}, until));
}

TEST(SlackSignature, IsNobodysWithoutASecret) {
    auto of_nobody = sign({""}, stamp, body);

    EXPECT_FALSE(is_taken_with({}));
    EXPECT_EQ(
        verify(std::vector{SigningSecret{""}}, SignedRequest{stamp, of_nobody, body}, stamped),
        Verdict::wrong
    );
}

}  // namespace
}  // namespace muster::slack
