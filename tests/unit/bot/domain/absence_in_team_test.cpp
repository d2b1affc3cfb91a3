#include <gtest/gtest.h>

#include "bot/domain/standup.hpp"
#include "tests/unit/bot/domain/absence_scene.hpp"

namespace muster {
namespace {

using namespace absence_scene;

absence::Situation in_two_teams() {
    auto payments = turn_on(tuesday, Phase::asked);
    auto refunds = turn_on(tuesday, Phase::asked);
    refunds.team.id = TeamId{8};
    refunds.round.id = RoundId{900};
    auto scene = situation({payments, refunds});
    Team one;
    one.id = TeamId{7};
    one.name = "Payments";
    Team other;
    other.id = TeamId{8};
    other.name = "Refunds";
    scene.teams = {one, other};
    return scene;
}

Draft proposal_in(const Decision& decision) {
    const auto drafts = rows<Draft>(decision);
    return drafts.empty() ? Draft{} : drafts.back();
}

TEST(AbsenceInATeam, TakesNobodyOutOfTheOtherTeams) {
    const auto scene = in_two_teams();
    auto ids = some_ids();
    auto proposed = absence::propose(scene, days(24, 25), before_the_prompt, ids, TeamId{7});
    EXPECT_EQ(std::get<Say>(proposed.reply).message.notification.key, "absence.proposed_in_team");
    auto confirmed = absence::confirm(scene, proposal_in(proposed), before_the_prompt, ids);

    ASSERT_EQ(rows<Absence>(confirmed).size(), 1U);
    EXPECT_EQ(rows<Absence>(confirmed)[0].team, TeamId{7});
    EXPECT_EQ(rows<Absence>(confirmed)[0].days, days(24, 25));
    EXPECT_EQ(round_of(confirmed, scene.turns[0])->phase, Phase::away);
    EXPECT_FALSE(round_of(confirmed, scene.turns[1]));
    EXPECT_EQ(std::get<Say>(confirmed.reply).message.notification.key, "absence.saved_in_team");
}

TEST(AbsenceInATeam, IsKeptApartFromDaysThatCountEverywhere) {
    auto scene = in_two_teams();
    scene.absences = {recorded(31, days(26, 27))};
    auto ids = some_ids();
    auto proposed = absence::propose(scene, days(24, 25), before_the_prompt, ids, TeamId{7});
    auto confirmed = absence::confirm(scene, proposal_in(proposed), before_the_prompt, ids);

    EXPECT_NE(rows<Absence>(confirmed)[0].id, AbsenceId{31});
    EXPECT_EQ(rows<Absence>(confirmed)[0].days, days(24, 25));
}

TEST(AbsenceInATeam, EndsWithBack) {
    auto scene = in_two_teams();
    scene.turns.pop_back();
    scene.turns[0].round.phase = Phase::away;
    auto only_there = recorded(31, days(24, 25));
    only_there.team = TeamId{7};
    scene.absences = {only_there};
    auto ids = some_ids();
    auto decision = absence::back(scene, nine_thirty + 10min, ids);

    EXPECT_EQ(rows<AbsenceEnds>(decision).size(), 1U);
    EXPECT_EQ(round_of(decision, scene.turns[0])->phase, Phase::waiting);
}

TEST(AbsenceBack, OpensNoWindowBeyondTheCapOfTheRun) {
    auto scene = situation({turn_on(tuesday, Phase::away)}, {recorded(31, days(24, 24))});
    scene.turns[0].run.opens_at = at(nov(tuesday), 10h) - standup::longest_run;
    auto ids = some_ids();
    auto decision = absence::back(scene, at(nov(tuesday), 9h + 15min), ids);
    ASSERT_TRUE(round_of(decision, scene.turns[0]));
    EXPECT_EQ(round_of(decision, scene.turns[0])->closes_at, at(nov(tuesday), 10h));

    decision = absence::back(scene, at(nov(tuesday), 9h + 40min), ids);
    EXPECT_FALSE(round_of(decision, scene.turns[0])) << "20 minutes are left";
}

TEST(AbsenceBack, AsksForNothingThatIsPaused) {
    auto scene = situation({turn_on(tuesday, Phase::away)}, {recorded(31, days(24, 24))});
    scene.turns[0].ceremony.paused = true;
    auto ids = some_ids();
    EXPECT_FALSE(round_of(absence::back(scene, nine_thirty, ids), scene.turns[0]));
}

}  // namespace
}  // namespace muster
