#include "bot/domain/blocker.hpp"

#include <gtest/gtest.h>

using namespace muster;

namespace {

constexpr Instant now =
    std::chrono::sys_days{LocalDate{std::chrono::year{2026} / 11 / 24}} + 9h + 42min;

}  // namespace

// Regression 6: "No blockers" opened a blocker.
TEST(BlockerText, NothingIsRaisedByTheManyWaysToSayNone) {
    for (const auto* answer :
         {"",
          " ",
          "-",
          "--",
          "–",
          "—",
          ".",
          "no",
          "No.",
          "NO",
          "nope",
          "none",
          "None.",
          "none!",
          "no blockers",
          "No blockers",
          "No blockers today",
          "no blockers at the moment",
          "nothing",
          "Nothing new",
          "nothing to report",
          "n/a",
          "N/A",
          "na",
          "nil",
          "not blocked",
          "no new blockers",
          "All good, thanks",
          "none, all good",
          "None - thanks",
          "No, nothing",
          "not really",
          "I'm not blocked",
          "I\u2019m not blocked",
          "None so far today",
          "No issues",
          "\"none\"",
          "(none)",
          "*none*",
          "none\nthanks",
          "0",
          "unblocked"})
        EXPECT_TRUE(means_nothing(answer)) << answer;
}

TEST(BlockerText, NothingIsRaisedInWelshEither) {
    for (const auto* answer :
         {"dim",
          "Dim byd",
          "dim byd heddiw",
          "Dim rhwystrau",
          "nac oes",
          "Nac oes, diolch",
          "dim problemau ar hyn o bryd",
          "does dim byd",
          "na",
          "Nag oes.",
          "popeth yn iawn"})
        EXPECT_TRUE(means_nothing(answer)) << answer;
}

TEST(BlockerText, WhatNamesAProblemIsRaised) {
    for (const auto* answer :
         {"no access to staging",
          "none of the test accounts work",
          "nothing deploys since Monday",
          "No, waiting for Platform",
          "not blocked but slow: the build takes an hour",
          "no reply from legal",
          "dim mynediad i'r system",
          "dim ateb gan y tîm platfform",
          "now the build fails",
          "nobody reviews",
          "n/a for the form, but staging is down",
          "0 test data",
          "null pointer in staging",
          "ни о чем"})
        EXPECT_FALSE(means_nothing(answer)) << answer;
}

TEST(BlockerText, TheSameWordsAreTheSameWhateverTheCaseOrPunctuation) {
    EXPECT_TRUE(same_words("No test data", "no  test data."));
    EXPECT_TRUE(same_words("Stand-up room!", "stand up room"));
    EXPECT_TRUE(same_words("Ana's access", "Ana\u2019s access"));
    EXPECT_TRUE(same_words("DIM D\u0174R", "dim d\u0175r"));
    EXPECT_FALSE(same_words("No test data", "No test date"));
    EXPECT_FALSE(same_words("Blocker 12", "Blocker 13"));
}

TEST(BlockerText, TitlesAboutOneThingAreAlike) {
    const auto link = 0.6;
    EXPECT_EQ(similarity("No test data", "no test data"), 1.0);
    EXPECT_GE(
        similarity("no access to the staging database", "still no staging database access"), link
    );
    EXPECT_GE(similarity("waiting for test data", "No test data"), link);
    EXPECT_GE(similarity("certificate for sign-in expired", "Sign-in certificate expired"), link);
    EXPECT_GE(similarity("stagging database down", "staging database is down"), link);
}

TEST(BlockerText, TitlesAboutOtherThingsAreNot) {
    const auto link = 0.6;
    EXPECT_LT(
        similarity("no access to the staging database", "no access to the payroll system"), link
    );
    EXPECT_LT(similarity("waiting for legal", "waiting for test data"), link);
    EXPECT_LT(similarity("ticket 1234 failed", "ticket 1235 failed to deploy"), 1.0);
    EXPECT_EQ(similarity("test data", "certificate"), 0.0);
    EXPECT_EQ(similarity("", ""), 0.0);
}

TEST(BlockerText, LikenessIsBetweenNothingAndOneAndTheSameBothWays) {
    const std::vector<std::string> titles{
        "no test data",
        "test data test data",
        "data",
        "the",
        "",
        "Staging is down",
        "staging down again",
        "certificate",
        "certificates",
        "a b c d",
        "\xff\xfe broken bytes"};
    for (const auto& a : titles)
        for (const auto& b : titles) {
            EXPECT_GE(similarity(a, b), 0.0) << a << " | " << b;
            EXPECT_LE(similarity(a, b), 1.0) << a << " | " << b;
            EXPECT_DOUBLE_EQ(similarity(a, b), similarity(b, a)) << a << " | " << b;
        }
}

TEST(BlockerText, SomePlansSoundLikeABlocker) {
    for (const auto* line :
         {"Waiting for Platform to open the port",
          "still waiting on legal",
          "Stuck on the refund form",
          "I can't reach staging",
          "I can\u2019t reach staging",
          "blocked by the release",
          "no access to the vault",
          "Tests, but unable to log in",
          "Rwy'n aros am ddata",
          "Yn sownd ar y ffurflen"})
        EXPECT_TRUE(sounds_like_a_blocker(line)) << line;
}

TEST(BlockerText, PlansThatOnlyMentionOneDoNot) {
    for (const auto* line :
         {"Finish the refund form",
          "Unblock the deploy",
          "No longer stuck: finish the form",
          "not blocked, testing refunds",
          "stick to the plan",
          "Unstuck the queue",
          "",
          "stuckness"})
        EXPECT_FALSE(sounds_like_a_blocker(line)) << line;
}

TEST(BlockerText, EndlessTextIsRead) {
    const std::string endless(200'000, 'a');
    std::string many;
    for (int word = 0; word < 50'000; ++word)
        many += "stop ";
    EXPECT_FALSE(means_nothing(endless));
    EXPECT_FALSE(means_nothing(many));
    EXPECT_GT(similarity(many, many), 0.9);
    EXPECT_FALSE(sounds_like_a_blocker(many));
}

TEST(Blocker, IsHeldBackBeforeItIsShown) {
    Blocker blocker;
    EXPECT_TRUE(is_public(blocker, now));
    blocker.held_until = now + 10min;
    EXPECT_FALSE(is_public(blocker, now));
    EXPECT_TRUE(is_public(blocker, now + 10min));
    blocker.only_delivery_manager = true;
    EXPECT_FALSE(is_public(blocker, now + 24h));
}

TEST(Blocker, IsNeverShownWhenItEndedWhileItWasHeldBack) {
    Blocker blocker;
    blocker.held_until = now + 10min;
    blocker.state = BlockerState::merged;
    EXPECT_FALSE(is_public(blocker, now + 24h));
    blocker.held_until.reset();
    EXPECT_TRUE(is_public(blocker, now));
    blocker.state = BlockerState::withdrawn;
    EXPECT_FALSE(is_public(blocker, now));
}
