#include <algorithm>

#include <gmock/gmock.h>

#include "tests/unit/bot/domain/payments_scene.hpp"

namespace muster::standup {
namespace {

using namespace payments_scene;
using spoken::words;
using testing::HasSubstr;
using testing::Not;

// A team that asks about yesterday before it asks for the plan.
Turn with_yesterday_first() {
    auto turn = answered();
    auto& questions = turn.run.questions;
    auto since = std::ranges::find(questions, "since", &Question::key);
    std::rotate(questions.begin(), since, since + 1);
    turn.answers = {an_answer("since", "Fixed the form"), an_answer("today", "Test refunds")};
    return turn;
}

TEST(StandupMyWeek, ShowsThePlanWhateverIsAskedFirst) {
    auto turn = with_yesterday_first();
    EXPECT_THAT(
        words(my_week(ana(), {turn}, {}, at(16, 0))), HasSubstr("Payments: Test refunds\n")
    );
}

TEST(StandupMyWeek, DoesNotTakeYesterdaysWordsForThePlan) {
    auto turn = with_yesterday_first();
    turn.answers.pop_back();
    const auto week = words(my_week(ana(), {turn}, {}, at(16, 0)));
    EXPECT_THAT(week, Not(HasSubstr("Fixed the form")));
    EXPECT_THAT(week, HasSubstr("Payments: answered\n"));
}

}  // namespace
}  // namespace muster::standup
