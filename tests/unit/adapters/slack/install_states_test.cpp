#include "adapters/slack/install_states.hpp"

#include <gtest/gtest.h>

namespace muster::slack {
namespace {

using namespace std::chrono_literals;
using Verdict = InstallStates::Verdict;

struct InstallStatesStory : testing::Test {
    Instant now = instant_from("2026-11-24T09:30:00.000Z").value();
    InstallStates states{{1, 2}, {3, 4}};
    InstallStates::Ticket ticket = states.issue(now, {5, 6}, {7, 8});
};

TEST_F(InstallStatesStory, ATicketIsGoodOnce) {
    EXPECT_EQ(states.redeem(ticket.state, ticket.cookie, now + 9min), Verdict::good);
    EXPECT_EQ(states.redeem(ticket.state, ticket.cookie, now + 9min), Verdict::used);
    EXPECT_EQ(states.redeem(ticket.state, ticket.cookie, now + 19min), Verdict::used);
}

TEST_F(InstallStatesStory, ATicketIsGoodForTenMinutes) {
    EXPECT_EQ(states.redeem(ticket.state, ticket.cookie, now + 10min), Verdict::expired);
    EXPECT_EQ(states.redeem(ticket.state, ticket.cookie, now + 10min - 1ms), Verdict::good);
}

TEST_F(InstallStatesStory, AClockThatWasSetBackMakesNoTicketLiveLonger) {
    EXPECT_EQ(states.redeem(ticket.state, ticket.cookie, now - 2min), Verdict::expired);
}

TEST_F(InstallStatesStory, BothHalvesAreNeeded) {
    auto other = states.issue(now, {9, 9}, {9, 9});
    EXPECT_EQ(states.redeem(std::nullopt, ticket.cookie, now), Verdict::foreign);
    EXPECT_EQ(states.redeem(ticket.state, std::nullopt, now), Verdict::foreign);
    EXPECT_EQ(states.redeem(ticket.state, "", now), Verdict::foreign);
    EXPECT_EQ(states.redeem(ticket.state, other.cookie, now), Verdict::foreign);
    EXPECT_EQ(states.redeem(other.state, ticket.cookie, now), Verdict::foreign);
    EXPECT_EQ(states.redeem(ticket.state, ticket.cookie, now), Verdict::good);
}

TEST_F(InstallStatesStory, NoCharacterMayBeAnother) {
    for (std::size_t at = 0; at < ticket.state.size(); ++at) {
        auto changed = ticket.state;
        changed[at] = changed[at] == '1' ? '2' : '1';
        EXPECT_EQ(states.redeem(changed, ticket.cookie, now), Verdict::foreign) << changed;
    }
    for (const auto& odd : std::vector<std::string>{"", ".", "x", "..", std::string(300, '1')})
        EXPECT_EQ(states.redeem(odd, ticket.cookie, now), Verdict::foreign) << odd;
}

TEST_F(InstallStatesStory, AnotherProcessKnowsNothingOfIt) {
    InstallStates others{{1, 2}, {3, 5}};
    EXPECT_EQ(others.redeem(ticket.state, ticket.cookie, now), Verdict::foreign);
}

TEST_F(InstallStatesStory, TheStateDoesNotTellTheCookie) {
    EXPECT_EQ(ticket.state.find(ticket.cookie.substr(0, 8)), std::string::npos);
    EXPECT_EQ(ticket.cookie.size(), 64U);
}

TEST_F(InstallStatesStory, WhatIsKeptOfUsedOnesIsBoundedAndForgotten) {
    auto use = [&](std::uint64_t number, Instant when) {
        auto one = states.issue(when, {number, 1}, {2, 3});
        return states.redeem(one.state, one.cookie, when);
    };
    for (std::uint64_t number = 0; number < InstallStates::most_used; ++number)
        ASSERT_EQ(use(number, now), Verdict::good);
    EXPECT_EQ(use(99'999, now), Verdict::full);
    EXPECT_EQ(use(99'999, now + 21min), Verdict::good);
}

}  // namespace
}  // namespace muster::slack
