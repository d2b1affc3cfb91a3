#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

namespace muster {
namespace {

using namespace scene;

RunBoard a_board(std::vector<Phase> phases) {
    RunBoard board;
    board.run = open_turn().run;
    board.run.state = RunState::complete;
    board.roster = roster();
    for (auto phase : phases) {
        auto round = open_turn().round;
        round.id = RoundId{600 + static_cast<int>(board.rounds.size())};
        round.phase = phase;
        if (phase == Phase::answered || phase == Phase::late) round.answered_at = nine_thirty;
        if (phase == Phase::not_asked) round.not_asked = NotAsked::left;
        board.rounds.push_back(round);
    }
    return board;
}

std::vector<Recipient> told_of_sums(const Decision& decision) {
    std::vector<Recipient> told;
    for (const auto& tell : decision.deliveries)
        if (tell.key.purpose == Purpose::sums_differ) told.push_back(tell.key.recipient);
    return told;
}

TEST(StandupSums, AddUpWhenEveryRoundHasEndedInOneState) {
    auto board = a_board(
        {Phase::answered,
         Phase::late,
         Phase::skipped,
         Phase::away,
         Phase::not_expected,
         Phase::not_asked,
         Phase::unreachable,
         Phase::silent}
    );
    auto chance = ids();
    auto decision = standup::close_run(board, half_past_eleven, chance);

    EXPECT_EQ(row<muster::Run>(decision).state, RunState::closed);
    EXPECT_TRUE(told_of_sums(decision).empty());
    EXPECT_EQ(decision.events.size(), 1U);
}

TEST(StandupSums, TellTheAdministratorsWhenARoundHasNotEnded) {
    auto board = a_board({Phase::answered, Phase::asked});
    board.roster.roles.push_back({std::nullopt, Role::administrator, PersonId{9}, {}});
    auto chance = ids();
    auto decision = standup::close_run(board, half_past_eleven, chance);

    EXPECT_EQ(row<muster::Run>(decision).state, RunState::closed);
    EXPECT_EQ(told_of_sums(decision), std::vector<Recipient>{PersonId{9}});
    EXPECT_EQ(decision.events.back().kind, standup::sums_differ_event);
}

TEST(StandupSums, TellTheDeliveryManagersWhereThereIsNoAdministrator) {
    auto chance = ids();
    auto decision = standup::close_run(a_board({Phase::waiting}), half_past_eleven, chance);
    EXPECT_EQ(told_of_sums(decision), std::vector<Recipient>{dev.id});
}

TEST(StandupSums, DifferWhereTheFactsOfARoundSayOtherwise) {
    auto silent_unasked = a_board({Phase::silent});
    silent_unasked.rounds[0].asked_at.reset();
    auto answered_without_answer = a_board({Phase::answered});
    answered_without_answer.rounds[0].answered_at.reset();
    auto no_reason = a_board({Phase::not_asked});
    no_reason.rounds[0].not_asked = NotAsked::none;
    for (const auto& board : {silent_unasked, answered_without_answer, no_reason})
        EXPECT_EQ(standup::rounds_that_do_not_add_up(board).size(), 1U)
            << name(board.rounds[0].phase);
}

}  // namespace
}  // namespace muster
