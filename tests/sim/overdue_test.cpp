#include "tests/sim/overdue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// The bot was away for three days (spec/reliability.md, 'Catch-up policy' and F31). Smaller than
// muster_overdue, which tells the figures of 50,000 overdue items.

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using Back = OverdueOptions::Back;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr int members = 2'000;  // of 100 teams; 1,452 of them had been asked
constexpr int asked = 1'452;

OverdueReport come_back_in_the(Back back) {
    return come_back({.members = members, .back = back});
}

void expect_nothing_against_the_rules(const OverdueReport& report) {
    EXPECT_EQ(report.rejections, 0);
    EXPECT_THAT(report.violations, IsEmpty());
    EXPECT_GT(report.timers + report.deliveries, 2 * members);
    EXPECT_LE(report.settled_in, 60s);
}

TEST(Overdue, IsSettledWithinAMinuteAndNobodyIsAskedInTheEvening) {
    auto report = come_back_in_the(Back::evening);
    expect_nothing_against_the_rules(report);
    EXPECT_THAT(
        report.asked_on_tuesday,
        ElementsAre(Pair("not_asked downtime", members - asked), Pair("silent", asked))
    );
    EXPECT_THAT(report.asked_later, ElementsAre(Pair("not_asked downtime", 3 * members)));
    EXPECT_THAT(report.posts, ElementsAre(Pair(Purpose::summary, 100))) << "of that day alone";
}

TEST(Overdue, AsksForTheNewestOccurrenceWhileItsWindowIsOpen) {
    auto report = come_back_in_the(Back::morning);
    expect_nothing_against_the_rules(report);
    EXPECT_THAT(
        report.asked_later,
        ElementsAre(Pair("asked", members), Pair("not_asked downtime", 2 * members))
    );
    EXPECT_THAT(
        report.posts, ElementsAre(Pair(Purpose::prompt, members), Pair(Purpose::downtime, 100))
    );
    EXPECT_EQ(report.most_reports_of_one, 1);
}

}  // namespace
}  // namespace muster::sim
