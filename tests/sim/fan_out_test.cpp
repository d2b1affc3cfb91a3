#include "tests/sim/fan_out.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// Many people are asked at one minute. Smaller than muster_fan_out, which tells the figures of
// 10,000: what is promised holds for any number.

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using Trouble = FanOutOptions::Trouble;

void expect_everybody_is_asked_once(const FanOutReport::OfWorkspace& office) {
    EXPECT_EQ(office.missing, 0);
    EXPECT_EQ(office.doubled, 0);
    EXPECT_THAT(office.violations, testing::IsEmpty());
}

// Thirty at each of these; the first is the one in trouble.
FanOutReport morning_of_many(Trouble trouble) {
    return fan_out({.members = 101 * 30, .workspaces = 101, .trouble = trouble});
}

void expect_no_other_to_notice(Trouble trouble) {
    auto without = morning_of_many(Trouble::none).prompts_elsewhere;
    auto report = morning_of_many(trouble);
    for (std::size_t other = 1; other < report.workspaces.size(); ++other)
        expect_everybody_is_asked_once(report.workspaces[other]);
    EXPECT_LT(report.prompts_elsewhere.p99, without.p99 + without.p99 / 10);
}

TEST(FanOut, TakesNoLongerThanSlackLeavesNoWayAround) {
    auto office = fan_out({.members = 1'200}).workspaces.front();
    expect_everybody_is_asked_once(office);
    EXPECT_LE(office.against_ideal, 1.05);
    EXPECT_EQ(office.rejections, 0);
}

TEST(FanOut, ConfirmsAnswersBeforeItAsksTheRest) {
    auto office = fan_out({.members = 1'200, .answering = 0.5}).workspaces.front();
    expect_everybody_is_asked_once(office);
    EXPECT_GT(office.posts, 1'500);
    EXPECT_LE(office.against_ideal, 1.05);
    EXPECT_LE(office.receipts.p99, 3s);
    EXPECT_GT(office.prompts.p99, 240s) << "nobody waited";
}

TEST(FanOut, GoesOnWhereADeadProcessLeftIt) {
    auto report = fan_out({.members = 900, .deaths = 8});
    EXPECT_EQ(report.deaths, 8);
    expect_everybody_is_asked_once(report.workspaces.front());
    EXPECT_LE(report.workspaces.front().rejections_per_post(), 0.01);
}

TEST(FanOut, IsNoSlowerBesideAWorkspaceThatIsSlow) {
    expect_no_other_to_notice(Trouble::slow);
}

TEST(FanOut, IsNoSlowerBesideAWorkspaceThatIsRevoked) {
    expect_no_other_to_notice(Trouble::revoked);
}

}  // namespace
}  // namespace muster::sim
