#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

namespace muster {
namespace {

using namespace scene;

Decision submit(const Turn& turn, FormValues values, Instant now = nine_thirty + 10min) {
    auto chance = ids();
    return standup::on_form(turn, 1, std::move(values), {now}, now, chance);
}

TEST(StandupOnForm, SavesEveryAnswer) {
    auto decision =
        submit(open_turn(), {{"today", "Test refunds"}, {"since", "The form"}, {"blocker", ""}});

    EXPECT_EQ(rows<Answer>(decision).size(), 2);
    EXPECT_EQ(row<Round>(decision).phase, Phase::answered);
    EXPECT_TRUE(std::holds_alternative<NoReply>(decision.reply));
}

TEST(StandupOnForm, StaysOpenWithAnErrorWhenTodayIsEmpty) {
    auto decision = submit(open_turn(), {{"today", "  "}, {"since", "The form"}});

    const auto* errors = std::get_if<FormErrors>(&decision.reply);
    ASSERT_TRUE(errors);
    EXPECT_EQ(errors->errors.front().first, "today");
    EXPECT_TRUE(decision.changes.empty());
}

TEST(StandupOnForm, TakesTheNumberOfAChoiceForTheChoice) {
    auto turn = open_turn();
    Question place;
    place.key = "place";
    place.kind = Question::Kind::choice;
    place.choices = {"At home", "In the office"};
    turn.run.questions.push_back(place);

    auto send = [&](const std::string& value) {
        auto chance = ids();
        const auto now = nine_thirty + 10min;
        return standup::on_form(turn, 2, {{"place", value}}, {now}, now, chance);
    };

    EXPECT_EQ(row<Answer>(send("2")).text, "In the office");
    EXPECT_EQ(row<Answer>(send("In the office")).text, "In the office");
    EXPECT_TRUE(std::holds_alternative<FormErrors>(send("3").reply));
}

TEST(StandupOnForm, AsksForTheDetailsOfANewBlocker) {
    auto decision = submit(open_turn(), {{"today", "Test refunds"}, {"blocker", "No test data"}});

    const auto* open = std::get_if<OpenForm>(&decision.reply);
    ASSERT_TRUE(open);
    EXPECT_EQ(open->form.context.kind, FormKind::blocker_details);
    EXPECT_EQ(row<Blocker>(decision).title, "No test data");
    EXPECT_EQ(row<Blocker>(decision).held_until, nine_thirty + 20min);
    EXPECT_FALSE(tells(decision, Purpose::new_blocker));
}

TEST(StandupOnForm, RaisesNothingForNoBlockers) {
    for (const auto* nothing : {"no", "None", "no blockers", "N/A", "-", "dim"}) {
        auto decision = submit(open_turn(), {{"today", "Test refunds"}, {"blocker", nothing}});
        EXPECT_TRUE(rows<Blocker>(decision).empty()) << nothing;
    }
}

TEST(StandupOnForm, RaisesABlockerOnceHoweverOftenTheFormIsSent) {
    auto turn = open_turn();
    auto first = submit(turn, {{"today", "Test refunds"}, {"blocker", "No test data"}});
    turn.own_blockers = {row<Blocker>(first)};
    turn.answers = rows<Answer>(first);
    auto second = submit(turn, {{"today", "Test refunds now"}, {"blocker", "No test data"}});

    EXPECT_TRUE(rows<Blocker>(second).empty());
}

TEST(StandupOnForm, ChangesTheWordsOfABlockerJustRaisedInsteadOfRaisingAnother) {
    auto turn = open_turn();
    auto first = submit(turn, {{"today", "Test refunds"}, {"blocker", "No test data"}});
    turn = after(turn, first);
    auto second =
        submit(turn, {{"today", "Test refunds"}, {"blocker", "No test data for refunds"}});

    ASSERT_EQ(rows<Blocker>(second).size(), 1);
    EXPECT_EQ(row<Blocker>(second).id, row<Blocker>(first).id);
    EXPECT_EQ(row<Blocker>(second).title, "No test data for refunds");
}

TEST(StandupOnForm, LeavesWhatIsNotInTheFormAndWithdrawsWhatWasEmptied) {
    auto turn = open_turn();
    turn = after(turn, submit(turn, {{"today", "Test refunds"}, {"since", "The form"}}));

    auto left_out = submit(turn, {{"since", "The form, at last"}});
    ASSERT_EQ(rows<Answer>(left_out).size(), 1);
    EXPECT_EQ(row<Answer>(left_out).question, "since");

    auto emptied = submit(turn, {{"today", "Test refunds"}, {"since", ""}});
    ASSERT_EQ(rows<Answer>(emptied).size(), 1);
    EXPECT_TRUE(row<Answer>(emptied).withdrawn);
}

TEST(StandupOnForm, AsksForWhatIsLeftOutAndWasNeverAnswered) {
    auto decision = submit(open_turn(), {{"since", "The form"}});

    ASSERT_TRUE(std::holds_alternative<FormErrors>(decision.reply));
}

TEST(StandupOnForm, TakesThreeThousandCharactersHoweverManyBytesTheyAre) {
    std::string longest;
    for (std::size_t i = 0; i < longest_entry; ++i)
        longest += "\xC5\xB5";
    auto taken = submit(open_turn(), {{"today", longest}});
    EXPECT_EQ(row<Answer>(taken).text, longest);

    auto refused = submit(open_turn(), {{"today", longest + "!"}});
    const auto* errors = std::get_if<FormErrors>(&refused.reply);
    ASSERT_TRUE(errors);
    EXPECT_EQ(
        errors->errors.front().second,
        text("form.error_too_long", {{"longest", std::int64_t{longest_entry}}})
    );
}

TEST(StandupOnForm, LeavesALongerAnswerThanItCanShowAsItIs) {
    auto turn = open_turn();
    turn.answers = {answer(turn, "today", std::string(longest_entry + 1, 'x'), "line-1")};
    turn.round.answered_at = nine_thirty;
    auto decision = submit(turn, {{"since", "The form"}});

    ASSERT_EQ(rows<Answer>(decision).size(), 1);
    EXPECT_EQ(row<Answer>(decision).question, "since");
}

TEST(StandupOnForm, MarksNothingEditedWhenNothingChanged) {
    auto turn = open_turn();
    turn = after(turn, submit(turn, {{"today", "Test refunds"}}));
    auto again = submit(turn, {{"today", "Test refunds"}});

    EXPECT_TRUE(rows<Answer>(again).empty());
    EXPECT_FALSE(row<Round>(again).edited_at);
}

TEST(StandupOnForm, ClearsABlockerThroughItsRow) {
    auto turn = open_turn();
    Blocker blocker;
    blocker.id = BlockerId{700};
    blocker.team = turn.team.id;
    blocker.number = 12;
    blocker.title = "Test data";
    blocker.raiser = amira.id;
    turn.own_blockers = {blocker};
    auto decision = submit(turn, {{"blocker:700", "cleared"}, {"today", "Test refunds"}});

    EXPECT_EQ(row<Blocker>(decision).id, blocker.id);
    EXPECT_EQ(row<Blocker>(decision).state, BlockerState::cleared);
}

TEST(StandupOnForm, KeepsWhatWasTypedWhenTheNextRoundHasOpened) {
    auto turn = open_turn();
    turn.newest = false;
    auto decision = submit(turn, {{"today", "Test refunds"}});

    EXPECT_EQ(row<Draft>(decision).text, "Test refunds");
    EXPECT_TRUE(rows<Answer>(decision).empty());
}

Decision add_blocker(const Turn& turn, const FormValues& values) {
    auto chance = ids();
    return standup::on_new_blocker(turn, values, nine_thirty + 10min, chance);
}

TEST(StandupOnNewBlocker, RaisesItWithItsDetailsAndHoldsNothingBack) {
    auto decision = add_blocker(open_turn(), {{"title", "Test data"}, {"wanted", "A copy"}});

    EXPECT_EQ(row<Blocker>(decision).title, "Test data");
    EXPECT_FALSE(row<Blocker>(decision).held_until);
}

TEST(StandupOnNewBlocker, AsksForWordsThatNameSomething) {
    auto decision = add_blocker(open_turn(), {{"title", "none"}});

    EXPECT_TRUE(std::holds_alternative<FormErrors>(decision.reply));
    EXPECT_TRUE(decision.changes.empty());
}

TEST(StandupOnNewBlocker, IsTakenAlthoughTheNextRoundHasOpened) {
    auto turn = open_turn();
    turn.newest = false;

    EXPECT_EQ(row<Blocker>(add_blocker(turn, {{"title", "Test data"}})).title, "Test data");
}

TEST(StandupOnNewBlocker, RaisesNothingInATeamThatWasLeft) {
    auto turn = open_turn();
    turn.left = true;
    auto decision = add_blocker(turn, {{"title", "Test data"}});

    EXPECT_TRUE(decision.changes.empty());
    EXPECT_EQ(said(decision), "why.left");
}

}  // namespace
}  // namespace muster
