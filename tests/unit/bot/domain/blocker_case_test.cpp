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

TEST(BlockerRaise, IsKeptForWhoeverHasSeveralTeamsToChooseFrom) {
    auto refunds = payments();
    refunds.id = TeamId{101};
    refunds.name = "Refunds";
    auto chance = ids();
    auto decision = blocker_case::ask_which_team(
        amira, {payments(), refunds}, line("No access"), nine_thirty, chance
    );

    EXPECT_EQ(row<Draft>(decision).kind, DraftKind::which_team);
    EXPECT_EQ(row<Draft>(decision).text, "No access");
    EXPECT_TRUE(rows<Blocker>(decision).empty());
    EXPECT_EQ(said(decision), "blocker.which_team");
    const auto& message = std::get<Say>(decision.reply).message;
    const auto& choices = std::get<Buttons>(message.blocks.back()).buttons;
    EXPECT_EQ(choices.back().verb, Verb::choose_team);
    EXPECT_EQ(choices.back().extra, refunds.id.value);
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

TEST(BlockerRaise, HidesItsRaiserWhereTheRunHidesNames) {
    auto setting = as(amira);
    setting.run->names_hidden = true;
    auto chance = ids();
    auto raised = blocker_case::raise(setting, "No access", RoundId{600}, nine_thirty, chance);

    EXPECT_TRUE(row<Blocker>(raised.decision).without_name);
}

TEST(BlockerDetails, TakesAShownOneOutOfTheChannel) {
    auto chance = ids();
    auto decision = blocker_case::details(
        as(amira), shown_blocker(), {{"only_delivery_manager", "yes"}}, nine_thirty, chance
    );

    EXPECT_TRUE(tells(decision, Purpose::new_blocker));
    EXPECT_TRUE(tells(decision, Purpose::summary));
    EXPECT_TRUE(tells(decision, Purpose::private_blocker));
    EXPECT_EQ(said(decision), "blocker.taken_out");
}

TEST(BlockerDetails, TellsTheDeliveryManagerThatItIsNoLongerPrivate) {
    auto blocker = shown_blocker();
    blocker.only_delivery_manager = true;
    auto chance = ids();
    auto decision = blocker_case::details(
        as(amira), blocker, {{"only_delivery_manager", ""}}, nine_thirty, chance
    );

    EXPECT_TRUE(tells(decision, Purpose::new_blocker));
    EXPECT_TRUE(tells(decision, Purpose::private_blocker));
}

TEST(BlockerDetails, ChangeNothingOfOneThatHasEnded) {
    auto blocker = held_blocker();
    blocker.state = BlockerState::withdrawn;
    auto chance = ids();
    auto decision = blocker_case::details(
        as(amira), blocker, {{"ask", "Tell nobody"}}, nine_thirty + 1min, chance
    );

    EXPECT_TRUE(decision.changes.empty());
    EXPECT_EQ(said(decision), "blocker.already_ended");
}

TEST(BlockerClear, ShowsNobodyWhatWasStillHeldBack) {
    auto chance = ids();
    auto decision = blocker_case::clear(as(amira), held_blocker(), nine_thirty + 1min, chance);

    EXPECT_EQ(row<Blocker>(decision).state, BlockerState::withdrawn);
    EXPECT_FALSE(is_public(row<Blocker>(decision), nine_thirty + 24h));
    EXPECT_TRUE(decision.deliveries.empty());
    EXPECT_TRUE(cancels(decision, TimerKind::show_blocker));
    EXPECT_EQ(said(decision), "blocker.cleared");
}

TEST(BlockerClear, TellsTheChannelWhenItsTimerIsLate) {
    auto chance = ids();
    auto decision = blocker_case::clear(as(amira), held_blocker(), nine_thirty + 20min, chance);

    EXPECT_EQ(row<Blocker>(decision).state, BlockerState::cleared);
    EXPECT_TRUE(is_public(row<Blocker>(decision), nine_thirty + 20min));
    EXPECT_TRUE(tells(decision, Purpose::summary));
}

TEST(BlockerSameAs, ShowsNobodyTheWordsThatWereHeldBack) {
    auto newer = held_blocker();
    newer.id = BlockerId{701};
    auto chance = ids();
    auto decision =
        blocker_case::same_as(as(amira), newer, shown_blocker(), nine_thirty + 1min, chance);

    EXPECT_FALSE(is_public(row<Blocker>(decision), nine_thirty + 24h));
    EXPECT_FALSE(access::may(
        {access::Hat::delivery_manager},
        access::Act::see_team_blockers,
        row<Blocker>(decision),
        nine_thirty + 24h
    ));
    EXPECT_TRUE(decision.deliveries.empty());
}

TEST(BlockerShow, ShowsNothingThatHasEnded) {
    auto blocker = held_blocker();
    blocker.state = BlockerState::withdrawn;
    auto chance = ids();

    EXPECT_TRUE(blocker_case::show(as(amira), blocker, nine_thirty + 10min, chance).changes.empty()
    );
}

TEST(BlockerWithdraw, IsGoneBeforeAnybodySawIt) {
    auto chance = ids();
    auto decision = blocker_case::withdraw(as(amira), held_blocker(), nine_thirty + 1min, chance);

    EXPECT_EQ(row<Blocker>(decision).state, BlockerState::withdrawn);
    EXPECT_TRUE(decision.deliveries.empty());
}

TEST(BlockerWithdraw, LeavesWhatOthersHaveSeenAndSaysHowItIsCleared) {
    auto chance = ids();
    auto decision = blocker_case::withdraw(as(amira), shown_blocker(), nine_thirty, chance);

    EXPECT_TRUE(decision.changes.empty());
    EXPECT_EQ(said(decision), "blocker.stays_open");
}

TEST(BlockerRetitle, TakesItBackWhenNothingStopsThemAnyMore) {
    auto chance = ids();
    auto now = nine_thirty + 1min;

    EXPECT_EQ(
        row<Blocker>(blocker_case::retitle(as(amira), held_blocker(), "none", now, chance)).state,
        BlockerState::withdrawn
    );
    auto shown = blocker_case::retitle(as(amira), shown_blocker(), "none", now, chance);
    EXPECT_TRUE(shown.changes.empty());
    EXPECT_EQ(said(shown), "blocker.stays_open");
}

TEST(BlockerNote, IsNoEventWhenNothingHasMoved) {
    auto chance = ids();
    auto note = [&](NoteKind kind) {
        return blocker_case::note(as(amira), shown_blocker(), kind, "", nine_thirty, chance);
    };

    EXPECT_TRUE(note(NoteKind::still).events.empty());
    EXPECT_FALSE(note(NoteKind::moving).events.empty());
}

}  // namespace
}  // namespace muster
