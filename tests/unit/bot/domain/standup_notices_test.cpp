#include <gmock/gmock.h>

#include "tests/unit/bot/domain/payments_scene.hpp"

namespace muster::standup {
namespace {

using namespace payments_scene;
using spoken::words;
using testing::HasSubstr;

Team refunds() {
    auto team = payments();
    team.id = TeamId{21};
    team.name = "Refunds";
    return team;
}

TEST(StandupNoticesOfSeveralTeams, NameEveryTeamThatSomebodyLeft) {
    EXPECT_THAT(
        words(left_stand_up({payments()}, ana(), {})),
        HasSubstr("Ana Silva has left the Payments stand-up and is now an observer.")
    );
    EXPECT_THAT(
        words(left_stand_up({payments(), refunds()}, ana(), {})),
        HasSubstr("Ana Silva has left the Payments and Refunds stand-ups and is now an observer.")
    );
    EXPECT_EQ(words(left_stand_up({}, ana(), {})), "(pointless: undone)");
}

TEST(StandupNoticesOfSeveralTeams, NameTheTeamsOfWhomHasWrongHours) {
    EXPECT_THAT(words(wrong_hours({refunds()}, ana(), {})), HasSubstr("are wrong (Refunds)."));
    EXPECT_THAT(
        words(wrong_hours({payments(), refunds()}, ana(), {})),
        HasSubstr("are wrong (Payments and Refunds).")
    );
    EXPECT_EQ(words(wrong_hours({}, ana(), {})), "(pointless: no_team)");
}

}  // namespace
}  // namespace muster::standup
