#include "bot/domain/blocker_case.hpp"

#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

namespace muster {
namespace {

using namespace scene;

blocker_case::Setting as(const Person& person, access::Hats hats = {access::Hat::participant}) {
    auto setting = blocker_case::setting_of(open_turn());
    setting.person = person;
    setting.hats = hats;
    return setting;
}

Blocker shown_blocker() {
    Blocker blocker;
    blocker.id = BlockerId{700};
    blocker.team = payments().id;
    blocker.number = 12;
    blocker.title = "No test data";
    blocker.raiser = amira.id;
    return blocker;
}

Blocker held_blocker() {
    auto blocker = shown_blocker();
    blocker.held_until = nine_thirty + 10min;
    return blocker;
}

TEST(BlockerRaise, GetsTheTeamsNextNumberAndIsHeldBackForTenMinutes) {
    auto setting = as(amira);
    setting.team.next_number = 13;
    auto chance = ids();
    auto raised = blocker_case::raise(setting, "No access", RoundId{600}, nine_thirty, chance);

    EXPECT_EQ(row<Blocker>(raised.decision).number, 13);
    EXPECT_EQ(row<Team>(raised.decision).next_number, 14);
    EXPECT_EQ(timer(raised.decision, TimerKind::show_blocker), nine_thirty + 10min);
    EXPECT_TRUE(raised.decision.deliveries.empty());
}

TEST(BlockerRaise, IsTheSameCaseWhenTheSameWordsComeAgain) {
    auto setting = as(amira);
    setting.open = {shown_blocker()};
    auto chance = ids();
    auto raised = blocker_case::raise(setting, "no test data.", RoundId{600}, nine_thirty, chance);

    EXPECT_TRUE(raised.again);
    EXPECT_EQ(raised.blocker, BlockerId{700});
    EXPECT_TRUE(rows<Blocker>(raised.decision).empty());
    EXPECT_EQ(row<BlockerNote>(raised.decision).kind, NoteKind::still);
}

TEST(BlockerRaise, OffersToLinkOneThatSoundsAlike) {
    auto setting = as(amira);
    setting.open = {shown_blocker()};
    auto chance = ids();
    auto raised = blocker_case::raise(
        setting, "Still no test data at all", RoundId{600}, nine_thirty, chance
    );

    ASSERT_TRUE(raised.similar);
    EXPECT_EQ(raised.similar->number, 12);
}

TEST(BlockerShow, TellsTheTeamInItsChannel) {
    auto chance = ids();
    auto decision = blocker_case::show(as(amira), held_blocker(), nine_thirty + 10min, chance);

    EXPECT_FALSE(row<Blocker>(decision).held_until);
    EXPECT_TRUE(tells(decision, Purpose::new_blocker));
}

TEST(BlockerTellOnly, KeepsItOutOfTheChannel) {
    auto chance = ids();
    auto decision = blocker_case::tell_only(as(amira), held_blocker(), nine_thirty + 1min, chance);

    EXPECT_TRUE(row<Blocker>(decision).only_delivery_manager);
    EXPECT_TRUE(tells(decision, Purpose::private_blocker));
    EXPECT_FALSE(tells(decision, Purpose::new_blocker));
    EXPECT_FALSE(tells(decision, Purpose::summary));
}

TEST(BlockerTellOnly, ExplainsThatTheTeamHasSeenItAlready) {
    auto chance = ids();

    EXPECT_EQ(
        said(blocker_case::tell_only(as(amira), shown_blocker(), nine_thirty, chance)),
        "blocker.already_shown"
    );
}

TEST(BlockerHelp, TellsTheRaiser) {
    auto chance = ids();
    auto decision = blocker_case::help(as(dev), shown_blocker(), nine_thirty, chance);

    EXPECT_EQ(row<Blocker>(decision).helper, dev.id);
    EXPECT_TRUE(tells(decision, Purpose::helper_found));
}

TEST(BlockerHelp, DoesNotLetAnOutsiderKnowOfIt) {
    auto chance = ids();

    EXPECT_EQ(
        said(blocker_case::help(as(dev, {}), shown_blocker(), nine_thirty, chance)),
        "blocker.unknown"
    );
    EXPECT_EQ(
        said(blocker_case::help(as(dev), held_blocker(), nine_thirty, chance)), "blocker.unknown"
    );
}

TEST(BlockerClear, IsForTheRaiserAtOnce) {
    auto chance = ids();
    auto decision = blocker_case::clear(as(amira), shown_blocker(), nine_thirty, chance);

    EXPECT_EQ(row<Blocker>(decision).state, BlockerState::cleared);
    EXPECT_FALSE(tells(decision, Purpose::blocker_cleared));
}

TEST(BlockerClear, TellsTheRaiserWhenTheHelperDidIt) {
    auto blocker = shown_blocker();
    blocker.helper = dev.id;
    auto chance = ids();

    EXPECT_TRUE(
        tells(blocker_case::clear(as(dev), blocker, nine_thirty, chance), Purpose::blocker_cleared)
    );
}

TEST(BlockerClear, IsNotForAnybodyElse) {
    auto chance = ids();
    auto decision = blocker_case::clear(as(dev), shown_blocker(), nine_thirty, chance);

    EXPECT_TRUE(decision.changes.empty());
    EXPECT_EQ(said(decision), "blocker.may_not_clear");
}

TEST(BlockerSameAs, EndsTheNewOneAndKeepsItsWordsInTheOld) {
    auto newer = held_blocker();
    newer.id = BlockerId{701};
    newer.number = 13;
    newer.title = "Still no test data";
    auto chance = ids();
    auto decision = blocker_case::same_as(as(amira), newer, shown_blocker(), nine_thirty, chance);

    EXPECT_EQ(row<Blocker>(decision).state, BlockerState::merged);
    EXPECT_EQ(row<Blocker>(decision).root, BlockerId{700});
    EXPECT_EQ(row<BlockerNote>(decision).text, "Still no test data");
}

}  // namespace
}  // namespace muster
