#include "bot/cli/visible_answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muster::cli {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

const auto now = *instant_from("2026-11-24T12:00:00.000Z");

class VisibleAnswersStory : public testing::Test {
protected:
    VisibleAnswersStory() {
        board.roster.team.key = "payments";
        board.run.date = *date_from("2026-11-24");
        board.run.slot = "main";
        board.run.questions = usual_questions();
        board.run.state = RunState::closed;
    }

    RoundId somebody(std::string name, Phase phase, std::string plan) {
        auto number = static_cast<std::int64_t>(board.rounds.size()) + 1;
        Round round;
        round.id = RoundId{number};
        round.person = PersonId{number};
        round.phase = phase;
        board.rounds.push_back(round);
        board.names[round.person] = std::move(name);
        if (!plan.empty()) answer(round.id, "today", std::move(plan));
        return round.id;
    }

    void answer(RoundId round, std::string question, std::string text) {
        Answer answer;
        answer.round = round;
        answer.question = std::move(question);
        answer.text = std::move(text);
        answer.at = now;
        board.answers[round].push_back(answer);
    }

    Blocker& blocker(RoundId round, std::string title) {
        Blocker raised;
        raised.id = BlockerId{100 + static_cast<std::int64_t>(board.open_blockers.size())};
        raised.number = static_cast<int>(board.open_blockers.size()) + 1;
        raised.round = round;
        raised.title = std::move(title);
        board.open_blockers.push_back(raised);
        return board.open_blockers.back();
    }

    std::vector<std::string> told() const {
        std::vector<std::string> rows;
        for (const auto& row : visible_answers(board, "standup", now))
            rows.push_back(row.person + "/" + row.question + "/" + row.answer);
        return rows;
    }

    RunBoard board;
};

TEST_F(VisibleAnswersStory, GoByNameThenByQuestion) {
    auto tom = somebody("Tom", Phase::late, "Test refunds");
    answer(tom, "since", "Wrote the form");
    somebody("Ana", Phase::answered, "Review");
    EXPECT_THAT(
        told(),
        ElementsAre("Ana/today/Review", "Tom/today/Test refunds", "Tom/since/Wrote the form")
    );
    EXPECT_TRUE(visible_answers(board, "standup", now).back().is_late);
}

TEST_F(VisibleAnswersStory, NeverNameWhoWasSilentOrAway) {
    somebody("Sam", Phase::silent, "");
    somebody("Kit", Phase::skipped, "");
    somebody("Bo", Phase::away, "");
    EXPECT_THAT(told(), IsEmpty());
}

TEST_F(VisibleAnswersStory, LeaveOutWhatWasWithdrawn) {
    auto ana = somebody("Ana", Phase::answered, "Review");
    board.answers[ana][0].withdrawn = true;
    EXPECT_THAT(told(), IsEmpty());
}

TEST_F(VisibleAnswersStory, ShowABlockerThatTheTeamMaySeeAndNotTheWordsThatRaisedIt) {
    auto ana = somebody("Ana", Phase::answered, "Review");
    answer(ana, "blocker", "only for Dev");
    blocker(ana, "only for Dev").only_delivery_manager = true;
    blocker(ana, "still held").held_until = now + 1min;
    blocker(ana, "no test data");
    EXPECT_THAT(told(), ElementsAre("Ana/today/Review", "Ana/blocker/no test data"));
}

TEST_F(VisibleAnswersStory, NeverShowABlockerThatWasMergedOrTakenBack) {
    auto ana = somebody("Ana", Phase::answered, "Review");
    blocker(ana, "same as another").state = BlockerState::merged;
    blocker(ana, "never mind").state = BlockerState::withdrawn;
    blocker(ana, "solved").state = BlockerState::cleared;
    EXPECT_THAT(told(), ElementsAre("Ana/today/Review", "Ana/blocker/solved"));
}

TEST_F(VisibleAnswersStory, DoNotNameWhoRaisedABlockerWithoutName) {
    blocker(somebody("Ana", Phase::answered, ""), "no test data").without_name = true;
    EXPECT_THAT(told(), ElementsAre("/blocker/no test data"));
}

TEST_F(VisibleAnswersStory, HideNamesTimesAndOrderWhereNamesAreHidden) {
    board.run.names_hidden = true;
    for (const auto* plan : {"delta", "alpha", "charlie", "bravo"})
        somebody("Somebody", Phase::answered, plan);
    EXPECT_THAT(
        told(), ElementsAre("/today/alpha", "/today/bravo", "/today/charlie", "/today/delta")
    );
    EXPECT_THAT(
        visible_answers(board, "standup", now), Each(Field(&VisibleAnswer::at, std::nullopt))
    );
}

TEST_F(VisibleAnswersStory, SayNothingWithoutNamesBeforeTheCloseNorForThree) {
    board.run.names_hidden = true;
    for (const auto* plan : {"delta", "alpha", "charlie"})
        somebody("Somebody", Phase::answered, plan);
    somebody("Somebody", Phase::late, "a late one shows whose it is");
    EXPECT_THAT(told(), IsEmpty());

    somebody("Somebody", Phase::answered, "bravo");
    EXPECT_EQ(told().size(), 4U);
    board.run.state = RunState::complete;
    EXPECT_THAT(told(), IsEmpty());
}

}  // namespace
}  // namespace muster::cli
